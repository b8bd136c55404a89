using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Suppression;

/// <summary>Suppression as a consequence of what a message met; row and leaf in the caller's unit.</summary>
internal static class Suppressing
{
    public static ValueTask<bool> HardBounceAsync(CoreContext core, IWriteUnit unit, Message message, string address) =>
        AddAsync(core, unit, message, address, SuppressionReason.HardBounce);

    public static ValueTask<bool> ComplaintAsync(CoreContext core, IWriteUnit unit, Message message, string address) =>
        AddAsync(core, unit, message, address, SuppressionReason.Complaint);

    /// <summary>Lifts every reason that stands for the address: a person's act, whether it was asked for or not.</summary>
    /// <exception cref="RefusalException"><c>not_found</c></exception>
    public static async ValueTask LiftAsync(CoreContext core, IWriteUnit unit, Principal principal, string address)
    {
        if (!await unit.RemoveSuppressionAsync(principal.Account, address).ConfigureAwait(false))
        {
            throw RefusalException.NotFound("suppression");
        }

        await unit.AppendLeafAsync(core.Leaves.Simple(principal, LeafNames.SuppressionRemoved, null)).ConfigureAwait(false);
    }

    /// <returns>False when it stood already.</returns>
    private static async ValueTask<bool> AddAsync(CoreContext core, IWriteUnit unit, Message message, string address, SuppressionReason reason)
    {
        var row = new Suppressed(message.Account, address, reason, message.Id, LeafActor.System.Id, unit.Now);
        if (!await unit.AddSuppressionAsync(row).ConfigureAwait(false))
        {
            return false;
        }

        await unit.AppendLeafAsync(core.Leaves.OfMessage(message, LeafNames.SuppressionAdded, LeafActor.System) with { Reason = SuppressionReasons.Name(reason) }).ConfigureAwait(false);
        return true;
    }
}
