namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<IReadOnlyList<Suppressed>> SuppressionsAsync(AccountId account, IReadOnlyList<string> names) => ValueTask.FromResult<IReadOnlyList<Suppressed>>(
        Use(SuppressionSql.Standing).Bind(account.Value).Bind(TextLists.Write([.. names.Select(Suppressed.KeyOf)])).All(DeliveryRows.Suppressed));

    public ValueTask<bool> AddSuppressionAsync(Suppressed suppressed) => IfOne(Use(SuppressionSql.Insert)
        .Bind(suppressed.Account.Value).Bind(Suppressed.KeyOf(suppressed.Address)).Bind(EnumNames<SuppressionReason>.Of(suppressed.Reason))
        .Bind(suppressed.Address).Bind(suppressed.Source?.Value).Bind(suppressed.CreatedBy).Bind(suppressed.CreatedAt).Bind(suppressed.Note).Run());

    public ValueTask<bool> RemoveSuppressionAsync(AccountId account, string address, SuppressionReason reason) => IfOne(
        Use(SuppressionSql.Delete).Bind(account.Value).Bind(Suppressed.KeyOf(address)).Bind(EnumNames<SuppressionReason>.Of(reason)).Run());

    public ValueTask KeepLiftedAsync(LiftedSuppression lifted) => Done(Use(SuppressionSql.KeepLifted)
        .Bind(lifted.Account.Value).Bind(Suppressed.KeyOf(lifted.Address)).Bind(EnumNames<SuppressionReason>.Of(lifted.Reason)).Bind(lifted.At)
        .Bind(lifted.By).Bind(lifted.Address).Bind(lifted.Evidence).Run());

    public ValueTask ForgetSuppressionsAsync(AccountId account, string address)
    {
        Use(SuppressionSql.Forget).Bind(account.Value).Bind(Suppressed.KeyOf(address)).Run();
        return Done(Use(SuppressionSql.ForgetLifted).Bind(account.Value).Bind(Suppressed.KeyOf(address)).Run());
    }
}
