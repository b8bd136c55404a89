using System.Security.Cryptography;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Requests;

/// <summary>Where a request is decided, once, about exactly what was shown; an approval makes the change in the same unit.</summary>
internal sealed class RequestDesk(CoreContext core)
{
    private const int MaxReason = 500;

    public static RefusalException Changed(string obstacle) => new(
        ErrorCodes.VersionConflict, obstacle, "This request no longer fits. Reject it; what is still wanted is asked for anew.");

    public async Task<RequestDecisionReceipt> DecideAsync(Principal principal, string? requestId, string? digest, string? reason, bool approve, CancellationToken cancellationToken)
    {
        var words = Checked(reason, approve);
        try
        {
            RequireRight(principal, requestId, approve);
            var id = core.Ids.TryParse<RequestId>(requestId, out var parsed) ? parsed : throw RefusalException.NotFound("request");
            var read = await core.Store.RequestAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("request");
            var plan = new Plan(principal, id, digest, words, approve, core.RequestKinds.Read(read), core.NewId<DecisionId>(), core.NewId<EventId>());
            return await core.Store.WriteAsync(unit => CarryOutAsync(unit, plan), cancellationToken)
                .Refusing("mailbox.address", "address", "This address is taken, or was once.", ErrorCodes.AddressTaken).ConfigureAwait(false);
        }
        catch (RefusalException refusal) when (refusal.Code is ErrorCodes.SelfApprovalForbidden or ErrorCodes.ScopeMissing or ErrorCodes.OversightScopeRequired or ErrorCodes.LiveKeyRequired)
        {
            await RefusalLeaves.WriteAsync(core, principal, LeafNames.AccessRefused, refusal, mailbox: null, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private static string? Checked(string? reason, bool approve)
    {
        var faults = new Faults();
        if (!approve && string.IsNullOrWhiteSpace(reason))
        {
            faults.Invalid("reason", "reason is missing.", "Say in a sentence why, so that whoever asked can do better.");
        }

        faults.MaxLength("reason", reason, MaxReason);
        if (reason is not null && !RequestBook.IsText(reason))
        {
            faults.Invalid("reason", "reason is no Unicode text.", "Leave lone surrogates out.");
        }

        faults.ThrowIfAny();
        return string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
    }

    private void RequireRight(Principal principal, string? requestId, bool approve)
    {
        if (!principal.MayDecide || principal.Kind is PrincipalKind.Agent or PrincipalKind.System)
        {
            throw new RefusalException(ErrorCodes.ScopeMissing, "Requests are decided by a person, or with a key that has the scope oversight.", "Ask a person to open the request's approval_url.");
        }

        principal.RequireLive();
        if (approve && principal.Channel == "mcp")
        {
            // An id that was not made here is told apart later; here it only must not be echoed.
            var url = core.Ids.TryParse<RequestId>(requestId, out var id) ? core.RequestBook.Url(id) : $"{core.Options.PublicUrl}/requests";
            throw new RefusalException(ErrorCodes.OversightScopeRequired, "Nothing is approved over MCP.", $"A person approves it at {url}.");
        }
    }

    private async ValueTask<RequestDecisionReceipt> CarryOutAsync(IWriteUnit unit, Plan plan)
    {
        var principal = plan.Principal;
        var request = await unit.FindRequestAsync(principal.Account, plan.Request).ConfigureAwait(false);
        if (request is null || !ChangeRequests.Shows(principal, request))
        {
            throw RefusalException.NotFound("request");
        }

        var decisions = await unit.RequestDecisionsAsync(request.Account, request.Id).ConfigureAwait(false);
        RequireOpen(plan, request, decisions, unit.Now);
        var account = (await unit.FindAccountAsync(request.Account).ConfigureAwait(false))!;
        var owners = decisions.Where(d => d.Verb == "approve").Select(d => d.Owner).Append(principal.Owner).Distinct(StringComparer.Ordinal).Count();
        var status = !plan.Approve ? RequestStatus.Rejected : owners < (account.DualControl ? 2 : 1) ? RequestStatus.Pending : RequestStatus.Approved;
        if (plan.Approve)
        {
            await RequireAskerAsync(unit, request).ConfigureAwait(false);
        }

        await DecideAsync(unit, plan, request, status).ConfigureAwait(false);
        if (status is RequestStatus.Approved)
        {
            await plan.Change.ApplyAsync(unit, principal, request).ConfigureAwait(false);
        }

        return new RequestDecisionReceipt(core.Ids.Format(request.Id), RequestStatuses.Name(status), core.Ids.Format(plan.Decision), principal.PublicId, unit.Now);
    }

    /// <summary>The order of refusals is the kernel's.</summary>
    private static void RequireOpen(Plan plan, ChangeRequest request, IReadOnlyList<RequestDecision> decisions, DateTimeOffset now)
    {
        if (plan is { Approve: true, Change.NeedsOperator: true } && plan.Principal.Kind is not (PrincipalKind.Human or PrincipalKind.Operator))
        {
            throw new RefusalException(ErrorCodes.OversightScopeRequired, "Only a person decides this.", "Ask a person, or use an operator key over REST.");
        }

        if (plan.Principal.Lineage == request.Lineage)
        {
            throw new RefusalException(ErrorCodes.SelfApprovalForbidden, "Whoever asked cannot decide.");
        }

        if (plan.Approve && request.Status is RequestStatus.Pending && decisions.Any(d => d.Verb == "approve" && d.Owner == plan.Principal.Owner))
        {
            throw new RefusalException(ErrorCodes.SelfApprovalForbidden, "Your approval stands; another person's is needed.", "Ask another person to approve it, too.");
        }

        if (request.Status is not RequestStatus.Pending)
        {
            throw new RefusalException(ErrorCodes.AlreadyDecided, $"The request is {RequestStatuses.Name(request.Status)}.", "Read the request's status: this step is over.");
        }

        if (request.ExpiresAt <= now)
        {
            throw new RefusalException(ErrorCodes.RequestExpired, "Nobody decided in time, so nothing was changed.", "Ask for it again.");
        }

        // Against the bytes, not the stored digest: what somebody changed in the store is not what was seen.
        if (plan.Digest is not { } digest || !Digests.Matches(digest, SHA256.HashData(request.Payload)))
        {
            throw new RefusalException(ErrorCodes.DigestMismatch, $"The request's digest is {Digests.Text(request.Digest)}.", "Read the request and send its digest: you decide about what you saw.");
        }
    }

    // A key that was revoked may have been in wrong hands when it asked.
    private async ValueTask RequireAskerAsync(IWriteUnit unit, ChangeRequest request)
    {
        if (core.Ids.TryParse<ApiKeyId>(request.RequestedBy, out var key) &&
            await unit.FindKeyAsync(request.Account, key).ConfigureAwait(false) is null or { RevokedAt: not null })
        {
            throw Changed(ChangeRequests.AskerGone);
        }
    }

    private async ValueTask DecideAsync(IWriteUnit unit, Plan plan, ChangeRequest request, RequestStatus status)
    {
        var principal = plan.Principal;
        if (status is not RequestStatus.Pending && !await unit.SettleRequestAsync(request.Account, request.Id, status).ConfigureAwait(false))
        {
            throw new RefusalException(ErrorCodes.AlreadyDecided, "The request was decided meanwhile.", "Read the request's status: this step is over.");
        }

        await unit.InsertRequestDecisionAsync(new RequestDecision(
            plan.Decision, request.Account, request.Id, plan.Approve ? "approve" : "reject", principal.PublicId, principal.Owner, principal.Channel, plan.Reason, request.Digest, unit.Now)).ConfigureAwait(false);

        // The first of two approvals decides nothing yet, but it was given.
        var reason = status is RequestStatus.Pending ? "approval_given" : RequestStatuses.Name(status);
        await unit.AppendLeafAsync(core.RequestBook.Leaf(LeafNames.RequestDecided, principal.LeafActor, request) with { Reason = reason }).ConfigureAwait(false);
        if (status is not RequestStatus.Pending)
        {
            await core.RequestBook.TellAsync(unit, plan.Event, request with { Status = status }, plan.Approve ? null : plan.Reason).ConfigureAwait(false);
        }
    }

    private sealed record Plan(Principal Principal, RequestId Request, string? Digest, string? Reason, bool Approve, IRequestedChange Change, DecisionId Decision, EventId Event);
}
