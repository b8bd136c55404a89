using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Mailboxes;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Toolsets.Mailboxes;

/// <summary>Where an agent's mail lives.</summary>
internal sealed partial class MailboxTools(ToolCall call)
{
    /// <summary>Make a mailbox. Without admin, or in a looser mode, it becomes a request that a person decides: status pending, and next says what to do.</summary>
    /// <param name="address">The new address.</param>
    /// <param name="display_name">Name shown to recipients.</param>
    /// <param name="agent_id">Agent that signs; the local part if absent.</param>
    /// <param name="oversight_mode">How much waits for a person.</param>
    [McpServerTool(Name = "create_mailbox", Title = "Create mailbox", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(CreatedMailbox))]
    [Toolset("mailboxes")]
    [RequiresScope(Scopes.Send, Scopes.Admin)]
    public async partial Task<CallToolResult> CreateMailboxAsync(
        string address,
        [MaxLength(100)] string? display_name = null,
        string? agent_id = null,
        [AllowedValues("read_only", "gated_all", "gated_send", "monitored", "autonomous")] string oversight_mode = "gated_send",
        CancellationToken cancellationToken = default)
    {
        var mailbox = new NewMailbox { Address = address, DisplayName = display_name, AgentId = agent_id, OversightMode = oversight_mode };
        var outcome = await call.Node.Mailboxes.CreateAsync(call.Principal, mailbox, cancellationToken);
        return call.Answer(CreatedMailbox.Of(outcome), ToolJson.Default.CreatedMailbox);
    }

    /// <summary>Your mailboxes with mode, agent, unread and waiting counts.</summary>
    /// <param name="limit">Page size.</param>
    /// <param name="cursor">next_cursor of the last page.</param>
    [McpServerTool(Name = "list_mailboxes", Title = "List mailboxes", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(MailboxListAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> ListMailboxesAsync(
        [Range(1, 100)] int limit = 25,
        string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var list = await call.Node.Mailboxes.ListAsync(call.Principal, limit, cursor, cancellationToken);
        return call.Answer(MailboxListAnswer.Of(list), ToolJson.Default.MailboxListAnswer);
    }
}
