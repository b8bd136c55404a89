using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Protocol;
using MultiMail.Core.Accounts;
using MultiMail.Core.Node;

namespace MultiMail.Mcp.Protocol;

/// <summary>One call: who, on what, and the fence around what strangers wrote in its answer.</summary>
internal sealed record ToolCall(MultiMailNode Node, Principal Principal, UntrustedFence Fence, TimeProvider Clock)
{
    public const string Key = "multimail.call";

    public CallToolResult Answer<T>(T result, JsonTypeInfo<T> type) => ToolAnswer.Of(result, type, Fence);
}
