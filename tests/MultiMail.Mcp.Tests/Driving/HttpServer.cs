using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MultiMail.Core.Node;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Tests.Driving;

/// <summary>The HTTP edge on a port of its own.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpServer(WebApplication app, HttpClient client)
    {
        _app = app;
        Client = client;
    }

    public HttpClient Client { get; }

    public string Authority => Client.BaseAddress!.Authority;

    public static async Task<HttpServer> StartAsync(NodeHandle node)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(node);
        builder.Services.AddMultiMailMcp(new McpEdgeOptions()).AddMultiMailMcpHttp();
        var app = builder.Build();
        app.UseMultiMailMcpGuard(() => [.. app.Urls.Select(u => new Uri(u).Authority)]);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapMultiMailMcp();
        await app.StartAsync();
        return new HttpServer(app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });
    }

    /// <param name="change">What is unusual about this request.</param>
    public async Task<HttpResponseMessage> PostAsync(string? key, JsonObject message, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, McpEdge.Path);
        request.Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        change?.Invoke(request);
        return await Client.SendAsync(request);
    }

    /// <summary>A call without handshake, as the modern protocol has it.</summary>
    public async Task<JsonObject> ModernAsync(string key, string method, JsonObject parameters)
    {
        using var response = await PostAsync(key, ModernMessage(method, parameters), r => ModernHeaders(r, method, parameters["name"]?.GetValue<string>()));
        return await MessageOf(response);
    }

    public static JsonObject ModernMessage(string method, JsonObject parameters)
    {
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = StdioClient.Modern,
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
        };
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = "1", ["method"] = method, ["params"] = parameters };
    }

    public static void ModernHeaders(HttpRequestMessage request, string method, string? name)
    {
        request.Headers.Add("MCP-Protocol-Version", StdioClient.Modern);
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
        {
            request.Headers.Add("Mcp-Name", name);
        }
    }

    public static JsonObject Initialize() => new()
    {
        ["jsonrpc"] = "2.0",
        ["id"] = "1",
        ["method"] = "initialize",
        ["params"] = new JsonObject
        {
            ["protocolVersion"] = "2025-06-18",
            ["capabilities"] = new JsonObject(),
            ["clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1" },
        },
    };

    /// <summary>The JSON-RPC message of a plain or an event-stream answer.</summary>
    public static async Task<JsonObject> MessageOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var data = text.Split('\n').FirstOrDefault(l => l.StartsWith("data:", StringComparison.Ordinal));
        return JsonNode.Parse(data is null ? text : data["data:".Length..])!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
