using MultiMail.Core.Profile;

namespace MultiMail.Storage.Rows;

internal static class ProfileRows
{
    public static SenderProfile Profile(Statement s) => new(
        new AccountId(s.Long()), s.TextOrNull(), TextLists.Read(s.Text()), s.TextOrNull(), s.TextOrNull(),
        s.TextOrNull(), s.TextOrNull(), s.TimeOrNull(), s.Time());

    public static Statement Bind(this Statement s, SenderProfile profile) => s
        .Bind(profile.Account.Value).Bind(profile.Name).Bind(TextLists.Write(profile.AddressLines)).Bind(profile.Country).Bind(profile.Language)
        .Bind(profile.Notify).Bind(profile.NotifyPending).Bind(profile.NotifyPendingAt).Bind(profile.UpdatedAt);
}
