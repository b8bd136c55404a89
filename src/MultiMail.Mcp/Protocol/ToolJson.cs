using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using MultiMail.Mcp.Toolsets.Accounts;
using MultiMail.Mcp.Toolsets.Audit;
using MultiMail.Mcp.Toolsets.Inbox;
using MultiMail.Mcp.Toolsets.Mailboxes;
using MultiMail.Mcp.Toolsets.Messages;
using MultiMail.Mcp.Toolsets.Oversight;

namespace MultiMail.Mcp.Protocol;

/// <summary>JSON of arguments and results: snake_case, absent rather than null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(AddressList))]
[JsonSerializable(typeof(AttachmentInput[]))]
[JsonSerializable(typeof(DecisionItem[]))]
[JsonSerializable(typeof(SendReceipt))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(StatusItem))]
[JsonSerializable(typeof(MessageListAnswer))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(ThreadAnswer))]
[JsonSerializable(typeof(WaitAnswer))]
[JsonSerializable(typeof(ItemsAnswer))]
[JsonSerializable(typeof(PendingAnswer))]
[JsonSerializable(typeof(ReviewAnswer))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(MailboxItem))]
[JsonSerializable(typeof(CreatedMailbox))]
[JsonSerializable(typeof(MailboxListAnswer))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
internal sealed partial class ToolJson : JsonSerializerContext;

/// <summary>What the SDK binds arguments and makes schemas with: ours first, then the protocol's own types.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ToolJson.Default.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(ToolJson.Default, McpJsonUtilities.DefaultOptions.TypeInfoResolver),
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }
}
