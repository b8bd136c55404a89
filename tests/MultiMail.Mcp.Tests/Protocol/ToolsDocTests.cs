using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using MultiMail.Core.ApiKeys;
using MultiMail.Mcp.Protocol;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Protocol;

/// <summary>docs/tools.md is written from the tools themselves; UPDATE_GOLDEN=1 writes it anew.</summary>
public sealed class ToolsDocTests
{
    [Fact]
    public void The_documentation_is_what_the_server_says()
    {
        var path = Path.Combine(Repository.Root, "docs", "tools.md");
        var text = Document([.. ToolCatalog.Create(new McpEdgeOptions())]);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), "docs/tools.md is missing: run with UPDATE_GOLDEN=1 and commit it.");
        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Document(IReadOnlyList<McpServerTool> tools)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Tools

            The {tools.Count} tools of the MCP server, the same over stdio and HTTP. This file is generated from the server by a test.

            - **Scope**: one of those named suffices; a key sees only the tools that its scopes allow.
            - **Hints**: R reads only, D destructive (outbound mail cannot be called back, so clients ask first), I idempotent, O open world.
            - Unknown parameters, wrong types and values out of bounds are refused together, each with its field and a fix.
            - Times are RFC 3339 with offset; answers are UTC with milliseconds. Lists answer `next_cursor` while there is more.
            - An answer has a structured form and the same facts as text. What others wrote is found only in fields named `untrusted_*`
              and between the markers `<<<multimail-untrusted N>>>` and `<<<end multimail-untrusted N>>>`, where N is made anew for each call.
            - A failure has `isError: true` and `code`, `message`, `fix`, `docs`, and `violations` where several things are wrong.
            - `pending` is a success: the message waits for a person, who decides at `approval_url`. No tool approves.


            """);
        foreach (var toolset in tools.GroupBy(t => t.Metadata.OfType<ToolsetAttribute>().Single().Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"## Toolset `{toolset.Key}`\n\n");
            foreach (var tool in toolset)
            {
                Tool(text, tool);
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Tool(StringBuilder text, McpServerTool tool)
    {
        var scopes = string.Join(" or ", tool.Metadata.OfType<RequiresScopeAttribute>().Single().OneOf.Select(ScopeNames.Name));
        text.Append(CultureInfo.InvariantCulture, $"### {tool.ProtocolTool.Name}\n\n{tool.ProtocolTool.Description}\n\nScope: {scopes}. Hints: {Hints(tool.ProtocolTool)}.\n\n");
        var schema = tool.ProtocolTool.InputSchema;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet(StringComparer.Ordinal) : [];
        var properties = schema.GetProperty("properties").EnumerateObject().ToList();
        if (properties.Count == 0)
        {
            text.Append("No parameters.\n\n");
            return;
        }

        text.Append("| Parameter | Type | Meaning |\n|---|---|---|\n");
        foreach (var property in properties)
        {
            var mark = required.Contains(property.Name) ? " (required)" : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"| `{property.Name}`{mark} | {TypeOf(property.Value)} | {property.Value.GetProperty("description").GetString()} |\n");
        }

        text.Append('\n');
    }

    private static string Hints(Tool tool)
    {
        var hints = tool.Annotations!;
        return string.Concat(
            hints.ReadOnlyHint == true ? "R" : "-", hints.DestructiveHint == true ? "D" : "-", hints.IdempotentHint == true ? "I" : "-", hints.OpenWorldHint == true ? "O" : "-");
    }

    private static string TypeOf(JsonElement property)
    {
        var type = property.GetProperty("type").GetString()!;
        if (property.TryGetProperty("enum", out var values))
        {
            type = string.Join(", ", values.EnumerateArray().Select(v => $"`{v.GetString()}`"));
        }
        else if (property.TryGetProperty("items", out var items))
        {
            type = $"array of {Inner(items)}";
        }

        var bounds = Bounds(property);
        var otherwise = property.TryGetProperty("default", out var value) ? $", default {value.GetRawText().Trim('"')}" : string.Empty;
        return type + bounds + otherwise;
    }

    private static string Inner(JsonElement items) => items.TryGetProperty("properties", out var members)
        ? "{" + string.Join(", ", members.EnumerateObject().Select(m => m.Name)) + "}"
        : items.GetProperty("type").GetString()!;

    private static string Bounds(JsonElement property)
    {
        foreach (var (low, high, unit) in new[] { ("minimum", "maximum", string.Empty), ("minLength", "maxLength", " characters"), ("minItems", "maxItems", " items") })
        {
            var hasLow = property.TryGetProperty(low, out var min);
            if (property.TryGetProperty(high, out var max) && max.GetInt64() != int.MaxValue)
            {
                return hasLow ? $", {min} to {max}{unit}" : $", at most {max}{unit}";
            }

            if (hasLow)
            {
                return $", at least {min}{unit}";
            }
        }

        return string.Empty;
    }
}
