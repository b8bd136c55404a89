using MultiMail.Core.Node;

namespace MultiMail.Core.Mailboxes;

/// <summary>Where mail for an address goes.</summary>
internal enum RecipientPlace
{
    /// <summary>Into a mailbox of this server.</summary>
    Here,

    /// <summary>Nowhere: the domain is ours and has no such mailbox. No relay is asked about it.</summary>
    NoSuchMailbox,

    /// <summary>To another server, also when the address is a mailbox of ours that another provider carries.</summary>
    Outside,
}

/// <summary>Tells recipients of this server from those of others; the same before a message is held and when it leaves.</summary>
internal sealed class RecipientPlaces(CoreContext core)
{
    /// <param name="address">Addr-spec; one of those that <paramref name="facts"/> were asked for.</param>
    public async ValueTask<RecipientPlace> OfAsync(string address, AddressFacts facts, CancellationToken cancellationToken)
    {
        if (facts.Mailboxes.FirstOrDefault(m => m.DeactivatedAt is null && string.Equals(m.Address, address, StringComparison.OrdinalIgnoreCase)) is { } mailbox)
        {
            return await IsElsewhereAsync(mailbox, facts, cancellationToken).ConfigureAwait(false) ? RecipientPlace.Outside : RecipientPlace.Here;
        }

        return LocalDomain.Holds(address) || IsOurs(address, facts) ? RecipientPlace.NoSuchMailbox : RecipientPlace.Outside;
    }

    // As MailRoutes finds the way out, but without opening a secret: mail for a mailbox elsewhere is not put here because its relay does not open.
    private async ValueTask<bool> IsElsewhereAsync(Mailbox mailbox, AddressFacts facts, CancellationToken cancellationToken)
    {
        if (core.Options.Transport is null || LocalDomain.Holds(mailbox.Address))
        {
            return false;
        }

        return facts.WithOwnRelay.Contains(mailbox.Id)
            || (!IsOurs(mailbox.Address, facts) && await core.Relay.IsSetAsync(cancellationToken).ConfigureAwait(false));
    }

    private static bool IsOurs(string address, AddressFacts facts)
    {
        var domain = AddrSpecs.DomainOf(address);
        return facts.Domains.Any(d => string.Equals(d.Name, domain, StringComparison.OrdinalIgnoreCase));
    }
}
