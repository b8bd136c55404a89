using MultiMail.Core.Inbound;
using MultiMail.Mail;
using System.Text.Json.Serialization;

namespace MultiMail.Core.Messages;

/// <summary>A row of a list. Never a body. Subject, name, snippet and tags of inbound mail are a stranger's words.</summary>
public sealed record MessageSummary(
    string MessageId,
    string ThreadId,
    string Mailbox,
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
    string Status);

/// <param name="Total">How many match, counted up to 10,001.</param>
/// <param name="Held">Inbound messages that wait for a person's release and are not listed.</param>
public sealed record MessageList(IReadOnlyList<MessageSummary> Messages, string? NextCursor, int Total, int Held = 0);

/// <summary>What a list asks for, as the caller wrote it.</summary>
public sealed record InboxRequest
{
    /// <summary>Address or id; may be absent when the key has exactly one mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary><c>inbox</c> (default), <c>sent</c>, <c>drafts</c>, <c>scheduled</c>, <c>held</c>, <c>spam</c>, <c>archive</c>, <c>trash</c> or <c>all</c>.</summary>
    public string? Folder { get; init; }

    public bool? Unread { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Subject { get; init; }

    public string? Since { get; init; }

    public string? Before { get; init; }

    /// <summary><c>name</c> or <c>name=value</c>.</summary>
    public string? Tag { get; init; }

    public bool? HasAttachments { get; init; }

    /// <summary>Only what came after this message.</summary>
    public string? SinceId { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

public sealed record SearchRequest
{
    /// <summary>Words, "phrases", prefix*, -not, and from: to: subject: tag: has:attachment is:unread before: after:.</summary>
    public string? Query { get; init; }

    public IReadOnlyList<string> Mailboxes { get; init; } = [];

    public string? Folder { get; init; }

    public string? Since { get; init; }

    public string? Before { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

public sealed record ReadRequest
{
    public string? MessageId { get; init; }

    /// <summary><c>text</c> (default), <c>markdown</c>, <c>html</c> or <c>headers</c>.</summary>
    public string? Format { get; init; }

    /// <summary>500 to 100,000; 20,000 unless asked.</summary>
    public int? MaxChars { get; init; }

    public int? Offset { get; init; }

    /// <summary>Also what a reply quotes and the signature; false unless asked. HTML and headers are always whole.</summary>
    public bool? IncludeQuoted { get; init; }
}

public sealed record AttachmentView(string AttachmentId, string Filename, string ContentType, long Size, string Sha256)
{
    /// <summary>What the header of a message inside this one says; null for everything else.</summary>
    public NestedView? Message { get; init; }
}

/// <param name="Code">Enhanced status code (RFC 3463), or our own word for trouble on our side, e.g. <c>sign_in_refused</c>.</param>
/// <param name="Detail">The relay's words, one line: a stranger's text.</param>
/// <param name="NextAttemptAt">When this recipient is tried next; null when nothing is planned.</param>
public sealed record RecipientView(string Address, string Kind, string Status, string? Code, string? Detail = null, DateTimeOffset? NextAttemptAt = null);

/// <summary>One message with a window of its body.</summary>
/// <param name="Body">The window, normalised; a stranger's words when inbound.</param>
/// <param name="BodyChars">Length of the whole normalised body in UTF-16 code units, for paging.</param>
/// <param name="RemainingChars">What follows this window; 0 = the end.</param>
/// <param name="Normalised">Invisible characters removed from the body, by class; <c>emoji_sequences</c> were kept.</param>
/// <param name="HiddenTextRemoved">HTML text that no reader would have seen, removed; null when there was none.</param>
public sealed record MessageView(
    string MessageId,
    string ThreadId,
    string Mailbox,
    string Direction,
    string Status,
    string FromAddress,
    string? FromName,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    string Subject,
    DateTimeOffset ReceivedAt,
    bool Unread,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<AttachmentView> Attachments,
    string Format,
    string Body,
    int Offset,
    int BodyChars,
    int RemainingChars,
    IReadOnlyDictionary<string, int> Normalised,
    HiddenTextView? HiddenTextRemoved,
    IReadOnlyList<string> Defects,
    IReadOnlyList<LinkView> Links)
{
    /// <summary>Blind copies of mail of one's own; null when there are none.</summary>
    public IReadOnlyList<string>? Bcc { get; init; }

    /// <summary>To be given with a change of a draft or of what waits; null inbound.</summary>
    public int? Version { get; init; }

    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Characters of quotation and signature that <see cref="Body"/> leaves out: <see cref="ReadRequest.IncludeQuoted"/> has them.</summary>
    public int QuotedChars { get; init; }

    /// <summary>A machine sent it, or it has no return path: never to be answered automatically (RFC 3834).</summary>
    public bool Automatic { get; init; }

    /// <summary>What it reports about an earlier message; null when it is no report.</summary>
    public ReportView? Report { get; init; }

    /// <summary>Events of its calendar parts; null when there are none.</summary>
    public IReadOnlyList<EventView>? Events { get; init; }

    /// <summary>Codes of what we found suspicious in mail that arrived; null when nothing was, and for outbound mail.</summary>
    public IReadOnlyList<string>? RiskFlags { get; init; }

    /// <summary>Who sent it, as far as we found out; null for outbound mail.</summary>
    public AuthenticationView? Authentication { get; init; }

    /// <summary>The verdicts one by one, for people; quotes names and reasons of the sender's domains.</summary>
    [JsonIgnore]
    public string? AuthenticationDetails { get; init; }
}

/// <param name="TextNamesAnotherHost">The visible text shows a host that is not the target's.</param>
public sealed record LinkView(string Host, string Target, string Text, bool TextNamesAnotherHost)
{
    /// <summary>The host as people read it; null when that is <see cref="Host"/>.</summary>
    public string? DisplayHost { get; init; }

    /// <summary>A label mixes scripts that look alike; null when none does.</summary>
    public bool? MixedScript { get; init; }

    /// <param name="shown">What becomes of invisible characters.</param>
    internal static LinkView Of(LinkFound link, Func<string, string> shown) => new(link.Host, shown(link.Target), shown(link.Text), link.TextNamesAnotherHost)
    {
        DisplayHost = link.DisplayHost == link.Host ? null : shown(link.DisplayHost),
        MixedScript = link.MixedScript ? true : null,
    };
}

public sealed record ThreadRequest
{
    public string? ThreadId { get; init; }

    public string? MessageId { get; init; }

    /// <summary><c>none</c>, <c>snippet</c> (default) or <c>full</c>.</summary>
    public string? Bodies { get; init; }

    /// <summary>100 to 20,000; 2,000 unless asked.</summary>
    public int? MaxCharsPerMessage { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

/// <param name="Body">The new text, without what it quotes; null unless bodies are <c>full</c>.</param>
public sealed record ThreadMessage(MessageSummary Message, string? Body, int RemainingChars)
{
    /// <summary>Characters that <see cref="Body"/> leaves out as quotation or signature.</summary>
    public int QuotedChars { get; init; }
}

public sealed record ThreadView(string ThreadId, string Mailbox, string Subject, IReadOnlyList<ThreadMessage> Messages, string? NextCursor, int Total);

public sealed record WaitRequest
{
    public string? Mailbox { get; init; }

    public string? From { get; init; }

    public string? SubjectContains { get; init; }

    public string? SinceId { get; init; }

    /// <summary>1 to 120; 60 unless asked.</summary>
    public int? TimeoutSeconds { get; init; }
}

/// <param name="Message">Null when nothing came in time.</param>
public sealed record WaitResult(bool TimedOut, MessageSummary? Message);

public sealed record TagRequest
{
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> Remove { get; init; } = [];
}

/// <summary>What happened to one of several ids.</summary>
/// <param name="Code">An error code when it was not done.</param>
public sealed record ItemResult(string MessageId, bool Ok, string? Code, string? Message);

public sealed record StatusRequest
{
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>0 to 120.</summary>
    public int? WaitSeconds { get; init; }

    /// <summary><c>decided</c> (default) or <c>delivered</c>.</summary>
    public string? Until { get; init; }
}

/// <param name="At">When.</param>
/// <param name="Event">The audit leaf's event.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Event, string? Reason);

/// <param name="Reason">What the person wrote who rejected it or asked for changes.</param>
public sealed record MessageStatusView(
    string MessageId,
    string Status,
    string ThreadId,
    string Digest,
    int Revision,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? SendAt,
    DateTimeOffset? ExpiresAt,
    string? ApprovalUrl,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Reason,
    IReadOnlyList<RecipientView> Recipients,
    IReadOnlyList<TimelineEntry> Timeline)
{
    /// <summary>To be given with a change of a draft or of what waits.</summary>
    public int Version { get; init; }
}

public sealed record StatusList(IReadOnlyList<MessageStatusView> Messages, bool TimedOut);
