using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Hosting;

/// <summary>What the settings mean for the MCP edge.</summary>
internal static class EdgeOptions
{
    /// <exception cref="SetupException">There is no toolset of that name.</exception>
    public static McpEdgeOptions From(Settings settings)
    {
        foreach (var name in settings.Toolsets ?? [])
        {
            if (!McpEdge.ToolsetNames.Contains(name, StringComparer.Ordinal))
            {
                throw new SetupException($"There is no toolset {name}.", $"Choose from: {string.Join(", ", McpEdge.ToolsetNames)}.");
            }
        }

        return new() { Toolsets = settings.Toolsets, ReadOnly = settings.ReadOnly, OutputSchemas = settings.OutputSchemas };
    }
}
