using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>Why a message may no longer leave, whoever approved it.</summary>
internal static class Blocks
{
    /// <returns>A code; null = it may.</returns>
    public static async ValueTask<string?> OfAsync(CoreContext core, IWriteUnit unit, Message message, Mailbox mailbox)
    {
        if (mailbox.DeactivatedAt is not null)
        {
            return ErrorCodes.NotFound;
        }

        if (core.Ids.TryParse<ApiKeyId>(message.SubmittedBy, out var key) && await unit.FindKeyAsync(message.Account, key).ConfigureAwait(false) is null or { RevokedAt: not null })
        {
            return ErrorCodes.KeyRevoked;
        }

        // Who has it already may be suppressed by now: that stops nothing for the others.
        var open = (await unit.RecipientsAsync(message.Account, message.Id).ConfigureAwait(false)).Where(Outcomes.IsOpen).Select(r => r.Address).ToList();
        var standing = open.Count == 0 ? [] : await unit.SuppressionsAsync(message.Account, core.SuppressionSecrets.NamesOf(message.Account, open)).ConfigureAwait(false);
        return standing.Any(s => s.Blocks(message.Category)) ? ErrorCodes.Suppressed : await OutboundPolicy.BlockAsync(unit, mailbox, open).ConfigureAwait(false);
    }
}
