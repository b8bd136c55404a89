namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<IReadOnlyList<AccessRule>> FindMatchingRulesAsync(AccountId account, MailboxId mailbox, RuleDirection direction, IReadOnlyList<string> patterns) =>
        ValueTask.FromResult<IReadOnlyList<AccessRule>>(Use(RuleSql.Matching).Bind(account.Value).Bind(EnumNames<RuleDirection>.Of(direction))
            .Bind(TextLists.Write(patterns)).Bind(mailbox.Value).All(RuleRows.Rule));

    public ValueTask<bool> FindHasAllowRuleAsync(AccountId account, MailboxId mailbox, RuleDirection direction) => ValueTask.FromResult(
        Use(RuleSql.HasAllow).Bind(account.Value).Bind(EnumNames<RuleDirection>.Of(direction)).Bind(mailbox.Value).First(static s => s.Flag()));

    public ValueTask<AccessRule?> FindRuleAsync(AccountId account, RuleId id) =>
        ValueTask.FromResult(Use(RuleSql.Get).Bind(account.Value).Bind(id.Value).First(RuleRows.Rule));

    public ValueTask<AccessRule?> FindSameRuleAsync(AccessRule rule) => ValueTask.FromResult(
        Use(RuleSql.Same).Bind(rule.Account.Value).Bind(EnumNames<RuleDirection>.Of(rule.Direction)).Bind(rule.Pattern)
            .Bind(RuleRows.ScopeOf(rule.Mailbox)).Bind(EnumNames<RuleType>.Of(rule.Type)).First(RuleRows.Rule));

    public ValueTask InsertRuleAsync(AccessRule rule) => Done(Use(RuleSql.Insert)
        .Bind(rule.Id.Value).Bind(rule.Account.Value).Bind(RuleRows.ScopeOf(rule.Mailbox)).Bind(EnumNames<RuleDirection>.Of(rule.Direction))
        .Bind(EnumNames<RuleType>.Of(rule.Type)).Bind(rule.Pattern).Bind(rule.Note).Bind(rule.CreatedBy).Bind(rule.CreatedAt).Run());

    public ValueTask<bool> RemoveRuleAsync(AccountId account, RuleId id) => IfOne(Use(RuleSql.Delete).Bind(account.Value).Bind(id.Value).Run());

    public ValueTask MeetAsync(AccountId account, IReadOnlyList<Acquaintance> met, bool writtenTo)
    {
        foreach (var one in met)
        {
            Use(RiskSql.Meet).Bind(account.Value).Bind(one.Skeleton).Bind(one.Key).Bind(!writtenTo).Bind(writtenTo).Run();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask KnowAsync(AccountId account, IReadOnlyList<Acquaintance> known)
    {
        foreach (var one in known)
        {
            Use(RiskSql.Know).Bind(account.Value).Bind(one.Skeleton).Bind(one.Key).Run();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetAsync(AccountId account, Acquaintance known) =>
        Done(Use(RiskSql.Forget).Bind(account.Value).Bind(known.Skeleton).Bind(known.Key).Run());

    public ValueTask NoteReadsAsync(AccountId account, string reader, IReadOnlyList<UntrustedRead> reads, int keep)
    {
        foreach (var read in reads)
        {
            Use(RiskSql.NoteRead).Bind(account.Value).Bind(reader).Bind(read.Message.Value).Bind(read.Thread.Value).Bind(read.At).Run();
        }

        return Done(Use(RiskSql.ForgetReads).Bind(account.Value).Bind(reader).Bind(keep - 1).Run());
    }

    public ValueTask<int> TallyAsync(AccountId account, TallyKey key, int add, DateTimeOffset expires) => ValueTask.FromResult(
        Use(RiskSql.Tally).Bind(account.Value).Bind(key.What).Bind(key.Slot).Bind(add).Bind(expires).First(static s => s.Int()));

    public ValueTask<int> FindTallyAsync(AccountId account, TallyKey key) => ValueTask.FromResult(
        Use(RiskSql.TallyOf).Bind(account.Value).Bind(key.What).Bind(key.Slot).First(static s => s.Int()));
}
