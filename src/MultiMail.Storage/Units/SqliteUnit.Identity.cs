namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<IReadOnlyList<SigningKey>> FindSigningKeysAsync(AccountId account) =>
        ValueTask.FromResult<IReadOnlyList<SigningKey>>(Use(SigningKeySql.OfAccount).Bind(account.Value).All(SigningKeyRows.Key));

    public ValueTask InsertSigningKeyAsync(SigningKey key) => Done(Use(SigningKeySql.Insert)
        .Bind(key.Account.Value).Bind(EnumNames<SigningKeyUse>.Of(key.Use)).Bind(key.Domain).Bind(key.Name).Bind(key.Algorithm).Bind(key.PublicText)
        .Bind(key.Sealed).Bind(key.CreatedAt).Bind(key.NotBefore).Bind(key.NotAfter).Bind(key.RevokedAt).Bind(key.Reason).Run());

    public ValueTask UpdateSigningKeyAsync(SigningKey key) => MustBeOne(
        Use(SigningKeySql.Update).Bind(key.Sealed).Bind(key.NotBefore).Bind(key.NotAfter).Bind(key.RevokedAt).Bind(key.Reason)
            .Bind(key.Account.Value).Bind(EnumNames<SigningKeyUse>.Of(key.Use)).Bind(key.Domain).Bind(key.Name).Run(),
        "signing key");
}
