namespace MultiMail.Core.Storage;

/// <summary>What a request with an idempotency key made, kept as an id for 24 hours.</summary>
internal static class KeptIds
{
    /// <returns>The id that the same request made before; null = it is new, or has no key.</returns>
    /// <exception cref="RefusalException"><c>idempotency_conflict</c>: the key was used for another request.</exception>
    public static async ValueTask<T?> MadeBeforeAsync<T>(this IWriteUnit unit, Principal principal, string kind, string? key, byte[] request, PublicIds ids)
        where T : struct, IEntityId<T>
    {
        if (key is null || await unit.FindAnswerAsync(principal.Account, Scope(principal, kind), key).ConfigureAwait(false) is not { } kept)
        {
            return null;
        }

        if (!kept.RequestSha256.AsSpan().SequenceEqual(request))
        {
            throw new RefusalException(ErrorCodes.IdempotencyConflict, $"This idempotency key was used for another {kind}.");
        }

        return ids.TryParse<T>(kept.Response, out var id) ? id : null;
    }

    public static ValueTask KeepMadeAsync<T>(this IWriteUnit unit, Principal principal, string kind, string? key, byte[] request, PublicIds ids, T id)
        where T : struct, IEntityId<T> => key is null
        ? ValueTask.CompletedTask
        : unit.KeepAnswerAsync(principal.Account, Scope(principal, kind), key, new IdempotentAnswer(request, ids.Format(id), unit.Now.AddHours(24)));

    private static string Scope(Principal principal, string kind) => $"{principal.PublicId} {kind}";
}
