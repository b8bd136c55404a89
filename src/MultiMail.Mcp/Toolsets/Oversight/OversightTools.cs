using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Errors;
using MultiMail.Core.Oversight;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Toolsets.Oversight;

/// <summary>What waits for a person. An agent sees its own; approving is never done here.</summary>
internal sealed partial class OversightTools(ToolCall call)
{
    /// <summary>List what waits for a person's decision, newest first; without oversight only your own.</summary>
    /// <param name="mailbox">Address or id; all if absent.</param>
    /// <param name="kind">Mail going out, or coming in.</param>
    /// <param name="older_than">Submitted before this time, RFC 3339.</param>
    /// <param name="limit">Page size.</param>
    /// <param name="cursor">next_cursor of the last page.</param>
    [McpServerTool(Name = "list_pending", Title = "List pending", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(PendingAnswer))]
    [Toolset("oversight")]
    [RequiresScope(Scopes.Read, Scopes.Oversight)]
    public async partial Task<CallToolResult> ListPendingAsync(
        string? mailbox = null,
        [AllowedValues("outbound", "inbound")] string? kind = null,
        string? older_than = null,
        [Range(1, 100)] int limit = 25,
        string? cursor = null,
        CancellationToken cancellationToken = default)
    {
        var request = new PendingRequest { Mailbox = mailbox, Kind = kind, OlderThan = older_than, Limit = limit, Cursor = cursor };
        var list = await call.Node.Pending.ListAsync(call.Principal, request, cancellationToken);
        return call.Answer(PendingAnswer.Of(list), ToolJson.Default.PendingAnswer);
    }

    /// <summary>Everything about one waiting message as it would leave: text, recipients, links, parts, risks, changes.</summary>
    /// <param name="message_id">The message.</param>
    [McpServerTool(Name = "review_pending", Title = "Review pending", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(ReviewAnswer))]
    [Toolset("oversight")]
    [RequiresScope(Scopes.Oversight)]
    public async partial Task<CallToolResult> ReviewPendingAsync(string message_id, CancellationToken cancellationToken = default)
    {
        var review = await call.Node.Pending.ReviewAsync(call.Principal, message_id, cancellationToken);
        return call.Answer(ReviewAnswer.Of(review), ToolJson.Default.ReviewAnswer);
    }

    /// <summary>Reject or request changes at once. approve decides nothing: it answers the page where a person approves.</summary>
    /// <param name="items">Messages with the digests reviewed.</param>
    /// <param name="action">What to do.</param>
    /// <param name="reason">For the agent; required unless approve.</param>
    [McpServerTool(Name = "decide_email", Title = "Decide on email", ReadOnly = false, Destructive = true, Idempotent = true, OpenWorld = true,
        UseStructuredContent = true, OutputSchemaType = typeof(DecisionAnswer))]
    [Toolset("oversight")]
    [RequiresScope(Scopes.Oversight)]
    public async partial Task<CallToolResult> DecideEmailAsync(
        [Length(1, 20)] DecisionItem[] items,
        [AllowedValues("approve", "reject", "request_changes")] string action,
        [MaxLength(500)] string? reason = null,
        CancellationToken cancellationToken = default)
    {
        var requests = items.Select(i => new DecisionRequest(i.MessageId, i.Digest, reason)).ToArray();
        var answer = action == "approve"
            ? await ApproveAsync(requests, cancellationToken)
            : await DecideAsync(requests, action, reason, cancellationToken);
        return call.Answer(answer, ToolJson.Default.DecisionAnswer);
    }

    private async Task<DecisionAnswer> ApproveAsync(DecisionRequest[] requests, CancellationToken cancellationToken)
    {
        var urls = await call.Node.Decisions.ApprovalUrlsAsync(call.Principal, requests, cancellationToken);
        return new DecisionAnswer(
            [.. requests.Zip(urls, (r, url) => new DecidedItem(r.MessageId ?? string.Empty, Ok: true, "needs_person", url))],
            "Nothing is approved yet. Give the approval_url to a person; get_message_status waits for the decision.");
    }

    private async Task<DecisionAnswer> DecideAsync(
        DecisionRequest[] requests, string action, string? reason, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw RefusalException.For([new Violation(
                ErrorCodes.InvalidParameter, "reason", $"reason is missing: {action} needs one.", "Pass reason: what the agent should know.")]);
        }

        if (requests is [var only])
        {
            return new DecisionAnswer([await DecideAsync(only, action, cancellationToken)], null);
        }

        var results = new List<DecidedItem>(requests.Length);
        foreach (var request in requests)
        {
            results.Add(await TryDecideAsync(request, action, cancellationToken));
        }

        return new DecisionAnswer(results, null);
    }

    /// <summary>One refused item does not undo or stop the others.</summary>
    private async Task<DecidedItem> TryDecideAsync(DecisionRequest request, string action, CancellationToken cancellationToken)
    {
        try
        {
            return await DecideAsync(request, action, cancellationToken);
        }
        catch (RefusalException refusal)
        {
            return new DecidedItem(request.MessageId ?? string.Empty, Ok: false, Code: refusal.Code, Message: refusal.Message, Fix: refusal.Fix);
        }
    }

    private async Task<DecidedItem> DecideAsync(DecisionRequest request, string action, CancellationToken cancellationToken)
    {
        var receipt = action == "reject"
            ? await call.Node.Decisions.RejectAsync(call.Principal, request, cancellationToken)
            : await call.Node.Decisions.RequestChangesAsync(call.Principal, request, cancellationToken);
        return new DecidedItem(
            receipt.MessageId,
            Ok: true,
            receipt.Status,
            DecisionId: receipt.DecisionId,
            DecidedBy: receipt.DecidedBy,
            DecidedAt: Core.Text.Rfc3339.Format(receipt.DecidedAt));
    }
}
