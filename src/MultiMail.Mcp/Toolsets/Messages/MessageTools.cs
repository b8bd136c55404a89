using System.ComponentModel.DataAnnotations;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Messages;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Toolsets.Messages;

/// <summary>What leaves: send, reply, stop, follow.</summary>
internal sealed partial class MessageTools(ToolCall call)
{
    /// <summary>Send an email. A gated mailbox holds it ("pending") until a person approves; do not resend.</summary>
    /// <param name="to">Recipients, comma-separated.</param>
    /// <param name="subject">Subject.</param>
    /// <param name="from">Your mailbox, if several.</param>
    /// <param name="cc">Copies.</param>
    /// <param name="bcc">Blind copies.</param>
    /// <param name="text">Body; or use markdown, html.</param>
    /// <param name="markdown">Markdown body.</param>
    /// <param name="html">HTML body.</param>
    /// <param name="attachments">Files.</param>
    /// <param name="send_at">RFC 3339 with offset.</param>
    /// <param name="agent_id">The mailbox's.</param>
    /// <param name="category">Kind.</param>
    /// <param name="transactional_basis">Basis.</param>
    /// <param name="intent">Purpose, for the approver.</param>
    /// <param name="idempotency_key">Safe retry, 24 h.</param>
    [McpServerTool(Name = "send_email", Title = "Send email", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(SendReceipt))]
    [Toolset("core")]
    [RequiresScope(Scopes.Send)]
    public async partial Task<CallToolResult> SendEmailAsync(
        AddressList to,
        [StringLength(998, MinimumLength = 1)] string subject,
        string? from = null,
        AddressList? cc = null,
        AddressList? bcc = null,
        string? text = null,
        string? markdown = null,
        string? html = null,
        [MaxLength(20)] AttachmentInput[]? attachments = null,
        string? send_at = null,
        string? agent_id = null,
        [AllowedValues("conversational", "transactional", "commercial")] string? category = null,
        [AllowedValues("transaction", "safety", "account", "employment", "delivery")] string? transactional_basis = null,
        [MaxLength(500)] string? intent = null,
        string? idempotency_key = null,
        CancellationToken cancellationToken = default)
    {
        var receipt = await call.Node.Submissions.SendAsync(
            call.Principal,
            new Submission
            {
                From = from,
                To = to.Items,
                Cc = cc?.Items ?? [],
                Bcc = bcc?.Items ?? [],
                Subject = subject,
                Text = text,
                Markdown = markdown,
                Html = html,
                Attachments = [.. (attachments ?? []).Select(a => a.ToSubmitted())],
                SendAt = send_at,
                AgentId = agent_id,
                Category = category,
                TransactionalBasis = transactional_basis,
                Intent = intent,
                IdempotencyKey = idempotency_key,
            },
            cancellationToken);
        return call.Answer(SendReceipt.Of(receipt), ToolJson.Default.SendReceipt);
    }

    /// <summary>Reply in the thread; recipients and threading come from the message. Gated like send_email.</summary>
    /// <param name="message_id">The message to answer.</param>
    /// <param name="text">Body; or use markdown, html.</param>
    /// <param name="markdown">Markdown body.</param>
    /// <param name="html">HTML body.</param>
    /// <param name="reply_all">Also to its other recipients.</param>
    /// <param name="cc">More copies.</param>
    /// <param name="bcc">Blind copies.</param>
    /// <param name="attachments">Files.</param>
    /// <param name="include_quote">Quote the message below.</param>
    /// <param name="send_at">RFC 3339 with offset.</param>
    /// <param name="intent">Purpose, for the approver.</param>
    /// <param name="idempotency_key">Safe retry, 24 h.</param>
    [McpServerTool(Name = "reply_email", Title = "Reply to email", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(SendReceipt))]
    [Toolset("core")]
    [RequiresScope(Scopes.Send)]
    public async partial Task<CallToolResult> ReplyEmailAsync(
        string message_id,
        string? text = null,
        string? markdown = null,
        string? html = null,
        bool reply_all = false,
        AddressList? cc = null,
        AddressList? bcc = null,
        [MaxLength(20)] AttachmentInput[]? attachments = null,
        bool include_quote = false,
        string? send_at = null,
        [MaxLength(500)] string? intent = null,
        string? idempotency_key = null,
        CancellationToken cancellationToken = default)
    {
        var receipt = await call.Node.Submissions.ReplyAsync(
            call.Principal,
            new Reply
            {
                MessageId = message_id,
                Text = text,
                Markdown = markdown,
                Html = html,
                ReplyAll = reply_all,
                Cc = cc?.Items ?? [],
                Bcc = bcc?.Items ?? [],
                Attachments = [.. (attachments ?? []).Select(a => a.ToSubmitted())],
                IncludeQuote = include_quote,
                SendAt = send_at,
                Intent = intent,
                IdempotencyKey = idempotency_key,
            },
            cancellationToken);
        return call.Answer(SendReceipt.Of(receipt), ToolJson.Default.SendReceipt);
    }

    /// <summary>Stop a pending or scheduled message. What has left cannot be called back.</summary>
    /// <param name="message_id">The message.</param>
    [McpServerTool(Name = "cancel_message", Title = "Cancel message", ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(StatusItem))]
    [Toolset("core")]
    [RequiresScope(Scopes.Send)]
    public async partial Task<CallToolResult> CancelMessageAsync(
        string message_id,
        CancellationToken cancellationToken = default)
    {
        var status = await call.Node.Submissions.CancelAsync(call.Principal, message_id, cancellationToken);
        return call.Answer(StatusItem.Of(status), ToolJson.Default.StatusItem);
    }

    /// <summary>Status and history of messages; with wait_seconds it waits for the person's decision or the delivery.</summary>
    /// <param name="message_ids">The messages.</param>
    /// <param name="wait_seconds">How long to wait.</param>
    /// <param name="until">What to wait for.</param>
    [McpServerTool(Name = "get_message_status", Title = "Message status", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(StatusAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> GetMessageStatusAsync(
        [Length(1, 20)] string[] message_ids,
        IProgress<ProgressNotificationValue> progress,
        [Range(0, 120)] int wait_seconds = 0,
        [AllowedValues("decided", "delivered")] string until = "decided",
        CancellationToken cancellationToken = default)
    {
        var request = new StatusRequest { MessageIds = message_ids, WaitSeconds = wait_seconds, Until = until };
        var work = call.Node.Submissions.StatusAsync(call.Principal, request, cancellationToken);
        var list = await Waiting.ReportAsync(work, $"Waiting until {until}", wait_seconds, progress, call.Clock, cancellationToken);
        return call.Answer(StatusAnswer.Of(list), ToolJson.Default.StatusAnswer);
    }
}
