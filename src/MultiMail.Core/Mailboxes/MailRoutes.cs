using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>How a mailbox's mail leaves this server.</summary>
/// <param name="HostedElsewhere">The relay is the mailbox's own provider: it signs DKIM, and bounces come to the address itself.</param>
internal sealed record MailRoute(RelayEndpoint Relay, bool HostedElsewhere);

/// <summary>Which relay carries a mailbox's mail to other servers. One whose secret does not open is none: its mail waits for a person to set it again.</summary>
internal sealed class MailRoutes(CoreContext core)
{
    /// <returns>Null when this mailbox's mail cannot leave the server; <see cref="WhyNotAsync"/> tells why.</returns>
    public async ValueTask<MailRoute?> OfAsync(Mailbox mailbox, CancellationToken cancellationToken) =>
        (await FindAsync(mailbox, cancellationToken).ConfigureAwait(false)).Route;

    /// <summary>The refusal's code: <c>no_relay</c> or <c>domain_not_verified</c>; null = there is a way.</summary>
    public async ValueTask<string?> WhyNotAsync(Mailbox mailbox, CancellationToken cancellationToken) =>
        (await FindAsync(mailbox, cancellationToken).ConfigureAwait(false)).WhyNot;

    /// <summary>The mailbox's own relay; else the installation's, for a domain of ours only when DNS shows that it is ours.</summary>
    private async ValueTask<(MailRoute? Route, string? WhyNot)> FindAsync(Mailbox mailbox, CancellationToken cancellationToken)
    {
        if (core.Options.Transport is null || LocalDomain.Holds(mailbox.Address))
        {
            return (null, ErrorCodes.NoRelay);
        }

        if (await core.Store.LinkAsync(mailbox.Account, mailbox.Id, cancellationToken).ConfigureAwait(false) is { RelaySealed: not null } link)
        {
            // Never the installation's in its place: that one may not send for this address.
            return core.Links.TryOpen(link)?.Relay is { } own ? (new MailRoute(own, HostedElsewhere: true), null) : (null, ErrorCodes.NoRelay);
        }

        if (await core.Relay.TryOpenAsync(cancellationToken).ConfigureAwait(false) is not { } relay)
        {
            return (null, ErrorCodes.NoRelay);
        }

        var name = AddrSpecs.DomainOf(mailbox.Address);
        var domains = await core.Store.DomainsAsync(mailbox.Account, cancellationToken).ConfigureAwait(false);
        return domains.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase)) switch
        {
            null => (new MailRoute(relay, HostedElsewhere: true), null),
            { VerifiedAt: null } => (null, ErrorCodes.DomainNotVerified),
            _ => (new MailRoute(relay, HostedElsewhere: false), null),
        };
    }
}
