using MultiMail.Core.Evidence;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Oversight;

/// <summary>
/// Where people, and keys that stand for them, decide about exactly the bytes they saw. The kernel says who may; the conditional
/// move says who was first.
/// </summary>
public sealed class DecisionDesk
{
    private const int MaxReason = 500;
    private readonly CoreContext _core;

    internal DecisionDesk(CoreContext core) => _core = core;

    /// <summary>Approves outbound mail, or lets held inbound mail in.</summary>
    public Task<DecisionReceipt> ApproveAsync(Principal principal, DecisionRequest request, CancellationToken cancellationToken) =>
        DecideAsync(principal, request, "approve", cancellationToken);

    /// <summary>Rejects outbound mail (also approved mail, until the first attempt), or keeps held inbound mail out. Needs a reason.</summary>
    public Task<DecisionReceipt> RejectAsync(Principal principal, DecisionRequest request, CancellationToken cancellationToken) =>
        DecideAsync(principal, request, "reject", cancellationToken);

    /// <summary>Sends a pending message back to draft with a reason.</summary>
    public Task<DecisionReceipt> RequestChangesAsync(Principal principal, DecisionRequest request, CancellationToken cancellationToken) =>
        DecideAsync(principal, request, "request_changes", cancellationToken);

    /// <summary>
    /// Over MCP an approval is never an act: whoever may decide these messages gets the links where a person does.
    /// </summary>
    /// <returns>The approval URLs, in the order of the items.</returns>
    public async Task<IReadOnlyList<string>> ApprovalUrlsAsync(Principal principal, IReadOnlyList<DecisionRequest> items, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Oversight);
        var urls = new List<string>();
        foreach (var item in items)
        {
            var id = _core.ParseMessageId(item.MessageId);
            var pending = await _core.Store.PendingItemAsync(principal.Account, id, cancellationToken).ConfigureAwait(false);
            if (pending is null || !principal.Sees(pending.Message.World) || !principal.Uses(pending.Message.Mailbox))
            {
                throw RefusalException.NotFound("waiting message");
            }

            if (item.Digest is { } digest && !Digests.Matches(digest, pending.Message.Digest))
            {
                throw Mismatch(pending.Message);
            }

            urls.Add(_core.ApprovalUrl(id));
        }

        return urls;
    }

    private async Task<DecisionReceipt> DecideAsync(Principal principal, DecisionRequest request, string verb, CancellationToken cancellationToken)
    {
        var reason = Checked(request, verb);
        var id = _core.ParseMessageId(request.MessageId);
        var note = _core.Transitions.Note(principal.LeafActor) with { RejectionReason = verb == "approve" ? null : reason, Code = request.ReasonClass };
        var plan = new Plan(principal, id, request.Digest, verb, reason, _core.NewId<DecisionId>(), note) { Class = request.ReasonClass };
        try
        {
            return await _core.Store.WriteAsync(unit => CarryOutAsync(unit, plan), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusalException refusal) when (refusal.Code is ErrorCodes.SelfApprovalForbidden or ErrorCodes.ScopeMissing)
        {
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, mailbox: null, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private static string? Checked(DecisionRequest request, string verb)
    {
        var faults = new Faults();
        if (verb != "approve" && string.IsNullOrWhiteSpace(request.Reason))
        {
            faults.Invalid("reason", "reason is missing.", "Say in a sentence why, so that the agent can do better.");
        }

        faults.MaxLength("reason", request.Reason, MaxReason);
        if (RejectClasses.Checked(request.ReasonClass, faults) is not null && verb != "reject")
        {
            faults.Invalid("reason_class", "Only a rejection has a reason_class.", "Leave reason_class out, or reject the message.");
        }

        faults.ThrowIfAny();
        return string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
    }

    private async ValueTask<DecisionReceipt> CarryOutAsync(IWriteUnit unit, Plan plan)
    {
        var account = plan.Principal.Account;
        var message = await unit.FindMessageAsync(account, plan.Message).ConfigureAwait(false);
        if (message is null || !plan.Principal.Uses(message.Mailbox))
        {
            throw RefusalException.NotFound("message");
        }

        var mailbox = (await unit.FindMailboxAsync(account, message.Mailbox).ConfigureAwait(false))!;
        var hold = await unit.FindOpenApprovalAsync(account, message.Id).ConfigureAwait(false);
        var standing = await unit.StandingApprovalsAsync(account, message.Id, message.Revision).ConfigureAwait(false);
        var owner = (await unit.FindAccountAsync(account).ConfigureAwait(false))!;
        var author = await unit.FindAuthorAsync(account, message.Id, message.Revision).ConfigureAwait(false);
        var (@event, end) = EventOf(plan, message, author, hold, standing, Assessment.ApprovalsOf(owner, standing), unit.Now);
        var answer = Kernel.Decide(message.State, @event);
        if (answer is Refused { Why: Refusal.DigestMismatch })
        {
            throw Mismatch(message);
        }

        var moved = RefusalCodes.Require(answer);

        // Stopping needs no digest, but whoever names one means that revision and no other.
        if (plan.Digest is { } named && !Digests.Matches(named, message.Digest))
        {
            throw Mismatch(message);
        }

        // A first of two approvals leaves the hold open; everything else ends it.
        var note = plan.Note with { ClosesHoldAs = moved.To is MessageState.Pending ? null : end };
        if ((hold?.Id ?? (standing.Count > 0 ? standing[^1].Approval : null)) is { } about)
        {
            await unit.InsertDecisionAsync(DecisionOf(plan, message, about, unit.Now)).ConfigureAwait(false);
        }

        var after = await _core.Transitions.MoveAsync(unit, message, moved, mailbox, note).ConfigureAwait(false);
        await Witness.NoteAsync(unit, plan.Principal, message, moved, plan.Verb, plan.Class).ConfigureAwait(false);
        if (moved is { To: MessageState.Received, Leaf: Leaf.InboundReleased })
        {
            await unit.ShowInboundAsync(account, message.Id).ConfigureAwait(false);
        }

        return new DecisionReceipt(
            _core.Ids.Format(message.Id), MessageStates.Name(after.State), _core.Ids.Format(plan.Decision), plan.Principal.PublicId, unit.Now)
        {
            WasCanary = message.IsCanary,
        };
    }

    private static (KernelEvent Event, string End) EventOf(
        Plan plan, Message message, string? author, Approval? hold, IReadOnlyList<Decision> standing, Approvals approvals, DateTimeOffset now)
    {
        var actor = plan.Principal.ActorFor(message.SubmitterLineage, message.World);
        var current = plan.Digest is { } digest ? Digests.Matches(digest, message.Digest) : message.Revision == 1;
        return plan.Verb switch
        {
            "approve" when message.Direction is Direction.Inbound => (new KernelEvent.Release(actor, current), "approved"),
            "approve" => (new KernelEvent.Approve(
                actor, current, Assessment.TimingOf(message.SendAt, now), PastExpiry: hold?.ExpiresAt <= now,
                message.State is MessageState.Pending && standing.Any(d => d.Owner == plan.Principal.Owner), EditedByOwner: (author ?? message.SubmittedBy) == plan.Principal.Owner, approvals) { Canary = message.IsCanary }, "approved"),

            // Nobody would write a canary anew: whoever wants it changed has stopped it.
            "request_changes" when message.IsCanary => (new KernelEvent.Reject(actor, current), "rejected"),
            "reject" => (new KernelEvent.Reject(actor, current), "rejected"),
            _ => (new KernelEvent.RequestChanges(actor, current), "changes_requested"),
        };
    }

    private static Decision DecisionOf(Plan plan, Message message, ApprovalId about, DateTimeOffset now) => new(
        plan.Decision, message.Account, about, message.Id, plan.Verb, plan.Principal.PublicId, plan.Principal.Owner, plan.Principal.Channel, plan.Reason, message.Digest, now);

    private static RefusalException Mismatch(Message message) =>
        new(ErrorCodes.DigestMismatch, $"The current revision's digest is {Digests.Text(message.Digest)}.");

    private sealed record Plan(Principal Principal, MessageId Message, string? Digest, string Verb, string? Reason, DecisionId Decision, TransitionNote Note)
    {
        public string? Class { get; init; }
    }
}
