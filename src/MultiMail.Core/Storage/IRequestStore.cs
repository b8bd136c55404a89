namespace MultiMail.Core.Storage;

/// <summary>Reads of changes that wait for a person.</summary>
public interface IRequestReads
{
    ValueTask<ChangeRequest?> RequestAsync(AccountId account, RequestId id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<ChangeRequest>> RequestsAsync(ChangeRequestQuery query, CancellationToken cancellationToken);

    /// <summary>Without regard to cursor and limit.</summary>
    ValueTask<int> CountRequestsAsync(ChangeRequestQuery query, CancellationToken cancellationToken);

    /// <summary>All decisions about a request, oldest first.</summary>
    ValueTask<IReadOnlyList<RequestDecision>> RequestDecisionsOfAsync(AccountId account, RequestId id, CancellationToken cancellationToken);

    /// <summary>Open requests past their expiry, of all accounts.</summary>
    ValueTask<IReadOnlyList<ChangeRequest>> ExpiredRequestsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>Writes of changes that wait for a person.</summary>
public interface IRequestWrites
{
    /// <exception cref="StoreConflictException"><c>request.open</c>: the lineage has this change open.</exception>
    ValueTask InsertRequestAsync(ChangeRequest request);

    ValueTask<ChangeRequest?> FindRequestAsync(AccountId account, RequestId id);

    /// <summary>The pending request of this lineage for this change, past its expiry or not.</summary>
    ValueTask<ChangeRequest?> FindOpenRequestAsync(AccountId account, string lineage, byte[] digest);

    /// <summary>How many requests of the lineage are pending.</summary>
    ValueTask<int> CountOpenRequestsAsync(AccountId account, string lineage);

    /// <summary>Ends a pending request.</summary>
    /// <returns>False when it had ended before.</returns>
    ValueTask<bool> SettleRequestAsync(AccountId account, RequestId id, RequestStatus status);

    ValueTask InsertRequestDecisionAsync(RequestDecision decision);

    /// <summary>All decisions about a request, oldest first.</summary>
    ValueTask<IReadOnlyList<RequestDecision>> RequestDecisionsAsync(AccountId account, RequestId id);
}
