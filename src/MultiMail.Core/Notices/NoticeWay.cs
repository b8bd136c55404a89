using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Notices;

/// <summary>How notices leave.</summary>
/// <param name="From">A technical address that the relay accepts.</param>
/// <param name="OwnDomain">The domain of ours that signs; null = whoever runs the relay does.</param>
/// <param name="Mailbox">The mailbox hosted elsewhere whose relay it is; null = the installation's relay.</param>
internal sealed record NoticeWay(RelayEndpoint Relay, string From, string? OwnDomain, string? Mailbox);

/// <summary>Finds it: the installation's relay, else the relay of the first mailbox that a person linked.</summary>
internal sealed class NoticeWays(CoreContext core)
{
    private const string LocalPart = "notices";

    /// <returns>Null when nobody can be told by mail.</returns>
    public async ValueTask<NoticeWay?> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (core.Options.Transport is null)
        {
            return null;
        }

        var relay = await core.Relay.TryOpenAsync(cancellationToken).ConfigureAwait(false);
        return (relay is null ? null : await OfInstallationAsync(account, relay, cancellationToken).ConfigureAwait(false))
            ?? await OfMailboxAsync(account, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<NoticeWay?> OfInstallationAsync(AccountId account, RelayEndpoint relay, CancellationToken cancellationToken)
    {
        var domains = await core.Store.DomainsAsync(account, cancellationToken).ConfigureAwait(false);
        if (domains.Where(d => d.VerifiedAt is not null).OrderBy(d => d.Id.Value).FirstOrDefault() is { } own)
        {
            return new NoticeWay(relay, $"{LocalPart}@{own.Name}", own.Name.ToLowerInvariant(), null);
        }

        return MailboxAddress.TryParse(relay.User, out var login, out _) ? new NoticeWay(relay, login.AddrSpec, null, null) : null;
    }

    private async ValueTask<NoticeWay?> OfMailboxAsync(AccountId account, CancellationToken cancellationToken)
    {
        foreach (var link in (await core.Store.LinksAsync(account, cancellationToken).ConfigureAwait(false)).OrderBy(l => l.Mailbox.Value))
        {
            var mailbox = await core.Store.MailboxAsync(account, link.Mailbox, cancellationToken).ConfigureAwait(false);
            if (mailbox is { DeactivatedAt: null } && core.Links.TryOpen(link)?.Relay is { } relay)
            {
                return new NoticeWay(relay, mailbox.Address, null, mailbox.Address);
            }
        }

        return null;
    }
}
