namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<Suppressed?> FindSuppressionAsync(AccountId account, IReadOnlyList<string> addresses) => ValueTask.FromResult(
        Use(SuppressionSql.AnyOf).Bind(account.Value).Bind(TextLists.Write([.. addresses.Select(Suppressed.KeyOf)])).First(DeliveryRows.Suppressed));

    public ValueTask<bool> AddSuppressionAsync(Suppressed suppressed) => IfOne(Use(SuppressionSql.Insert)
        .Bind(suppressed.Account.Value).Bind(Suppressed.KeyOf(suppressed.Address)).Bind(EnumNames<SuppressionReason>.Of(suppressed.Reason))
        .Bind(suppressed.Address).Bind(suppressed.Source?.Value).Bind(suppressed.CreatedBy).Bind(suppressed.CreatedAt).Run());

    public ValueTask<bool> RemoveSuppressionAsync(AccountId account, string address) =>
        ValueTask.FromResult(Use(SuppressionSql.Delete).Bind(account.Value).Bind(Suppressed.KeyOf(address)).Run() > 0);

    public ValueTask<IReadOnlyList<SuppressionReason>> SuppressionReasonsAsync(AccountId account, string address) =>
        ValueTask.FromResult<IReadOnlyList<SuppressionReason>>(Use(SuppressionSql.Reasons)
            .Bind(account.Value).Bind(Suppressed.KeyOf(address)).All(static s => EnumNames<SuppressionReason>.Parse(s.Text())));
}
