using MultiMail.Core.Storage;

namespace MultiMail.Core.Delivery;

/// <summary>What becomes of a job after an attempt: done when nobody is open, else due when the next recipient is.</summary>
internal static class JobEnd
{
    public static async ValueTask WriteAsync(IWriteUnit unit, OutboxJob job)
    {
        var open = (await unit.RecipientsAsync(job.Account, job.Message).ConfigureAwait(false)).Where(Outcomes.IsOpen).ToList();
        if (open.Count == 0)
        {
            await unit.CompleteAsync(job).ConfigureAwait(false);
            return;
        }

        var due = open.Min(r => r.NextAt ?? unit.Now);
        await unit.PostponeAsync(job, due, open[0].Code ?? "open").ConfigureAwait(false);
    }
}
