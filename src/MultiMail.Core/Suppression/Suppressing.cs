using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Suppression;

/// <summary>Suppression as a consequence of what a message met; row and leaf in the caller's unit.</summary>
internal static class Suppressing
{
    private const string Recipient = "recipient";

    /// <summary>The address does not exist. Counts against the mailbox, also when it was known before.</summary>
    public static async ValueTask HardBounceAsync(CoreContext core, IWriteUnit unit, Message message, string address)
    {
        await unit.NoteHardBounceAsync(message.Account, message.Mailbox, message.Id).ConfigureAwait(false);
        await AddAsync(core, unit, message, address, SuppressionReason.HardBounce, LeafActor.System.Id).ConfigureAwait(false);
    }

    /// <inheritdoc cref="AddAsync(CoreContext, IWriteUnit, Suppressed, LeafDraft)"/>
    public static async ValueTask<bool> ComplaintAsync(CoreContext core, IWriteUnit unit, Message message, string address)
    {
        await unit.NoteComplaintAsync(message.Account, message.Mailbox, message.Id).ConfigureAwait(false);
        return await AddAsync(core, unit, message, address, SuppressionReason.Complaint, LeafActor.System.Id).ConfigureAwait(false);
    }

    /// <param name="message">The mail that asked for it.</param>
    public static ValueTask<bool> UnsubscribeAsync(CoreContext core, IWriteUnit unit, Message message, string address) =>
        AddAsync(core, unit, message, address, SuppressionReason.Unsubscribe, Recipient);

    /// <summary>By the link, which names no message.</summary>
    public static ValueTask<bool> UnsubscribeAsync(CoreContext core, IWriteUnit unit, AccountId account, string address)
    {
        var row = new Suppressed(account, address, SuppressionReason.Unsubscribe, Source: null, Recipient, unit.Now);
        return AddAsync(core, unit, row, core.Leaves.Of(account, LeafNames.SuppressionAdded, LeafActor.System));
    }

    /// <summary>Adds a row and its leaf. An erased address is not written down again: nothing reaches it anyway.</summary>
    /// <returns>False when it stood already.</returns>
    public static async ValueTask<bool> AddAsync(CoreContext core, IWriteUnit unit, Suppressed row, LeafDraft leaf)
    {
        var standing = await unit.SuppressionsAsync(row.Account, core.SuppressionSecrets.NamesOf(row.Account, row.Address)).ConfigureAwait(false);
        if (standing.Any(s => s.Reason is SuppressionReason.Erasure) || !await unit.AddSuppressionAsync(row).ConfigureAwait(false))
        {
            return false;
        }

        await unit.AppendLeafAsync(leaf with { Reason = SuppressionReasons.Name(row.Reason) }).ConfigureAwait(false);
        return true;
    }

    private static ValueTask<bool> AddAsync(CoreContext core, IWriteUnit unit, Message message, string address, SuppressionReason reason, string by) => AddAsync(
        core, unit, new Suppressed(message.Account, address, reason, message.Id, by, unit.Now), core.Leaves.OfMessage(message, LeafNames.SuppressionAdded, LeafActor.System));
}
