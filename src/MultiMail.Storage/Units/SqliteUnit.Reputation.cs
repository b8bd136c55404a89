namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask NoteSentAsync(AccountId account, MailboxId mailbox, MessageId message) => Outcome(ReputationSql.Sent, account, mailbox, message);

    public ValueTask NoteHardBounceAsync(AccountId account, MailboxId mailbox, MessageId message) => Outcome(ReputationSql.HardBounce, account, mailbox, message);

    public ValueTask NoteComplaintAsync(AccountId account, MailboxId mailbox, MessageId message) => Outcome(ReputationSql.Complaint, account, mailbox, message);

    public ValueTask<SentCounts> SentCountsAsync(AccountId account, MailboxId mailbox, int last) =>
        ValueTask.FromResult(Use(ReputationSql.Counts).Bind(account.Value).Bind(mailbox.Value).Bind(last).First(DeliveryRows.Counts)!);

    private ValueTask Outcome(string sql, AccountId account, MailboxId mailbox, MessageId message) =>
        Done(Use(sql).Bind(account.Value).Bind(mailbox.Value).Bind(message.Value).Run());
}
