using MultiMail.Core.Evidence;
using MultiMail.Core.Pausing;

namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<bool> SetPauseAsync(PauseRecord pause) => IfOne(Use(PauseSql.Set)
        .Bind(pause.Account.Value).Bind(pause.Mailbox?.Value ?? 0).Bind(pause.SetBy).Bind(pause.SetAt).Bind(pause.Reason).Run());

    public ValueTask<bool> LiftPauseAsync(AccountId account, MailboxId? mailbox) =>
        IfOne(Use(PauseSql.Lift).Bind(account.Value).Bind(mailbox?.Value ?? 0).Run());

    public ValueTask<EvidenceFacts> FindEvidenceAsync(AccountId account, MailboxId mailbox)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return ValueTask.FromResult(EvidenceRows.Facts(db, account, mailbox));
    }

    public ValueTask JudgeAsync(Judgement judgement)
    {
        Use(EvidenceSql.Judge).Bind(judgement.Account.Value).Bind(judgement.Mailbox.Value).Bind(judgement.Message.Value).Bind(judgement.Canary)
            .Bind(judgement.Clean).Bind(judgement.Class).Bind((long)judgement.Viewed.TotalMilliseconds).Bind(judgement.DecidedAt).Run();
        return Done(Use(EvidenceSql.Forget).Bind(judgement.Account.Value).Bind(judgement.Message.Value).Run());
    }

    public ValueTask NoteLookAsync(AccountId account, MessageId message, string viewer) =>
        Done(Use(EvidenceSql.Look).Bind(account.Value).Bind(message.Value).Bind(viewer).Bind(now).Run());

    public ValueTask<DateTimeOffset?> FindLookAsync(AccountId account, MessageId message, string viewer) => ValueTask.FromResult(
        Use(EvidenceSql.SeenAt).Bind(account.Value).Bind(message.Value).Bind(viewer).First(static s => (DateTimeOffset?)s.Time()));

    public ValueTask<Authorship> FindAuthorshipAsync(AccountId account, MessageId message)
    {
        var authors = Use(EvidenceSql.Authors).Bind(account.Value).Bind(message.Value).All(static s => (First: s.Flag(), Person: s.Flag()));
        return ValueTask.FromResult(new Authorship(
            ByPerson: authors.Exists(a => a is { First: true, Person: true }), EditedByPerson: authors.Exists(a => a is { First: false, Person: true })));
    }

    public ValueTask ResetEvidenceAsync(AccountId account, MailboxId? mailbox, string? domain) =>
        Done(Use(EvidenceSql.Reset).Bind(now).Bind(account.Value).Bind(mailbox?.Value).Bind(domain).Run());

    public ValueTask NoteModeAsync(AccountId account, MailboxId mailbox, string? demotedFor) => Done(Use(EvidenceSql.ModeSet)
        .Bind(now).Bind(demotedFor is null ? (DateTimeOffset?)null : now).Bind(demotedFor).Bind(account.Value).Bind(mailbox.Value).Run());

    public ValueTask<IReadOnlyList<MailboxId>> FindLooseMailboxesAsync(AccountId account) => ValueTask.FromResult<IReadOnlyList<MailboxId>>(
        Use(EvidenceSql.Loose).Bind(account.Value).All(static s => new MailboxId(s.Long())));
}
