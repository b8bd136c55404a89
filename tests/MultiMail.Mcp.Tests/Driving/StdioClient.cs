using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MultiMail.Core.Node;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Tests.Driving;

/// <summary>A client that writes JSON-RPC lines by hand, and the server on the other end of two pipes.</summary>
internal sealed class StdioClient : IAsyncDisposable
{
    public const string Modern = "2026-07-28";

    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _waiting = new(StringComparer.Ordinal);
    private readonly Channel<JsonObject> _notifications = Channel.CreateUnbounded<JsonObject>();
    private readonly bool _modern;
    private readonly Task _reading;
    private int _id;

    private StdioClient(NodeHandle node, IPrincipalSource principals, McpEdgeOptions options, bool modern, ILoggerFactory? loggers)
    {
        _modern = modern;
        Server = McpEdge.RunStdioAsync(
            _input.Reader.AsStream(), _output.Writer.AsStream(), node, principals, options, loggers ?? NullLoggerFactory.Instance, _stop.Token);
        _reading = ReadAsync();
    }

    /// <summary>Completes when the server has returned.</summary>
    public Task Server { get; }

    /// <summary>Every line that the server wrote.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public ChannelReader<JsonObject> Notifications => _notifications.Reader;

    /// <summary>Without handshake: whoever calls speaks for themselves.</summary>
    public static StdioClient Raw(NodeHandle node, IPrincipalSource principals, McpEdgeOptions? options = null, bool modern = false, ILoggerFactory? loggers = null) =>
        new(node, principals, options ?? new McpEdgeOptions(), modern, loggers);

    public static async Task<StdioClient> LegacyAsync(NodeHandle node, IPrincipalSource principals, McpEdgeOptions? options = null, ILoggerFactory? loggers = null)
    {
        var client = Raw(node, principals, options, loggers: loggers);
        await client.InitializeAsync();
        return client;
    }

    public async Task<JsonObject> InitializeAsync(string version = "2025-06-18")
    {
        var answer = await RequestAsync("initialize", new JsonObject
        {
            ["protocolVersion"] = version,
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1" },
        });
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" });
        return answer;
    }

    public async Task<ToolReply> CallAsync(string tool, JsonObject? arguments = null)
    {
        var answer = await RequestAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] });
        Assert.True(answer.ContainsKey("result"), answer.ToJsonString());
        return ToolReply.Of(answer["result"]!.AsObject());
    }

    public async Task<IReadOnlyList<string>> ToolsAsync() =>
        [.. (await RequestAsync("tools/list", []))["result"]!["tools"]!.AsArray().Select(t => t!["name"]!.GetValue<string>())];

    public Task<JsonObject> RequestAsync(string method, JsonObject parameters) => RequestAsync(NextId(), method, parameters);

    public string NextId() => Interlocked.Increment(ref _id).ToString();

    public async Task<JsonObject> RequestAsync(string id, string method, JsonObject parameters)
    {
        if (_modern)
        {
            parameters["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = Modern,
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        var waiting = _waiting[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await waiting.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    public async Task SendAsync(JsonObject message) => await SendAsync(message.ToJsonString());

    public async Task SendAsync(string line)
    {
        await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>The end of stdin.</summary>
    public ValueTask EndAsync() => _input.Writer.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Server.WaitAsync(TimeSpan.FromSeconds(20));
        await _output.Writer.CompleteAsync();
        await _reading;
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        using var reader = new StreamReader(_output.Reader.AsStream(), Encoding.UTF8);
        while (await reader.ReadLineAsync() is { } line)
        {
            Lines.Enqueue(line);
            if (JsonNode.Parse(line) is not JsonObject message)
            {
                continue;
            }

            if (message.ContainsKey("method"))
            {
                _notifications.Writer.TryWrite(message);
            }
            else if (message["id"]?.GetValue<string>() is { } id && _waiting.TryRemove(id, out var waiting))
            {
                waiting.TrySetResult(message);
            }
        }
    }
}
