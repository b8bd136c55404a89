using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>Which mailboxes a principal reaches, by address, id, or silence when there is only one.</summary>
internal sealed class MailboxReach(CoreContext core)
{
    private const int Page = 1_000;

    /// <summary>The mailbox meant by <paramref name="text"/>; null and a fault when there is none.</summary>
    public async Task<Mailbox?> FindAsync(Principal principal, string? text, string field, Faults faults, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return await OnlyOneAsync(principal, field, faults, cancellationToken).ConfigureAwait(false);
        }

        var mailbox = await ByTextAsync(principal, text, cancellationToken).ConfigureAwait(false);
        if (mailbox is null || mailbox.DeactivatedAt is not null || !principal.Uses(mailbox.Id))
        {
            // The same answer for "does not exist" and "not yours": a key does not learn of other mailboxes.
            faults.Add(ErrorCodes.NotFound, field, $"{field} is not a mailbox that you may use.", "Take an address from list_mailboxes.");
            return null;
        }

        return mailbox;
    }

    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public async Task<Mailbox> GetAsync(Principal principal, string? text, string field, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var mailbox = await FindAsync(principal, text, field, faults, cancellationToken).ConfigureAwait(false);
        faults.ThrowIfAny();
        return mailbox!;
    }

    /// <summary>All that the principal may use, oldest first.</summary>
    public async Task<IReadOnlyList<Mailbox>> AllAsync(Principal principal, CancellationToken cancellationToken)
    {
        var all = new List<Mailbox>();
        MailboxId? after = null;
        IReadOnlyList<Mailbox> page;
        do
        {
            page = await core.Store.MailboxesAsync(principal.Account, after, Page, cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Where(m => m.DeactivatedAt is null && principal.Uses(m.Id)));
            after = page.Count > 0 ? page[^1].Id : null;
        }
        while (page.Count == Page);
        return all;
    }

    private async Task<Mailbox?> OnlyOneAsync(Principal principal, string field, Faults faults, CancellationToken cancellationToken)
    {
        var all = await AllAsync(principal, cancellationToken).ConfigureAwait(false);
        if (all.Count == 1)
        {
            return all[0];
        }

        // Whoever named one real mailbox means that one: the local address reaches nobody outside.
        if (all.Where(m => !LocalDomain.Holds(m.Address)).Take(2).ToList() is [var outside])
        {
            return outside;
        }

        faults.Invalid(field, $"{field} is missing, and this key may use {all.Count} mailboxes.", $"Set {field} to an address from list_mailboxes.");
        return null;
    }

    private async Task<Mailbox?> ByTextAsync(Principal principal, string text, CancellationToken cancellationToken)
    {
        if (core.Ids.TryParse<MailboxId>(text, out var id))
        {
            return await core.Store.MailboxAsync(principal.Account, id, cancellationToken).ConfigureAwait(false);
        }

        return MailboxAddress.TryParse(text, out var address, out _)
            ? await core.Store.MailboxByAddressAsync(principal.Account, address.AddrSpec, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
