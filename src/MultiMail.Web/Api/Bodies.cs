using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;
using MultiMail.Core.Policy;
using MultiMail.Core.Text;

namespace MultiMail.Web.Api;

/// <summary>A message's status, and whether the wait ended without what it waited for.</summary>
internal sealed record StatusBody(
    string MessageId,
    string Status,
    string ThreadId,
    string Digest,
    int Revision,
    int Version,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? SendAt,
    DateTimeOffset? ExpiresAt,
    string? ApprovalUrl,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Reason,
    IReadOnlyList<RecipientView> Recipients,
    IReadOnlyList<TimelineEntry> Timeline,
    bool TimedOut)
{
    public static StatusBody Of(MessageStatusView s, bool timedOut) => new(
        s.MessageId, s.Status, s.ThreadId, s.Digest, s.Revision, s.Version, s.SubmittedAt, s.SendAt, s.ExpiresAt, s.ApprovalUrl, s.DecidedBy, s.DecidedAt,
        s.Reason, s.Recipients, s.Timeline, timedOut);
}

/// <summary>A conversation; a message is a list's row, with its text when <c>bodies=full</c>.</summary>
internal sealed record ThreadBody(
    string ThreadId, string Mailbox, string Subject, IReadOnlyList<ThreadRow> Messages, string? NextCursor, int Total)
{
    public static ThreadBody Of(ThreadView t) => new(t.ThreadId, t.Mailbox, t.Subject, [.. t.Messages.Select(ThreadRow.Of)], t.NextCursor, t.Total);
}

internal sealed record ThreadRow(
    string MessageId,
    string Direction,
    string FromAddress,
    string? FromName,
    IReadOnlyList<string> To,
    string Subject,
    string Snippet,
    DateTimeOffset ReceivedAt,
    bool Unread,
    IReadOnlyDictionary<string, string> Tags,
    bool HasAttachments,
    string Status,
    string? Body,
    int RemainingChars,
    int? QuotedChars)
{
    public static ThreadRow Of(ThreadMessage row)
    {
        var m = row.Message;
        return new ThreadRow(
            m.MessageId, m.Direction, m.FromAddress, m.FromName, m.To, m.Subject, m.Snippet, m.ReceivedAt, m.Unread, m.Tags, m.HasAttachments,
            m.Status, row.Body, row.RemainingChars, row.Body is null ? null : row.QuotedChars);
    }
}

internal sealed record TagResults(IReadOnlyList<ItemResult> Results);

internal sealed record HeaderBody(string Name, string Value);

/// <summary>The template that a message was made from.</summary>
internal sealed record TemplateBody(string TemplateId, int Version, string Digest);

/// <summary>What a person decides about: the queue's row and the frozen message behind it.</summary>
internal sealed record ReviewBody(
    string MessageId,
    string Kind,
    string Status,
    int Revision,
    string Digest,
    string Mailbox,
    string? AgentId,
    string FromAddress,
    string FromName,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    IReadOnlyList<string> Bcc,
    string? ReplyTo,
    string Subject,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? SendAt,
    string ApprovalUrl,
    bool Livemode,
    string? Category,
    IReadOnlyList<string> RiskFlags,
    string? Intent,
    string Text,
    string? PlainText,
    string? Html,
    string? HiddenText,
    int HiddenTextChars,
    IReadOnlyDictionary<string, int> InvisibleCharacters,
    IReadOnlyList<LinkView> Links,
    IReadOnlyList<PartView> Parts,
    IReadOnlyList<HeaderBody> Headers,
    int Size,
    IReadOnlyList<DecisionView> Decisions,
    IReadOnlyList<MessageSummary> Thread,
    int ApprovalsGiven,
    int ApprovalsNeeded,
    IReadOnlyList<Core.Compliance.ComplianceCheckView> Checks,
    TemplateBody? Template,
    bool? WasCanary,
    ChangesBody? Changes,
    IReadOnlyList<string>? AddedByServer)
{
    /// <summary>The risk flags in words.</summary>
    public IReadOnlyList<RiskView>? Risks { get; init; }

    /// <summary>It was written after strangers' text was read; absent when it was not.</summary>
    public bool? Tainted { get; init; }

    /// <summary>The newest mail of those that were read.</summary>
    public string? TaintedBy { get; init; }

    public static ReviewBody Of(PendingReview r)
    {
        var i = r.Item;
        return new ReviewBody(
            i.MessageId, i.Kind, r.Status, i.Revision, i.Digest, i.Mailbox, i.AgentId, i.FromAddress, r.FromName, i.To, r.Cc, r.Bcc, r.ReplyTo,
            i.Subject, i.SubmittedAt, i.ExpiresAt, r.SendAt, i.ApprovalUrl, i.Livemode, r.Category, i.RiskFlags, r.Intent, r.Text, r.PlainText, r.Html,
            r.HiddenText, r.HiddenTextChars, r.InvisibleCharacters, r.Links, r.Parts, [.. r.Headers.Select(h => new HeaderBody(h.Name, h.Value))], r.Size,
            r.Decisions, r.Thread, r.ApprovalsGiven, r.ApprovalsNeeded, r.Checks,
            r.Template is { } t ? new TemplateBody(t.Id, t.Version, t.Digest) : null,
            r.WasCanary ? true : null,
            ChangesBody.Of(r.Changes), r.Added)
        {
            Risks = i.Risks,
            Tainted = r.Tainted ? true : null,
            TaintedBy = r.TaintedBy,
        };
    }
}

/// <summary>How a revision differs from the one before it.</summary>
/// <param name="By"><c>person</c> or <c>agent</c>.</param>
/// <param name="Text">Lines that begin with <c>+</c>, <c>-</c> or a blank; <c>@</c> says what is left out.</param>
internal sealed record ChangesBody(int Since, string By, IReadOnlyList<FieldChange> Fields, IReadOnlyList<string> Text)
{
    public static ChangesBody? Of(RevisionChanges? c) =>
        c is null ? null : new ChangesBody(c.Since, c.ByPerson ? "person" : "agent", c.Fields, [.. c.Text.Select(Line)]);

    private static string Line(DiffLine line) => line.Kind switch
    {
        DiffKind.Added => "+",
        DiffKind.Removed => "-",
        DiffKind.Gap => "@",
        _ => " ",
    } + line.Text;
}
