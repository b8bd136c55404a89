using MultiMail.Core.Node;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Messages;

/// <summary>Mail that has not left yet: kept as a draft, changed, submitted. Only its own lineage or a person touches it.</summary>
public sealed class Drafts
{
    private static readonly TimeSpan SameRequestWindow = TimeSpan.FromSeconds(60);
    private readonly CoreContext _core;
    private readonly OutboundLine _line;
    private readonly DraftKeeping _keeping;

    internal Drafts(CoreContext core, OutboundLine line, DraftKeeping keeping)
    {
        _core = core;
        _line = line;
        _keeping = keeping;
    }

    /// <summary>Keeps a draft. It never leaves the system before it is submitted.</summary>
    public async Task<EditReceipt> SaveAsync(Principal principal, DraftRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        var parent = request.InReplyTo is null ? null : await ParentAsync(principal, request.InReplyTo, cancellationToken).ConfigureAwait(false);
        var written = await _core.Templates.ExpandAsync(principal, request.Written, cancellationToken).ConfigureAwait(false);
        var submission = written with
        {
            From = written.From ?? (parent is null ? null : (await _core.Store.MailboxAsync(principal.Account, parent.Mailbox, cancellationToken).ConfigureAwait(false))?.Address),
        };
        return await _keeping.KeepAsync(principal, submission, parent, before: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Changes a draft, or what is pending, scheduled or queued. The latter is composed, checked and gated anew under the same id:
    /// approvals are void, and what was held once is held again.
    /// </summary>
    public async Task<EditReceipt> EditAsync(Principal principal, EditRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        var before = await OwnAsync(principal, request.MessageId, request.ExpectedVersion, cancellationToken).ConfigureAwait(false);
        RefusalCodes.Require(Kernel.Decide(before.State, new KernelEvent.Edit(principal.ActorFor(before.SubmitterLineage, before.World), AnyGate)));
        RequireVersion(before, request.ExpectedVersion);
        var (submission, parent) = await ChangedAsync(before, request, cancellationToken).ConfigureAwait(false);
        if (before.State is MessageState.Draft)
        {
            return await _keeping.KeepAsync(principal, submission, parent, before, cancellationToken).ConfigureAwait(false);
        }

        var passed = await _line.ReviseAsync(principal, submission, parent, before, LineAct.Edit, answer: null, cancellationToken).ConfigureAwait(false);
        return Receipt(passed);
    }

    /// <summary>Submits a draft through the gate: the same message, frozen as its next revision.</summary>
    public async Task<SubmissionReceipt> SendAsync(Principal principal, SendDraftRequest request, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        var key = KeyOf(request);
        var before = await OwnAsync(principal, request.MessageId, request.ExpectedVersion, cancellationToken).ConfigureAwait(false);
        if (before.State is not MessageState.Draft || before.Version != request.ExpectedVersion)
        {
            if (await _line.ReplayAsync(principal, key, cancellationToken).ConfigureAwait(false) is { } earlier)
            {
                return earlier;
            }
        }

        RefusalCodes.Require(Kernel.Decide(before.State, new KernelEvent.Submit(principal.ActorFor(before.SubmitterLineage, before.World), AnyGate)));
        RequireVersion(before, request.ExpectedVersion);
        var (submission, parent) = await ChangedAsync(before, new EditRequest { SendAt = request.SendAt }, cancellationToken).ConfigureAwait(false);
        return (await _line.ReviseAsync(principal, submission, parent, before, LineAct.Submit, key, cancellationToken).ConfigureAwait(false)).Receipt;
    }

    /// <summary>
    /// A person changes what waits for a person. It stays pending as a revision that this person froze: every approval is void, and
    /// where two are needed the editor's is not one of them.
    /// </summary>
    public async Task<EditReceipt> EditPendingAsync(Principal principal, HumanEditRequest request, CancellationToken cancellationToken)
    {
        principal.RequirePerson("changes what waits for a decision");
        var before = await FindAsync(principal, request.MessageId, cancellationToken).ConfigureAwait(false);
        RefusalCodes.Require(Kernel.Decide(before.State, new KernelEvent.HumanEdit(principal.ActorFor(before.SubmitterLineage, before.World))));
        if (request.Digest is null || !Digests.Matches(request.Digest, before.Digest))
        {
            throw new RefusalException(ErrorCodes.DigestMismatch, $"The current revision's digest is {Digests.Text(before.Digest)}.");
        }

        var (submission, parent) = await ChangedAsync(before, request.Changes, cancellationToken).ConfigureAwait(false);
        return Receipt(await _line.ReviseAsync(principal, submission, parent, before, LineAct.HumanEdit, answer: null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What the author of a message wrote, for a form in which a person changes it.</summary>
    public async Task<AuthoredView> AuthoredAsync(Principal principal, string? messageId, CancellationToken cancellationToken)
    {
        principal.RequirePerson("changes what waits for a decision");
        var message = await FindAsync(principal, messageId, cancellationToken).ConfigureAwait(false);
        var authored = await AuthoredMail.GetAsync(_core, message, cancellationToken).ConfigureAwait(false);
        return new AuthoredView(
            _core.Ids.Format(message.Id), MessageStates.Name(message.State), message.Revision, Digests.Text(message.Digest), authored.Written.To, authored.Written.Cc, authored.Written.Bcc,
            authored.Written.Subject ?? string.Empty, authored.Written.Text, authored.Written.Html, authored.Written.Markdown, authored.Written.SendAt, [.. authored.Files.Select(f => f.FileName)]);
    }

    // The gate's own facts come later: this asks only whether this principal may do it to a message in this state.
    private static GateFacts AnyGate => new(Mode.GatedSend, RiskHold: false, Tainted: false, AllAllowListed: false, HeldBefore: false, Paused: false, Timing.Now);

    private static void RequireVersion(Message message, int? expected)
    {
        if (message.Version != expected)
        {
            throw Versions.Conflict(message);
        }
    }

    private static AnswerKey KeyOf(SendDraftRequest request)
    {
        var faults = new Faults();
        IdempotencyKeys.Check(request.IdempotencyKey, faults);
        faults.ThrowIfAny();
        var content = string.Create(CultureInfo.InvariantCulture, $"send_draft {request.MessageId} {request.ExpectedVersion} {request.SendAt}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        return request.IdempotencyKey is { } given
            ? AnswerKey.Named(given, hash)
            : new AnswerKey("d " + Convert.ToHexStringLower(hash), SameRequestWindow, hash, IsNamed: true);
    }

    private async Task<Message> OwnAsync(Principal principal, string? messageId, int? expectedVersion, CancellationToken cancellationToken)
    {
        var message = await FindAsync(principal, messageId, cancellationToken).ConfigureAwait(false);
        if (expectedVersion is null)
        {
            throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "expected_version", "expected_version is missing.", "Give the version that the message had when you read it.")]);
        }

        return message;
    }

    private async Task<Message> FindAsync(Principal principal, string? messageId, CancellationToken cancellationToken)
    {
        var message = await _core.Store.MessageAsync(principal.Account, _core.ParseMessageId(messageId), cancellationToken).ConfigureAwait(false);
        return message is { Direction: Direction.Outbound } && Visibility.Shows(principal, message) ? message : throw RefusalException.NotFound("message");
    }

    private async Task<Message> ParentAsync(Principal principal, string messageId, CancellationToken cancellationToken)
    {
        var parent = await _core.Store.MessageAsync(principal.Account, _core.ParseMessageId(messageId), cancellationToken).ConfigureAwait(false);
        return parent is not null && Visibility.Shows(principal, parent) && parent.State is not MessageState.Draft ? parent : throw RefusalException.NotFound("message");
    }

    private async Task<(Submission Submission, Message? Parent)> ChangedAsync(Message before, EditRequest changes, CancellationToken cancellationToken)
    {
        var authored = await AuthoredMail.GetAsync(_core, before, cancellationToken).ConfigureAwait(false);
        var written = await AuthoredMail.ToSubmissionAsync(_core, before, authored, cancellationToken).ConfigureAwait(false);
        return (EditMerge.Apply(written, changes), await AuthoredMail.ParentAsync(_core, before, authored, cancellationToken).ConfigureAwait(false));
    }

    private static EditReceipt Receipt(Passed passed)
    {
        var (receipt, message) = (passed.Receipt, passed.Message!); // no answer is kept for an edit, so it is never an earlier one
        return new EditReceipt(receipt.MessageId, receipt.Status, message.Version, message.Revision, receipt.OversightMode, receipt.ApprovalUrl, receipt.ThreadId);
    }
}

/// <summary>What an author wrote, to be changed.</summary>
public sealed record AuthoredView(
    string MessageId,
    string Status,
    int Revision,
    string Digest,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    IReadOnlyList<string> Bcc,
    string Subject,
    string? Text,
    string? Html,
    string? Markdown,
    string? SendAt,
    IReadOnlyList<string> Files);
