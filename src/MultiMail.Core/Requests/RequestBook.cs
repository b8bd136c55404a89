using System.Security.Cryptography;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Requests;

/// <summary>Where a wish becomes a request that a person finds. Whether the asker may ask is settled before.</summary>
internal sealed class RequestBook(CoreContext core)
{
    public const int MaxJustification = 500;

    /// <summary>How many requests one lineage may have open: more would bury what matters.</summary>
    public const int MaxOpen = 50;

    public static string? Checked(string? justification, Faults faults)
    {
        faults.MaxLength("justification", justification, MaxJustification);
        if (justification is not null && !IsText(justification))
        {
            faults.Invalid("justification", "justification is no Unicode text.", "Leave lone surrogates out.");
        }

        return string.IsNullOrWhiteSpace(justification) ? null : justification.Trim();
    }

    public static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Opens it, or answers with the one that this lineage has open for the very same change.</summary>
    /// <param name="justification">Checked.</param>
    /// <param name="idempotencyKey">Checked; a repeated call is answered as the first was, also when that was decided meanwhile.</param>
    /// <exception cref="RefusalException"><c>live_key_required</c>, <c>pending_limit</c>, <c>idempotency_conflict</c></exception>
    public async Task<RequestReceipt> OpenAsync(
        Principal principal, IRequestedChange change, string? justification, CancellationToken cancellationToken, string? idempotencyKey = null)
    {
        principal.RequireLive();
        var payload = change.Payload;
        var wish = new ChangeRequest(
            core.NewId<RequestId>(), principal.Account, change.Kind, change.Mailbox, payload, SHA256.HashData(payload), justification,
            principal.PublicId, principal.Lineage, RequestStatus.Pending, default, default);
        var (opened, expired) = (core.NewId<EventId>(), core.NewId<EventId>());
        var stands = await core.Store.WriteAsync(
            async unit =>
            {
                var (before, kept) = await KeptAsync(unit, principal, wish, idempotencyKey).ConfigureAwait(false);
                if (before is not null)
                {
                    return before;
                }

                var request = await OpenAsync(unit, principal, wish, opened, expired).ConfigureAwait(false);
                if (kept is not null)
                {
                    await unit.KeepAnswerAsync(principal.Account, ScopeOf(principal), kept, new IdempotentAnswer(wish.Digest, core.Ids.Format(request.Id), unit.Now.AddHours(24))).ConfigureAwait(false);
                }

                return request;
            },
            cancellationToken).ConfigureAwait(false);
        return Receipt(stands);
    }

    public RequestReceipt Receipt(ChangeRequest request) => new(
        core.Ids.Format(request.Id), RequestStatuses.Name(request.Status), Url(request.Id), Digests.Text(request.Digest), request.ExpiresAt);

    public string Url(RequestId id) => $"{core.Options.PublicUrl}/requests/{core.Ids.Format(id)}";

    /// <summary>Ends a request that nobody decided in time, once.</summary>
    /// <returns>False when it was decided before.</returns>
    public async ValueTask<bool> ExpireAsync(IWriteUnit unit, ChangeRequest request, EventId eventId)
    {
        if (!await unit.SettleRequestAsync(request.Account, request.Id, RequestStatus.Expired).ConfigureAwait(false))
        {
            return false;
        }

        await unit.AppendLeafAsync(Leaf(LeafNames.RequestDecided, LeafActor.System, request) with { Reason = RequestStatuses.Name(RequestStatus.Expired) }).ConfigureAwait(false);
        await TellAsync(unit, eventId, request with { Status = RequestStatus.Expired }).ConfigureAwait(false);
        return true;
    }

    public LeafDraft Leaf(string name, LeafActor actor, ChangeRequest request) => core.Leaves.Of(request.Account, name, actor) with
    {
        Mailbox = request.Mailbox,
        MailboxText = core.Ids.Format(request.Mailbox),
        Policy = request.Kind,
        Result = core.Ids.Format(request.Id),
        Digest = Digests.Text(request.Digest),
    };

    /// <param name="reason">Why a person said no.</param>
    public async ValueTask TellAsync(IWriteUnit unit, EventId id, ChangeRequest request, string? reason = null)
    {
        var mailbox = request.Mailbox is { } about ? await unit.FindMailboxAsync(request.Account, about).ConfigureAwait(false) : null;
        await unit.AddEventAsync(core.Events.OfRequest(id, request, mailbox?.Address, unit.Now, reason)).ConfigureAwait(false);
    }

    private static string ScopeOf(Principal principal) => $"{principal.PublicId} request";

    private async ValueTask<(ChangeRequest? Before, string? Kept)> KeptAsync(IWriteUnit unit, Principal principal, ChangeRequest wish, string? key)
    {
        if (key is null || await unit.FindAnswerAsync(principal.Account, ScopeOf(principal), key).ConfigureAwait(false) is not { } answer)
        {
            return (null, key);
        }

        if (!answer.RequestSha256.AsSpan().SequenceEqual(wish.Digest) || !core.Ids.TryParse<RequestId>(answer.Response, out var id))
        {
            throw new RefusalException(ErrorCodes.IdempotencyConflict, "This idempotency key was used for another request.");
        }

        return (await unit.FindRequestAsync(principal.Account, id).ConfigureAwait(false), null);
    }

    private async ValueTask<ChangeRequest> OpenAsync(IWriteUnit unit, Principal principal, ChangeRequest wish, EventId opened, EventId expired)
    {
        if (await unit.FindOpenRequestAsync(wish.Account, wish.Lineage, wish.Digest).ConfigureAwait(false) is { } standing)
        {
            if (standing.ExpiresAt > unit.Now)
            {
                return standing;
            }

            await ExpireAsync(unit, standing, expired).ConfigureAwait(false);
        }

        if (await unit.CountOpenRequestsAsync(wish.Account, wish.Lineage).ConfigureAwait(false) >= MaxOpen)
        {
            throw new RefusalException(ErrorCodes.PendingLimit, $"{MaxOpen} requests of yours wait for a person.", "Wait until a person has decided some of your requests.");
        }

        var request = wish with { CreatedAt = unit.Now, ExpiresAt = unit.Now + core.Options.HoldFor };
        await unit.InsertRequestAsync(request).ConfigureAwait(false);
        await unit.AppendLeafAsync(Leaf(LeafNames.RequestOpened, principal.LeafActor, request)).ConfigureAwait(false);
        await TellAsync(unit, opened, request).ConfigureAwait(false);
        return request;
    }
}
