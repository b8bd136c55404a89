using MultiMail.Core.Evidence;
using MultiMail.Core.Pausing;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<EvidenceFacts> EvidenceAsync(AccountId account, MailboxId mailbox, CancellationToken cancellationToken) => _readers.ReadAsync(
        (account, mailbox), static (db, a) => EvidenceRows.Facts(db, a.account, a.mailbox), cancellationToken);

    public ValueTask<IReadOnlyList<PauseRecord>> PausesAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(PauseSql.OfAccount, account, EvidenceRows.Pause, cancellationToken);

    public ValueTask<IReadOnlyList<MailboxId>> LooseMailboxesAsync(AccountId account, CancellationToken cancellationToken) =>
        ListAsync(EvidenceSql.Loose, account, static s => new MailboxId(s.Long()), cancellationToken);
}
