using System.Text.Json;
using ModelContextProtocol.Client;

namespace MultiMail.Mcp.Commands.Demo;

/// <summary>An MCP client as any other, with <c>multimail stdio</c> as its server in another process.</summary>
internal sealed class DemoAgent : IAsyncDisposable
{
    private readonly McpClient _client;

    private DemoAgent(McpClient client) => _client = client;

    public string ServerName => $"{_client.ServerInfo?.Name} {_client.ServerInfo?.Version}";

    public static async Task<DemoAgent> StartAsync(string dataFolder, string? apiKey, CancellationToken cancellationToken)
    {
        var self = SelfCommand.Find();
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "multimail-demo",
            Command = self.FileName,
            Arguments = [.. self.Arguments, "stdio", "--data", dataFolder],
            EnvironmentVariables = Variables(apiKey),
            ShutdownTimeout = TimeSpan.FromSeconds(2),
        });
        return new DemoAgent(await McpClient.CreateAsync(transport, cancellationToken: cancellationToken));
    }

    public async Task<IReadOnlyList<string>> ToolsAsync(CancellationToken cancellationToken) =>
        [.. (await _client.ListToolsAsync(cancellationToken: cancellationToken)).Select(t => t.Name)];

    /// <summary>Calls a tool and returns its structured answer.</summary>
    /// <exception cref="DemoException">The tool refused.</exception>
    public async Task<JsonElement> CallAsync(string tool, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        var result = await _client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
        return result.IsError is not true && result.StructuredContent is { } answer
            ? answer
            : throw new DemoException($"{tool} answered an error: {result.StructuredContent}");
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>Nothing of this user's own installation reaches the demo; the page takes any free port.</summary>
    private static Dictionary<string, string?> Variables(string? apiKey) => new(StringComparer.Ordinal)
    {
        ["MULTIMAIL_DATA"] = null,
        ["MULTIMAIL_DATABASE"] = null,
        ["MULTIMAIL_MASTER_KEY_FILE"] = null,
        ["MULTIMAIL_PUBLIC_URL"] = null,
        ["MULTIMAIL_TOOLSETS"] = null,
        ["MULTIMAIL_READ_ONLY"] = null,
        ["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0",
        ["MULTIMAIL_API_KEY"] = apiKey,
    };
}
