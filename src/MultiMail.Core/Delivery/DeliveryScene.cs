using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>Everything the kernel asks for, as one transaction sees it.</summary>
/// <param name="Blocked">Why this mail may no longer leave; null = it may.</param>
internal sealed record DeliveryScene(Message Message, Mailbox Mailbox, GateFacts Gate, Approvals Approvals, string? Blocked)
{
    /// <returns>Null when the lease is lost or the message is gone on.</returns>
    public static async ValueTask<DeliveryScene?> ReadAsync(CoreContext core, IWriteUnit unit, OutboxJob job)
    {
        if (!await unit.HoldsLeaseAsync(job).ConfigureAwait(false))
        {
            return null;
        }

        var message = await unit.FindMessageAsync(job.Account, job.Message).ConfigureAwait(false);
        if (message is null || message.Revision != job.Revision)
        {
            return null;
        }

        var mailbox = await unit.FindMailboxAsync(job.Account, message.Mailbox).ConfigureAwait(false);
        var account = await unit.FindAccountAsync(job.Account).ConfigureAwait(false);
        if (mailbox is null || account is null)
        {
            return null;
        }

        var standing = await unit.StandingApprovalsAsync(job.Account, message.Id, message.Revision).ConfigureAwait(false);
        var gate = Assessment.Gate(mailbox, account, message.RiskFlags, message.HeldBefore, Assessment.TimingOf(message.SendAt, unit.Now));
        return new DeliveryScene(message, mailbox, gate, Assessment.ApprovalsOf(account, standing), await BlockedAsync(core, unit, message, mailbox).ConfigureAwait(false));
    }

    private static async ValueTask<string?> BlockedAsync(CoreContext core, IWriteUnit unit, Message message, Mailbox mailbox)
    {
        if (mailbox.DeactivatedAt is not null)
        {
            return ErrorCodes.NotFound;
        }

        return core.Ids.TryParse<ApiKeyId>(message.SubmittedBy, out var key) && await unit.FindKeyAsync(message.Account, key).ConfigureAwait(false) is null or { RevokedAt: not null }
            ? ErrorCodes.KeyRevoked
            : null;
    }
}
