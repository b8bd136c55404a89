namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask EnqueueAsync(ApprovedMessage message) => Done(Use(OutboxSql.Enqueue)
        .Bind(message.Account.Value).Bind(message.Message.Value).Bind(message.Revision).Bind(message.DueAt).Run());

    public ValueTask DequeueAsync(AccountId account, MessageId message) =>
        Done(Use(OutboxSql.Dequeue).Bind(account.Value).Bind(message.Value).Run());

    public ValueTask<IReadOnlyList<OutboxJob>> ClaimAsync(string owner, TimeSpan lease, int limit)
    {
        var jobs = Use(OutboxSql.Claim).Bind(owner).Bind(now + lease).Bind(now).Bind(limit).All(OversightRows.Job);

        // The rows come back in no order that SQL promises.
        jobs.Sort(static (a, b) => a.Message.Value.CompareTo(b.Message.Value));
        return ValueTask.FromResult<IReadOnlyList<OutboxJob>>(jobs);
    }

    public ValueTask KeepHeadAsync(AccountId account, MessageHead head) => Done(Use(HeadSql.Insert)
        .Bind(account.Value).Bind(head.Message.Value).Bind(head.Revision).Bind(head.SentSha256).Bind(head.CreatedAt).Bind(head.Bytes).Run());

    public ValueTask<bool> HoldsLeaseAsync(OutboxJob job) =>
        ValueTask.FromResult(OfJob(Use(OutboxSql.Holds), job).Bind(now).First(static s => s.Flag()));

    public ValueTask MarkAttemptedAsync(OutboxJob job) => MustBeOne(OfJob(Use(OutboxSql.MarkAttempted), job).Run(), "leased job");

    public ValueTask CompleteAsync(OutboxJob job) => Done(OfJob(Use(OutboxSql.Complete), job).Run());

    public ValueTask PostponeAsync(OutboxJob job, DateTimeOffset dueAt, string error) =>
        MustBeOne(OfJob(Use(OutboxSql.Postpone).Bind(dueAt).Bind(error), job).Run(), "leased job");

    private static Statement OfJob(Statement statement, OutboxJob job) => statement
        .Bind(job.Account.Value).Bind(job.Message.Value).Bind(job.Revision).Bind(job.Owner).Bind(job.Fence);
}
