using MultiMail.Core.Profile;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<SenderProfile?> ProfileAsync(AccountId account, CancellationToken cancellationToken) =>
        _readers.ReadAsync(account, static (db, a) => db.Prepare(ProfileSql.Get).Bind(a.Value).First(ProfileRows.Profile), cancellationToken);
}
