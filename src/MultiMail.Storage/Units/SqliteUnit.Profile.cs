using MultiMail.Core.Profile;

namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<SenderProfile?> FindProfileAsync(AccountId account) =>
        ValueTask.FromResult(Use(ProfileSql.Get).Bind(account.Value).First(ProfileRows.Profile));

    public ValueTask SetProfileAsync(SenderProfile profile) => Done(Use(ProfileSql.Set).Bind(profile).Run());
}
