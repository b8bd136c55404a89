using System.Text.Json.Nodes;

namespace MultiMail.Mcp.Tests.Driving;

/// <summary>The result of one tools/call as it came over the wire.</summary>
internal sealed record ToolReply(bool IsError, JsonObject Structured, IReadOnlyList<string> Blocks)
{
    public string Text => string.Join("\n", Blocks);

    public string? Code => Structured["code"]?.GetValue<string>();

    public string this[string member] => Structured[member]!.GetValue<string>();

    public IReadOnlyList<(string Code, string Field)> Violations =>
        [.. (Structured["violations"] as JsonArray ?? []).Select(v => (v!["code"]!.GetValue<string>(), v["field"]!.GetValue<string>()))];

    public static ToolReply Of(JsonObject result) => new(
        result["isError"]?.GetValue<bool>() ?? false,
        result["structuredContent"]!.AsObject(),
        [.. result["content"]!.AsArray().Select(c => c!["text"]!.GetValue<string>())]);
}
