using MultiMail.Core.Notices;

namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask OpenNoticeAsync(NewNotice notice) => Done(Use(NoticeSql.Open)
        .Bind(notice.Id.Value).Bind(notice.Account.Value).Bind(notice.Kind).Bind(notice.Address).Bind(notice.FromLeaf).Bind(notice.ToLeaf)
        .Bind(now).Bind(notice.DueAt).Run());

    public ValueTask<bool> NoteReadLeafAsync(AccountId account, long? from, long to) => IfOne(from is { } stood
        ? Use(NoticeSql.NoteRead).Bind(to).Bind(account.Value).Bind(stood).Run()
        : Use(NoticeSql.BeginReading).Bind(account.Value).Bind(to).Run());

    public ValueTask<NoticeJob?> ClaimNoticeAsync(AccountId account, string owner, TimeSpan lease) =>
        ValueTask.FromResult(Use(NoticeSql.Claim).Bind(owner).Bind(now + lease).Bind(account.Value).Bind(now).All(NoticeRows.Job).FirstOrDefault());

    public ValueTask<bool> PostponeNoticeAsync(NoticeJob job, DateTimeOffset dueAt, bool lost) =>
        IfOne(OfJob(Use(NoticeSql.Postpone).Bind(dueAt).Bind(lost), job).Run());

    public ValueTask<bool> EndNoticeAsync(NoticeJob job, NoticeId rest, DateTimeOffset restDueAt)
    {
        var follows = Use(NoticeSql.Follow).Bind(rest.Value).Bind(job.ToLeaf).Bind(now).Bind(restDueAt);
        return OfJob(follows, job).Run() == 1 ? ValueTask.FromResult(true) : IfOne(OfJob(Use(NoticeSql.End), job).Run());
    }

    public ValueTask NoteNoticeSentAsync(AccountId account, string kind) => Done(Use(NoticeSql.NoteSent).Bind(now).Bind(kind).Bind(account.Value).Run());

    public ValueTask NoteNoticeFailedAsync(AccountId account, string failure) =>
        Done(Use(NoticeSql.NoteFailed).Bind(now).Bind(failure).Bind(account.Value).Run());

    public ValueTask<bool> EscalateAsync(AccountId account, ApprovalId id) =>
        IfOne(Use(NoticeSql.Escalate).Bind(now).Bind(account.Value).Bind(id.Value).Run());

    private static Statement OfJob(Statement statement, NoticeJob job) =>
        statement.Bind(job.Account.Value).Bind(job.Id.Value).Bind(job.Owner).Bind(job.Fence);
}
