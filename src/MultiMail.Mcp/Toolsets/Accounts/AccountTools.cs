using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Toolsets.Accounts;

/// <param name="Mailboxes">Absent = all of the account.</param>
internal sealed record AccountAnswer(
    string AccountId,
    string Name,
    string PrincipalId,
    string Kind,
    IReadOnlyList<string> Scopes,
    string Environment,
    IReadOnlyList<string>? Mailboxes,
    bool SendingPaused,
    int PendingLimitPerMailbox,
    IReadOnlyList<string> Warnings)
{
    public static AccountAnswer Of(AccountView view) => new(
        view.AccountId,
        view.Name,
        view.PrincipalId,
        view.Kind,
        view.Scopes,
        view.Environment,
        view.Mailboxes,
        view.SendingPaused,
        view.PendingLimitPerMailbox,
        view.Warnings);
}

/// <summary>Who the caller is.</summary>
internal sealed partial class AccountTools(ToolCall call)
{
    /// <summary>Who am I: scopes, live or test, limits, whether sending works, warnings.</summary>
    [McpServerTool(Name = "get_account", Title = "Account", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true, OutputSchemaType = typeof(AccountAnswer))]
    [Toolset("core")]
    [RequiresScope(Scopes.Read)]
    public async partial Task<CallToolResult> GetAccountAsync(CancellationToken cancellationToken = default)
    {
        var view = await call.Node.People.AccountAsync(call.Principal, cancellationToken);
        return call.Answer(AccountAnswer.Of(view), ToolJson.Default.AccountAnswer);
    }
}
