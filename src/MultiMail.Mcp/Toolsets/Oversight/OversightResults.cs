using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MultiMail.Core.Oversight;
using MultiMail.Core.Text;
using MultiMail.Mcp.Toolsets.Inbox;

namespace MultiMail.Mcp.Toolsets.Oversight;

internal sealed record DecisionItem(
    [property: Description("The message."), Required] string? MessageId,
    [property: Description("Digest of what you reviewed."), Required] string? Digest);

internal sealed record PendingItem(
    string MessageId,
    string Kind,
    int Revision,
    string Digest,
    string Mailbox,
    string? AgentId,
    string FromAddress,
    IReadOnlyList<string> To,
    IReadOnlyList<string> RiskFlags,
    string SubmittedAt,
    string? ExpiresAt,
    string ApprovalUrl,
    bool Livemode,
    string UntrustedSubject)
{
    public static PendingItem Of(PendingView view) => new(
        view.MessageId,
        view.Kind,
        view.Revision,
        view.Digest,
        view.Mailbox,
        view.AgentId,
        Shown.Address(view.FromAddress),
        [.. view.To.Select(Shown.Address)],
        view.RiskFlags,
        Rfc3339.Format(view.SubmittedAt),
        Rfc3339.Format(view.ExpiresAt),
        view.ApprovalUrl,
        view.Livemode,
        view.Subject);
}

internal sealed record PendingAnswer(IReadOnlyList<PendingItem> Pending, string? NextCursor, int Total)
{
    public static PendingAnswer Of(PendingList list) => new([.. list.Pending.Select(PendingItem.Of)], list.NextCursor, list.Total);
}

internal sealed record PartItem(string ContentType, long Size, string Sha256, string Disposition, string? UntrustedFilename);

internal sealed record PastDecision(
    string DecisionId, string Decision, string DecidedBy, string Channel, string DecidedAt, string Digest, string? Reason);

internal sealed record ReviewAnswer(
    PendingItem Item,
    string Status,
    IReadOnlyList<string> Cc,
    IReadOnlyList<string> Bcc,
    string? ReplyTo,
    string? SendAt,
    string? Category,
    int Size,
    int HiddenTextChars,
    IReadOnlyDictionary<string, int> InvisibleCharacters,
    int ApprovalsGiven,
    int ApprovalsNeeded,
    IReadOnlyList<PastDecision> Decisions,
    IReadOnlyList<PartItem> Parts,
    IReadOnlyList<LinkItem> Links,
    IReadOnlyList<MessageItem> Thread,
    string UntrustedFromName,
    string? UntrustedIntent,
    IReadOnlyList<string> UntrustedHeaders,
    string? UntrustedPlainText,
    string? UntrustedHiddenText,
    string UntrustedBody)
{
    public static ReviewAnswer Of(PendingReview view) => new(
        PendingItem.Of(view.Item),
        view.Status,
        [.. view.Cc.Select(Shown.Address)],
        [.. view.Bcc.Select(Shown.Address)],
        view.ReplyTo is { } reply ? Shown.Address(reply) : null,
        Rfc3339.Format(view.SendAt),
        view.Category,
        view.Size,
        view.HiddenTextChars,
        view.InvisibleCharacters,
        view.ApprovalsGiven,
        view.ApprovalsNeeded,
        [.. view.Decisions.Select(d => new PastDecision(
            d.DecisionId, d.Decision, d.DecidedBy, d.Channel, Rfc3339.Format(d.DecidedAt), d.Digest, d.Reason))],
        [.. view.Parts.Select(p => new PartItem(Shown.MediaType(p.ContentType), p.Size, p.Sha256, Shown.Disposition(p.Disposition), p.Filename))],
        [.. view.Links.Select(LinkItem.Of)],
        [.. view.Thread.Select(MessageItem.Of)],
        view.FromName,
        view.Intent,
        [.. view.Headers.Select(h => $"{h.Name}: {h.Value}")],
        view.PlainText,
        view.HiddenText,
        view.Text);
}

/// <param name="Status">Where the message is now; <c>needs_person</c> when only the page can decide.</param>
/// <param name="Code">An error code when nothing was decided.</param>
internal sealed record DecidedItem(
    string MessageId,
    bool Ok,
    string? Status = null,
    string? ApprovalUrl = null,
    string? DecisionId = null,
    string? DecidedBy = null,
    string? DecidedAt = null,
    string? Code = null,
    string? Message = null,
    string? Fix = null);

internal sealed record DecisionAnswer(IReadOnlyList<DecidedItem> Results, string? Next);
