using MultiMail.Core.Node;
using MultiMail.Mail;
using System.Net;

namespace MultiMail.Core.Inbound;

/// <summary>Which mailbox an address of an envelope means, and whether the listener takes mail for it.</summary>
internal sealed class InboundRecipients(CoreContext core)
{
    private const string Postmaster = "postmaster";
    private const int Page = 100;

    /// <summary>
    /// Mailboxes of registered domains for everybody, those of <see cref="LocalDomain"/> for clients on this machine. A mailbox hosted
    /// elsewhere gets its mail there.
    /// </summary>
    public async ValueTask<InboundRecipient> FindAsync(InboundEnvelope envelope, string address, CancellationToken cancellationToken)
    {
        if (await core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return InboundRecipient.None(RecipientVerdict.TryLater);
        }

        if (address.Equals(Postmaster, StringComparison.OrdinalIgnoreCase))
        {
            return InboundRecipient.Of(await PostmasterAsync(account.Id, domain: null, cancellationToken).ConfigureAwait(false), address);
        }

        if (!MailboxAddress.TryParse(address, out var parsed, out _) || !await IsOursAsync(account.Id, envelope.Client, parsed.Domain, cancellationToken).ConfigureAwait(false))
        {
            return InboundRecipient.None(RecipientVerdict.NotHere);
        }

        var mailbox = await MailboxAsync(account.Id, parsed, envelope.ReturnPath.Length == 0, cancellationToken).ConfigureAwait(false);
        if (mailbox is null && parsed.LocalPart.Equals(Postmaster, StringComparison.OrdinalIgnoreCase))
        {
            mailbox = await PostmasterAsync(account.Id, parsed.Domain, cancellationToken).ConfigureAwait(false);
        }

        return InboundRecipient.Of(mailbox is not null && await IsElsewhereAsync(mailbox, cancellationToken).ConfigureAwait(false) ? null : mailbox, parsed.AddrSpec);
    }

    /// <summary>Its mail is fetched from its provider: what came in here as well would come twice.</summary>
    private async ValueTask<bool> IsElsewhereAsync(Mailbox mailbox, CancellationToken cancellationToken) =>
        await core.Store.LinkAsync(mailbox.Account, mailbox.Id, cancellationToken).ConfigureAwait(false) is { SourceSealed: not null };

    private async ValueTask<bool> IsOursAsync(AccountId account, IPAddress client, string domain, CancellationToken cancellationToken)
    {
        if (domain == LocalDomain.Name)
        {
            return IPAddress.IsLoopback(client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client);
        }

        var domains = await core.Store.DomainsAsync(account, cancellationToken).ConfigureAwait(false);
        return domains.Any(d => string.Equals(d.Name, domain, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The address itself, else without its <c>+tag</c>. The tag of our bounce addresses is for bounces alone, which have no sender.</summary>
    private async ValueTask<Mailbox?> MailboxAsync(AccountId account, MailboxAddress address, bool noSender, CancellationToken cancellationToken)
    {
        var exact = await core.Store.MailboxByAddressAsync(account, address.AddrSpec, cancellationToken).ConfigureAwait(false);
        if (exact is not null)
        {
            return exact is { DeactivatedAt: null } ? exact : null;
        }

        var plus = address.LocalPart.IndexOf('+', StringComparison.Ordinal);
        if (plus < 1 || (!noSender && address.LocalPart.AsSpan(plus + 1).StartsWith(BounceAddress.Tag, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var plain = $"{address.LocalPart[..plus]}@{address.Domain}";
        return await core.Store.MailboxByAddressAsync(account, plain, cancellationToken).ConfigureAwait(false) is { DeactivatedAt: null } found ? found : null;
    }

    /// <summary>RFC 5321 §4.5.1: somebody reads it. The domain's first mailbox, else the person's own, else the first of all.</summary>
    private async ValueTask<Mailbox?> PostmasterAsync(AccountId account, string? domain, CancellationToken cancellationToken)
    {
        var all = new List<Mailbox>();
        IReadOnlyList<Mailbox> page;
        do
        {
            page = await core.Store.MailboxesAsync(account, all.Count == 0 ? null : all[^1].Id, Page, cancellationToken).ConfigureAwait(false);
            all.AddRange(page);
        }
        while (page.Count == Page);
        var active = all.Where(m => m.DeactivatedAt is null).ToList();
        return (domain is null ? null : active.FirstOrDefault(m => m.Address.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase)))
            ?? active.FirstOrDefault(m => m.Address == Installation.PersonAddress)
            ?? active.FirstOrDefault();
    }
}

/// <param name="Mailbox">Null unless the verdict is to accept.</param>
/// <param name="Address">As the envelope has it, domain in lower case.</param>
internal sealed record InboundRecipient(RecipientVerdict Verdict, Mailbox? Mailbox, string Address)
{
    public static InboundRecipient None(RecipientVerdict verdict) => new(verdict, null, string.Empty);

    public static InboundRecipient Of(Mailbox? mailbox, string address) =>
        mailbox is null ? None(RecipientVerdict.NoSuchMailbox) : new(RecipientVerdict.Accept, mailbox, address);
}
