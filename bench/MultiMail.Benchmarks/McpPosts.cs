using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MultiMail.Benchmarks;

/// <summary>send_email as plain HTTP POSTs in the stateless form of MCP 2026-07-28, over one pool of connections.</summary>
internal sealed class McpPosts(Uri node, string key, int connections) : IDisposable
{
    private const string Version = "2026-07-28";

    private static readonly string Text = JsonEncodedText.Encode(BenchText.OneKilobyte).Value;

    private readonly Uri _endpoint = new(node, "/mcp");
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <exception cref="InvalidOperationException">The answer is anything but a held message.</exception>
    public async Task SendAsync(string from, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = Body(from, number) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Version);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", "send_email");
        using var response = await _client.SendAsync(request).ConfigureAwait(false);
        var answer = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        if (!response.IsSuccessStatusCode || answer.AsSpan().IndexOf("\"status\":\"pending\""u8) < 0 || answer.AsSpan().IndexOf("\"isError\":true"u8) >= 0)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode}: {Encoding.UTF8.GetString(answer)}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static ByteArrayContent Body(string from, int number)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $$$$$"""
            {"jsonrpc":"2.0","id":{{{{{number}}}}},"method":"tools/call","params":{"name":"send_email","arguments":{"from":"{{{{{from}}}}}","to":"you@multimail.localhost","subject":"Message {{{{{number}}}}}","text":"{{{{{Text}}}}}"},"_meta":{"io.modelcontextprotocol/protocolVersion":"{{{{{Version}}}}}","io.modelcontextprotocol/clientCapabilities":{}}}}
            """);
        return new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
