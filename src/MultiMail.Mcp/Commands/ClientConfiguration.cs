using System.Text.Json.Serialization;

namespace MultiMail.Mcp.Commands;

/// <summary>What Claude Desktop, Cursor and Windsurf want to read to start us. VS Code calls the member <c>servers</c>.</summary>
internal sealed record ClientConfiguration([property: JsonPropertyName("mcpServers")] IReadOnlyDictionary<string, ClientServer> McpServers)
{
    public static ClientConfiguration For(SelfCommand self, string? dataFolder)
    {
        string[] data = dataFolder is null ? [] : ["--data", dataFolder];
        return new(new Dictionary<string, ClientServer>(StringComparer.Ordinal)
        {
            ["multimail"] = new(self.FileName, [.. self.Arguments, "stdio", .. data]),
        });
    }
}

internal sealed record ClientServer(string Command, IReadOnlyList<string> Args);
