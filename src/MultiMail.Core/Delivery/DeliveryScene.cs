using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>Everything the kernel asks for, as one transaction sees it.</summary>
internal sealed record DeliveryScene(Message Message, Mailbox Mailbox, GateFacts Gate, Approvals Approvals)
{
    /// <returns>Null when the lease is lost or the message is gone on.</returns>
    public static async ValueTask<DeliveryScene?> ReadAsync(CoreContext core, IWriteUnit unit, OutboxJob job)
    {
        if (!await unit.RenewAsync(job, DeliveryWorker.Lease).ConfigureAwait(false))
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
        var gate = await OutboundPolicy.FactsAsync(unit, account, mailbox, message).ConfigureAwait(false);
        return new DeliveryScene(message, mailbox, gate, Assessment.ApprovalsOf(account, standing));
    }
}
