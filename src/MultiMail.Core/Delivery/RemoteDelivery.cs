using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>One transaction with a relay for all recipients that are elsewhere.</summary>
internal sealed class RemoteDelivery(CoreContext core, Settlement settlement)
{
    /// <param name="ticket">Null when there is no relay: everybody is deferred.</param>
    /// <param name="bytes">Head and wire.</param>
    public async Task RunAsync(OutboxJob job, LoadedMessage load, DeliveryPlan plan, DeliveryLanes.Ticket? ticket, byte[] bytes, CancellationToken cancellationToken)
    {
        var result = ticket is null || plan.Route is null || core.Options.Transport is null
            ? Nobody(plan, RestStep.NoRouteDetail)
            : await SendAsync(job, load, plan, plan.Route, core.Options.Transport, bytes, cancellationToken).ConfigureAwait(false);
        var now = core.Clock.GetUtcNow();
        if (!cancellationToken.IsCancellationRequested)
        {
            ticket?.Note(result, now);
        }

        await settlement.ApplyAsync(job, load, Judge(plan, result, AttemptFacts.Of(job, now))).ConfigureAwait(false);
    }

    private async Task<TransportResult> SendAsync(
        OutboxJob job, LoadedMessage load, DeliveryPlan plan, MailRoute route, IMailTransport transport, byte[] bytes, CancellationToken cancellationToken)
    {
        var id = core.Ids.Format(job.Message);
        var returnPath = route.HostedElsewhere ? load.Mailbox.Address : BounceAddress.Make(load.Mailbox.Address, id);
        var envelope = new MailEnvelope(returnPath, [.. plan.Remote.Select(r => r.Address)], id);
        var keeper = LeaseKeeper.Start(core, job, DeliveryWorker.Lease, cancellationToken);
        await using var keeping = keeper.ConfigureAwait(false);
        try
        {
            return await transport.SendAsync(route.Relay, envelope, bytes, keeper.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return Nobody(plan, "Stopped before anything was handed over."); // so the port promises
        }
    }

    private static TransportResult Nobody(DeliveryPlan plan, string why) =>
        new([.. plan.Remote.Select(r => new RecipientReply(r.Address, ReplyClass.Deferred, ErrorCodes.NoRelay, why))]);

    /// <summary>A recipient without an answer is one whose answer was lost: that is the side on which nothing is sent twice unnoticed.</summary>
    private static List<Verdict> Judge(DeliveryPlan plan, TransportResult result, AttemptFacts facts)
    {
        var verdicts = new List<Verdict>(plan.Remote.Count);
        foreach (var recipient in plan.Remote)
        {
            var reply = result.Recipients.FirstOrDefault(r => string.Equals(r.Address, recipient.Address, StringComparison.Ordinal));
            verdicts.Add(reply is null ? Verdicts.Lost(recipient, facts.Now) : Verdicts.Of(recipient, reply, result.Trouble, facts));
        }

        return verdicts;
    }
}
