namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask InsertRequestAsync(ChangeRequest request) => Done(Use(RequestSql.Insert)
        .Bind(request.Id.Value).Bind(request.Account.Value).Bind(request.Kind).Bind(request.Mailbox?.Value).Bind(request.Payload).Bind(request.Digest)
        .Bind(request.Justification).Bind(request.RequestedBy).Bind(request.Lineage).Bind(RequestStatuses.Name(request.Status))
        .Bind(request.CreatedAt).Bind(request.ExpiresAt).Run());

    public ValueTask<ChangeRequest?> FindRequestAsync(AccountId account, RequestId id) =>
        ValueTask.FromResult(Use(RequestSql.Get).Bind(account.Value).Bind(id.Value).First(RequestRows.Request));

    public ValueTask<ChangeRequest?> FindOpenRequestAsync(AccountId account, string lineage, byte[] digest) =>
        ValueTask.FromResult(Use(RequestSql.FindOpen).Bind(account.Value).Bind(lineage).Bind(digest).First(RequestRows.Request));

    public ValueTask<int> CountOpenRequestsAsync(AccountId account, string lineage) =>
        ValueTask.FromResult(Use(RequestSql.CountOpen).Bind(account.Value).Bind(lineage).First(static s => s.Int()));

    public ValueTask<bool> SettleRequestAsync(AccountId account, RequestId id, RequestStatus status) =>
        IfOne(Use(RequestSql.Settle).Bind(RequestStatuses.Name(status)).Bind(account.Value).Bind(id.Value).Run());

    public ValueTask InsertRequestDecisionAsync(RequestDecision decision) => Done(Use(RequestSql.Decide)
        .Bind(decision.Id.Value).Bind(decision.Account.Value).Bind(decision.Request.Value).Bind(decision.Verb).Bind(decision.DecidedBy)
        .Bind(decision.Owner).Bind(decision.Channel).Bind(decision.Reason).Bind(decision.Digest).Bind(decision.DecidedAt).Run());

    public ValueTask<IReadOnlyList<RequestDecision>> RequestDecisionsAsync(AccountId account, RequestId id) =>
        ValueTask.FromResult<IReadOnlyList<RequestDecision>>(Use(RequestSql.Decisions).Bind(account.Value).Bind(id.Value).All(RequestRows.Decision));
}
