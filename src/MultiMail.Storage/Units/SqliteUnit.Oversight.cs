namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask OpenApprovalAsync(Approval approval)
    {
        Use(OversightSql.Open)
            .Bind(approval.Id.Value).Bind(approval.Account.Value).Bind(approval.Message.Value).Bind(approval.Mailbox.Value).Bind(approval.Kind)
            .Bind(approval.Revision).Bind(approval.Digest).Bind(approval.World is World.Live).Bind(approval.SubmittedBy).Bind(approval.SubmitterLineage)
            .Bind(approval.RiskFlags).Bind(approval.Intent).Bind(approval.CreatedAt).Bind(approval.ExpiresAt).Run();
        return MustBeOne(Use(MailboxSql.AddPending).Bind(1).Bind(approval.Account.Value).Bind(approval.Mailbox.Value).Run(), "mailbox");
    }

    public ValueTask<Approval?> FindOpenApprovalAsync(AccountId account, MessageId message) =>
        ValueTask.FromResult(Use(OversightSql.FindOpen).Bind(account.Value).Bind(message.Value).First(OversightRows.Approval));

    public ValueTask<int> CountOpenAsync(AccountId account, MailboxId mailbox, World world, string lineage) => ValueTask.FromResult(
        Use(OversightSql.CountOpen).Bind(account.Value).Bind(mailbox.Value).Bind(world is World.Live).Bind(lineage).First(static s => s.Int()));

    public ValueTask<bool> CloseApprovalAsync(AccountId account, ApprovalId id, string status)
    {
        if (Use(OversightSql.Close).Bind(status).Bind(account.Value).Bind(id.Value).Run() == 0)
        {
            return ValueTask.FromResult(false);
        }

        var mailbox = Use(OversightSql.MailboxOf).Bind(account.Value).Bind(id.Value).First(static s => s.Long());
        return IfOne(Use(MailboxSql.AddPending).Bind(-1).Bind(account.Value).Bind(mailbox).Run());
    }

    public ValueTask InsertDecisionAsync(Decision decision) => Done(Use(OversightSql.Decide)
        .Bind(decision.Id.Value).Bind(decision.Account.Value).Bind(decision.Approval.Value).Bind(decision.Message.Value).Bind(decision.Verb)
        .Bind(decision.DecidedBy).Bind(decision.Owner).Bind(decision.Channel).Bind(decision.Reason).Bind(decision.Digest).Bind(decision.DecidedAt).Run());

    public ValueTask<IReadOnlyList<Decision>> StandingApprovalsAsync(AccountId account, MessageId message, int revision) =>
        ValueTask.FromResult<IReadOnlyList<Decision>>(
            Use(OversightSql.Standing).Bind(account.Value).Bind(message.Value).Bind(revision).All(OversightRows.Decision));

    public ValueTask VoidApprovalsAsync(AccountId account, MessageId message) =>
        Done(Use(OversightSql.Void).Bind(account.Value).Bind(message.Value).Run());
}
