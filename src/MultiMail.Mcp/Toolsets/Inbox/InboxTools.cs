using System.ComponentModel.DataAnnotations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Messages;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Toolsets.Inbox;

/// <summary>What arrived: list, read, search, tag, wait. None of these marks mail read.</summary>
internal sealed partial class InboxTools(ToolCall call)
{
    /// <summary>List mail, newest first, without bodies. read_email has the text.</summary>
    /// <param name="mailbox">Address or id; needed if you have several.</param>
    /// <param name="folder">Where to look.</param>
    /// <param name="unread">Only unread, or only read.</param>
    /// <param name="from">Part of sender.</param>
    /// <param name="to">Part of a recipient.</param>
    /// <param name="subject">Part of subject.</param>
    /// <param name="since">From this time, RFC 3339.</param>
    /// <param name="before">Before this time.</param>
    /// <param name="tag">name or name=value.</param>
    /// <param name="has_attachments">With, or without.</param>
    /// <param name="since_id">Only newer than this message.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="cursor">next_cursor of the last page.</param>
    [McpServerTool(Name = "check_inbox", Title = "Check inbox", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(MessageListAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> CheckInboxAsync(
        string? mailbox = null,
        [AllowedValues("inbox", "sent", "drafts", "scheduled", "held", "spam", "archive", "trash", "all")] string folder = "inbox",
        bool? unread = null,
        string? from = null,
        string? to = null,
        string? subject = null,
        string? since = null,
        string? before = null,
        string? tag = null,
        bool? has_attachments = null,
        string? since_id = null,
        [Range(1, 100)] int limit = 25,
        string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var list = await call.Node.Inbox.ListAsync(
            call.Principal,
            new InboxRequest
            {
                Mailbox = mailbox,
                Folder = folder,
                Unread = unread,
                From = from,
                To = to,
                Subject = subject,
                Since = since,
                Before = before,
                Tag = tag,
                HasAttachments = has_attachments,
                SinceId = since_id,
                Limit = limit,
                Cursor = cursor,
            },
            cancellationToken);
        return call.Answer(MessageListAnswer.Of(list), ToolJson.Default.MessageListAnswer);
    }

    /// <summary>Read one message: our facts, and its text fenced as untrusted data. Never marks it read.</summary>
    /// <param name="message_id">The message.</param>
    /// <param name="format">Form of the body.</param>
    /// <param name="max_chars">Most characters of body.</param>
    /// <param name="offset">Where in the body to start.</param>
    /// <param name="include_quoted">With quoted text and signature.</param>
    [McpServerTool(Name = "read_email", Title = "Read email", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(MessageAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> ReadEmailAsync(
        string message_id,
        [AllowedValues("text", "markdown", "html", "headers")] string format = "text",
        [Range(500, 100_000)] int max_chars = 20_000,
        [Range(0, int.MaxValue)] int offset = 0,
        bool include_quoted = false,
        CancellationToken cancellationToken = default)
    {
        var request = new ReadRequest { MessageId = message_id, Format = format, MaxChars = max_chars, Offset = offset, IncludeQuoted = include_quoted };
        var view = await call.Node.Inbox.ReadAsync(call.Principal, request, cancellationToken);
        return call.Answer(MessageAnswer.Of(view), ToolJson.Default.MessageAnswer);
    }

    /// <summary>A conversation, newest first. Give thread_id or message_id.</summary>
    /// <param name="thread_id">The thread.</param>
    /// <param name="message_id">Any message of it.</param>
    /// <param name="bodies">How much text.</param>
    /// <param name="max_chars_per_message">Most characters of each body.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="cursor">next_cursor of the last page.</param>
    [McpServerTool(Name = "get_thread", Title = "Read thread", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(ThreadAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> GetThreadAsync(
        string? thread_id = null,
        string? message_id = null,
        [AllowedValues("none", "snippet", "full")] string bodies = "snippet",
        [Range(100, 20_000)] int max_chars_per_message = 2_000,
        [Range(1, 100)] int limit = 25,
        string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var view = await call.Node.Inbox.ThreadAsync(
            call.Principal,
            new ThreadRequest
            {
                ThreadId = thread_id,
                MessageId = message_id,
                Bodies = bodies,
                MaxCharsPerMessage = max_chars_per_message,
                Limit = limit,
                Cursor = cursor,
            },
            cancellationToken);
        return call.Answer(ThreadAnswer.Of(view, bodies), ToolJson.Default.ThreadAnswer);
    }

    /// <summary>Search mail: words, "phrases", prefix*, -not, from: to: subject: tag: before: after: has:attachment is:unread.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="mailboxes">Addresses or ids; all if absent.</param>
    /// <param name="folder">Where to look.</param>
    /// <param name="since">From this time, RFC 3339.</param>
    /// <param name="before">Before this time.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="cursor">next_cursor of the last page.</param>
    [McpServerTool(Name = "search_emails", Title = "Search emails", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(MessageListAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> SearchEmailsAsync(
        [StringLength(500, MinimumLength = 1)] string query,
        string[]? mailboxes = null,
        [AllowedValues("inbox", "sent", "drafts", "scheduled", "held", "spam", "archive", "trash", "all")] string folder = "all",
        string? since = null,
        string? before = null,
        [Range(1, 100)] int limit = 25,
        string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var list = await call.Node.Inbox.SearchAsync(
            call.Principal,
            new SearchRequest
            {
                Query = query,
                Mailboxes = mailboxes ?? [],
                Folder = folder,
                Since = since,
                Before = before,
                Limit = limit,
                Cursor = cursor,
            },
            cancellationToken);
        return call.Answer(MessageListAnswer.Of(list), ToolJson.Default.MessageListAnswer);
    }

    /// <summary>Wait until matching mail arrives, or the time is over.</summary>
    /// <param name="mailbox">Address or id; needed if you have several.</param>
    /// <param name="from">Part of sender.</param>
    /// <param name="subject_contains">Part of subject.</param>
    /// <param name="since_id">Also mail newer than this message that is there already.</param>
    /// <param name="timeout_seconds">How long to wait.</param>
    [McpServerTool(Name = "wait_for_email", Title = "Wait for email", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(WaitAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> WaitForEmailAsync(
        IProgress<ProgressNotificationValue> progress,
        string? mailbox = null,
        string? from = null,
        string? subject_contains = null,
        string? since_id = null,
        [Range(1, 120)] int timeout_seconds = 60,
        CancellationToken cancellationToken = default)
    {
        var request = new WaitRequest
        {
            Mailbox = mailbox,
            From = from,
            SubjectContains = subject_contains,
            SinceId = since_id,
            TimeoutSeconds = timeout_seconds,
        };
        var work = call.Node.Inbox.WaitAsync(call.Principal, request, cancellationToken);
        var result = await Waiting.ReportAsync(work, "Waiting for mail", timeout_seconds, progress, call.Clock, cancellationToken);
        return call.Answer(WaitAnswer.Of(result), ToolJson.Default.WaitAnswer);
    }

    /// <summary>Set or remove key=value tags on messages. Answers per message.</summary>
    /// <param name="message_ids">The messages.</param>
    /// <param name="set">Tags to set, at most 20.</param>
    /// <param name="remove">Names to remove.</param>
    [McpServerTool(Name = "tag_email", Title = "Tag email", ReadOnly = false, Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(ItemsAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Send)]
    public async partial Task<CallToolResult> TagEmailAsync(
        [Length(1, 100)] string[] message_ids,
        Dictionary<string, string>? set = null,
        [MaxLength(20)] string[]? remove = null,
        CancellationToken cancellationToken = default)
    {
        var request = new TagRequest
        {
            MessageIds = message_ids,
            Tags = set ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Remove = remove ?? [],
        };
        var results = await call.Node.Inbox.TagAsync(call.Principal, request, cancellationToken);
        return call.Answer(ItemsAnswer.Of(results), ToolJson.Default.ItemsAnswer);
    }
}
