namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask EnqueueAsync(ApprovedMessage message) => Done(Use(OutboxSql.Enqueue)
        .Bind(message.Account.Value).Bind(message.Message.Value).Bind(message.Mailbox.Value).Bind(message.Revision).Bind(message.DueAt).Run());

    public ValueTask DequeueAsync(AccountId account, MessageId message) =>
        Done(Use(OutboxSql.Dequeue).Bind(account.Value).Bind(message.Value).Run());

    public ValueTask<IReadOnlyList<OutboxJob>> ClaimAsync(string owner, TimeSpan lease, int limit, ClaimTurn? turn = null)
    {
        turn ??= ClaimTurn.First;
        var full = TextLists.Write(turn.FullLanes);
        var after = turn.After;
        var jobs = Use(OutboxSql.ClaimExpired).Bind(owner).Bind(now + lease).Bind(now).Bind(limit).All(OversightRows.Job);
        while (jobs.Count < limit)
        {
            var round = Use(OutboxSql.ClaimInTurn).Bind(owner).Bind(now + lease).Bind(now).Bind(full).Bind(after.Value).Bind(limit - jobs.Count).All(OversightRows.Job);
            if (round.Count == 0)
            {
                break;
            }

            // The rows come back in no order that SQL promises.
            round.Sort((a, b) => (a.Mailbox.Value <= after.Value, a.Mailbox.Value).CompareTo((b.Mailbox.Value <= after.Value, b.Mailbox.Value)));
            after = round[^1].Mailbox;
            jobs.AddRange(round);
        }

        return ValueTask.FromResult<IReadOnlyList<OutboxJob>>(jobs);
    }

    public ValueTask<bool> RenewAsync(OutboxJob job, TimeSpan lease) =>
        IfOne(OfJob(Use(OutboxSql.Renew).Bind(now + lease), job).Run());

    public ValueTask KeepHeadAsync(AccountId account, MessageHead head) => Done(Use(HeadSql.Insert)
        .Bind(account.Value).Bind(head.Message.Value).Bind(head.Revision).Bind(head.SentSha256).Bind(head.CreatedAt).Bind(head.Bytes).Run());

    public ValueTask<bool> HoldsLeaseAsync(OutboxJob job) =>
        ValueTask.FromResult(OfJob(Use(OutboxSql.Holds), job).Bind(now).First(static s => s.Flag()));

    public ValueTask MarkAttemptedAsync(OutboxJob job) => MustBeOne(OfJob(Use(OutboxSql.MarkAttempted).Bind(now), job).Run(), "leased job");

    public ValueTask CompleteAsync(OutboxJob job) => Done(OfJob(Use(OutboxSql.Complete), job).Run());

    public ValueTask PostponeAsync(OutboxJob job, DateTimeOffset dueAt, string error) =>
        MustBeOne(OfJob(Use(OutboxSql.Postpone).Bind(dueAt).Bind(error), job).Run(), "leased job");

    public ValueTask BlockAsync(OutboxJob job, DateTimeOffset dueAt, string error) =>
        MustBeOne(OfJob(Use(OutboxSql.Block).Bind(dueAt).Bind(error).Bind(now), job).Run(), "leased job");

    public ValueTask ReturnAsync(OutboxJob job, string lane) => MustBeOne(OfJob(Use(OutboxSql.Return).Bind(lane), job).Run(), "leased job");

    private static Statement OfJob(Statement statement, OutboxJob job) => statement
        .Bind(job.Account.Value).Bind(job.Message.Value).Bind(job.Revision).Bind(job.Owner).Bind(job.Fence);
}
