using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Audit;
using MultiMail.Core.Text;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Toolsets.Audit;

internal sealed record AuditItem(
    long N,
    string At,
    string Event,
    string ActorId,
    string ActorKind,
    string? Mailbox,
    string? MessageId,
    string? Mode,
    string? Policy,
    string? Reason,
    string? Result,
    string? Digest,
    string LeafHash)
{
    public static AuditItem Of(AuditRow row) => new(
        row.N,
        Rfc3339.Format(row.At),
        row.Event,
        row.ActorId,
        row.ActorKind,
        row.Mailbox,
        row.MessageId,
        row.Mode,
        row.Policy,
        row.Reason,
        row.Result,
        row.Digest,
        row.LeafHash);
}

/// <param name="Size">Leaves in the whole log.</param>
internal sealed record AuditAnswer(IReadOnlyList<AuditItem> Entries, string? NextCursor, long Size)
{
    public static AuditAnswer Of(AuditList list) => new([.. list.Entries.Select(AuditItem.Of)], list.NextCursor, list.Size);
}

/// <summary>The tamper-evident log.</summary>
internal sealed partial class AuditTools(ToolCall call)
{
    /// <summary>The audit log, newest first: who did what to which message.</summary>
    /// <param name="mailbox">Address or id.</param>
    /// <param name="message_id">Of this message.</param>
    /// <param name="actor">Id of a key or person.</param>
    /// <param name="action">Event, e.g. approval.approved.</param>
    /// <param name="since">From this time, RFC 3339.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="cursor">next_cursor of the last page.</param>
    [McpServerTool(Name = "get_audit_log", Title = "Audit log", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(AuditAnswer))]
    [Toolset("audit")]
    [RequiresScope(Scopes.Admin, Scopes.Oversight)]
    public async partial Task<CallToolResult> GetAuditLogAsync(
        string? mailbox = null,
        string? message_id = null,
        string? actor = null,
        string? action = null,
        string? since = null,
        [Range(1, 100)] int limit = 25,
        string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var list = await call.Node.Audit.QueryAsync(
            call.Principal,
            new AuditLogRequest
            {
                Mailbox = mailbox,
                MessageId = message_id,
                Actor = actor,
                Action = action,
                Since = since,
                Limit = limit,
                Cursor = cursor,
            },
            cancellationToken);
        return call.Answer(AuditAnswer.Of(list), ToolJson.Default.AuditAnswer);
    }
}
