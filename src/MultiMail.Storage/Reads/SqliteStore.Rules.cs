using System.Globalization;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<IReadOnlyList<AccessRule>> RulesAsync(RuleQuery query, RuleId? after, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(RuleQuery Query, long After, int Limit), IReadOnlyList<AccessRule>>(
            (query, after?.Value ?? 0, limit),
            static (db, a) => db.Prepare(RuleSql.Page).Bind(a.Query.Account.Value).Bind(a.After).Bind(ScopesOf(a.Query))
                .Bind(a.Query.Direction is { } direction ? EnumNames<RuleDirection>.Of(direction) : null)
                .Bind(a.Query.Type is { } type ? EnumNames<RuleType>.Of(type) : null).Bind(a.Limit).All(RuleRows.Rule),
            cancellationToken);

    public ValueTask<AccessRule?> RuleAsync(AccountId account, RuleId id, CancellationToken cancellationToken) =>
        OneAsync(RuleSql.Get, account, id.Value, RuleRows.Rule, cancellationToken);

    public ValueTask<IReadOnlyList<AccessRule>> MatchingRulesAsync(
        AccountId account, MailboxId mailbox, RuleDirection direction, IReadOnlyList<string> patterns, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, MailboxId Mailbox, RuleDirection Direction, IReadOnlyList<string> Patterns), IReadOnlyList<AccessRule>>(
            (account, mailbox, direction, patterns),
            static (db, a) => db.Prepare(RuleSql.Matching).Bind(a.Account.Value).Bind(EnumNames<RuleDirection>.Of(a.Direction))
                .Bind(TextLists.Write(a.Patterns)).Bind(a.Mailbox.Value).All(RuleRows.Rule),
            cancellationToken);

    public ValueTask<bool> HasAllowRuleAsync(AccountId account, MailboxId mailbox, RuleDirection direction, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, mailbox, direction),
            static (db, a) => db.Prepare(RuleSql.HasAllow).Bind(a.account.Value).Bind(EnumNames<RuleDirection>.Of(a.direction)).Bind(a.mailbox.Value).First(static s => s.Flag()),
            cancellationToken);

    public ValueTask<RiskFacts> RiskFactsAsync(RiskQuestion question, CancellationToken cancellationToken) =>
        _readers.ReadAsync(question, RuleRows.Facts, cancellationToken);

    public ValueTask<IReadOnlyList<string>> BodyTextsAsync(AccountId account, IReadOnlyList<MessageId> messages, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, IReadOnlyList<MessageId> Messages), IReadOnlyList<string>>(
            (account, messages),
            static (db, a) => db.Prepare(RiskSql.BodyTexts).Bind(a.Account.Value)
                .Bind($"[{string.Join(',', a.Messages.Select(m => m.Value.ToString(CultureInfo.InvariantCulture)))}]").All(static s => s.Text()),
            cancellationToken);

    public ValueTask<MessageId?> TaintCauseAsync(AccountId account, MessageId message, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, message),
            static (db, a) => db.Prepare(RiskSql.Cause).Bind(a.account.Value).Bind(a.message.Value).First(static s => (MessageId?)new MessageId(s.Long())),
            cancellationToken);

    /// <summary>Null = no condition; the account's own rules have the scope 0.</summary>
    private static string? ScopesOf(RuleQuery query) => query switch
    {
        { Mailboxes: null, WithAccount: true } => null,
        { Mailboxes: { } mailboxes, WithAccount: true } => TextLists.WriteIds([new MailboxId(0), .. mailboxes]),
        { Mailboxes: { } mailboxes } => TextLists.WriteIds(mailboxes),
        _ => throw new ArgumentException("Which mailboxes is not said.", nameof(query)),
    };
}
