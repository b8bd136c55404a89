namespace MultiMail.Storage.Rows;

internal static class RuleRows
{
    /// <summary>0 in the store: every mailbox of the account.</summary>
    public static long ScopeOf(MailboxId? mailbox) => mailbox?.Value ?? 0;

    public static AccessRule Rule(Statement s) => new(
        new(s.Long()), new(s.Long()), s.Long() is var mailbox && mailbox != 0 ? new MailboxId(mailbox) : null,
        EnumNames<RuleDirection>.Parse(s.Text()), EnumNames<RuleType>.Parse(s.Text()), s.Text(), s.TextOrNull(), s.Text(), s.Time());

    public static Correspondent Correspondent(Statement s) => new(s.Text(), s.Text(), s.Flag(), s.Flag());

    public static UntrustedRead Read(Statement s) => new(new(s.Long()), new(s.Long()), s.Time());

    public static RiskFacts Facts(SqliteDb db, RiskQuestion q)
    {
        var account = q.Account.Value;
        return new RiskFacts(
            db.Prepare(RiskSql.Known).Bind(account).Bind(TextLists.Write(q.Skeletons)).All(Correspondent),
            db.Prepare(RiskSql.Reads).Bind(account).Bind(q.Reader).Bind(q.Since).Bind(q.MostReads).All(Read),
            db.Prepare(RiskSql.MailboxesOf).Bind(account).Bind(TextLists.Write(q.Addresses)).All(static s => s.Text()),
            db.Prepare(RiskSql.DomainNames).Bind(account).All(static s => s.Text()),
            [.. q.Tallies.Select(key => db.Prepare(RiskSql.TallyOf).Bind(account).Bind(key.What).Bind(key.Slot).First(static s => s.Int()))])
        {
            ThreadFlagged = q.Thread is { } thread && db.Prepare(RiskSql.ThreadFlagged).Bind(account).Bind(thread.Value).First(static s => s.Flag()),
        };
    }
}
