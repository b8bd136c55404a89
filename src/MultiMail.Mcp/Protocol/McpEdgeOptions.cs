namespace MultiMail.Mcp.Protocol;

/// <summary>What an installation may say about the MCP edge.</summary>
public sealed record McpEdgeOptions
{
    /// <summary>Only tools that change nothing are offered.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Names out of <see cref="McpEdge.ToolsetNames"/>; null or empty = all.</summary>
    public IReadOnlyList<string>? Toolsets { get; init; }

    /// <summary>False leaves the output schemas out of the list, for clients with little room.</summary>
    public bool OutputSchemas { get; init; } = true;

    /// <summary>The version that the server says it has.</summary>
    public string Version { get; init; } = typeof(McpEdgeOptions).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
