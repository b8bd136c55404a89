using MultiMail.Core.Evidence;
using MultiMail.Core.Pausing;

namespace MultiMail.Storage.Rows;

internal static class EvidenceRows
{
    private static readonly MailboxRecord Unwritten = new(DateTimeOffset.UnixEpoch, null, null, null);

    /// <summary>Everything about one mailbox, as this connection sees it.</summary>
    public static EvidenceFacts Facts(SqliteDb db, AccountId account, MailboxId mailbox)
    {
        var record = db.Prepare(EvidenceSql.Record).Bind(account.Value).Bind(mailbox.Value).First(Record) ?? Unwritten;
        var facts = db.Prepare(EvidenceSql.Counts).Bind(record.ModeSince ?? DateTimeOffset.UnixEpoch)
            .Bind(account.Value).Bind(mailbox.Value).Bind(record.Since).First(s => Counts(s, record))!; // an aggregate always has its row
        return facts with
        {
            MedianView = MedianView(db, account, mailbox, facts),
            Sent = db.Prepare(ReputationSql.Counts).Bind(account.Value).Bind(mailbox.Value).Bind(MailboxReputation.Window).First(DeliveryRows.Counts)!,
        };
    }

    public static PauseRecord Pause(Statement s) => new(new(s.Long()), MailboxOrAll(s.Long()), s.Text(), s.Time(), s.Text());

    private static MailboxId? MailboxOrAll(long id) => id == 0 ? null : new MailboxId(id);

    private static MailboxRecord Record(Statement s) => new(s.Time(), s.Time(), s.TimeOrNull(), s.TextOrNull());

    private static EvidenceFacts Counts(Statement s, MailboxRecord record) => new(
        record, s.Int(), s.Int(), s.TimeOrNull(), s.TimeOrNull(), new RejectCounts(s.Int(), s.Int(), s.Int(), s.Int()), s.Int(), s.Int(), s.Int());

    private static TimeSpan? MedianView(SqliteDb db, AccountId account, MailboxId mailbox, EvidenceFacts facts)
    {
        var all = facts.Decisions + facts.Canaries;
        return all == 0 ? null : TimeSpan.FromMilliseconds(db.Prepare(EvidenceSql.MedianView)
            .Bind(account.Value).Bind(mailbox.Value).Bind(facts.Record.Since).Bind((all - 1) / 2).First(static s => s.Long()));
    }
}
