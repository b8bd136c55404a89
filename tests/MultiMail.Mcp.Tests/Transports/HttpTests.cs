using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using MultiMail.Mcp.Protocol;
using MultiMail.Mcp.Tests.Driving;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Transports;

public sealed class HttpTests : IAsyncLifetime
{
    private House _house = null!;
    private HttpServer _server = null!;
    private string _key = null!;
    private string _keyId = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await House.BuildAsync();
        _server = await HttpServer.StartAsync(_house.Handle);
        var (principal, secret) = await _house.KeyAsync("read,send");
        (_keyId, _key) = (principal.PublicId, secret);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task The_sdk_client_lists_and_calls()
    {
        await using var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(_server.Client.BaseAddress!, McpEdge.Path),
            AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer " + _key },
        });
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken);

        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
        var result = await client.CallToolAsync("get_account", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(tools, t => t.Name == "send_email");
        Assert.DoesNotContain(tools, t => t.Name == "decide_email");
        Assert.NotEqual(true, result.IsError);
    }

    [Fact]
    public async Task A_modern_client_calls_without_a_session()
    {
        var discovered = await _server.ModernAsync(_key, "server/discover", []);
        var called = await _server.ModernAsync(_key, "tools/call", new JsonObject
        {
            ["name"] = "send_email",
            ["arguments"] = new JsonObject { ["from"] = Post.Agent, ["to"] = Post.You, ["subject"] = "Offer", ["text"] = "x" },
        });

        Assert.Contains("2026-07-28", discovered["result"]!["supportedVersions"]!.ToJsonString(), StringComparison.Ordinal);
        var reply = ToolReply.Of(called["result"]!.AsObject());
        Assert.Equal("pending", reply["status"]);
    }

    [Fact]
    public async Task The_same_call_has_the_same_answer_on_both_transports()
    {
        await using var stdio = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(await _house.Node.Keys.AuthenticateAsync(_key, "mcp", TestContext.Current.CancellationToken)));

        var over = await _server.ModernAsync(_key, "tools/call", new JsonObject { ["name"] = "get_account", ["arguments"] = new JsonObject() });
        var pipe = await stdio.CallAsync("get_account");

        Assert.Equal(pipe.Structured.ToJsonString(), ToolReply.Of(over["result"]!.AsObject()).Structured.ToJsonString());
    }

    [Theory]
    [InlineData(null, "invalid_key")]
    [InlineData("", "invalid_key")]
    [InlineData("mm_live_" + "0000000000000000000000000000000000000000", "invalid_key")]
    [InlineData("garbage", "invalid_key")]
    public async Task Without_a_good_key_nothing_is_answered(string? key, string code)
    {
        using var response = await _server.PostAsync(key, HttpServer.Initialize());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, body["code"]!.GetValue<string>());
        Assert.NotEmpty(body["fix"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_revoked_key_loses_its_session_too()
    {
        var session = await BeginAsync(_key);
        await _house.Node.Keys.RevokeAsync(_house.Person, _keyId, TestContext.Current.CancellationToken);

        using var response = await _server.PostAsync(_key, Ping(), r => InSession(r, session));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("key_revoked", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_schemes_credentials_are_no_key()
    {
        using var response = await _server.PostAsync(null, HttpServer.Initialize(), r => r.Headers.Authorization = new AuthenticationHeaderValue("Basic", _key));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1")]
    [InlineData("file:///etc/passwd")]
    public async Task A_foreign_origin_is_forbidden(string origin)
    {
        using var response = await _server.PostAsync(_key, HttpServer.Initialize(), r => r.Headers.TryAddWithoutValidation("Origin", origin));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task The_own_origin_is_welcome()
    {
        using var response = await _server.PostAsync(_key, HttpServer.Initialize(), r => r.Headers.Add("Origin", "http://" + _server.Authority));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_foreign_host_is_forbidden_even_without_a_key()
    {
        using var response = await _server.PostAsync(null, HttpServer.Initialize(), r => r.Headers.Host = "rebound.example");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_session_answers_its_own_key_only()
    {
        var session = await BeginAsync(_key);
        var (_, other) = await _house.KeyAsync("read,send");

        using var own = await _server.PostAsync(_key, Ping(), r => InSession(r, session));
        using var foreign = await _server.PostAsync(other, Ping(), r => InSession(r, session));
        using var unknown = await _server.PostAsync(_key, Ping(), r => InSession(r, "no-such-session"));

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(-32001, (await HttpServer.MessageOf(foreign))["error"]!["code"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_foreign_key_can_neither_listen_to_a_session_nor_end_it(string method)
    {
        var session = await BeginAsync(_key);
        var (_, other) = await _house.KeyAsync("read,send");

        using var foreign = await _server.PostAsync(other, [], r =>
        {
            r.Method = new HttpMethod(method);
            r.Content = null;
            InSession(r, session);
        });
        using var own = await _server.PostAsync(_key, Ping(), r => InSession(r, session));

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task An_ended_session_is_gone()
    {
        var session = await BeginAsync(_key);

        using var end = await _server.PostAsync(_key, [], r =>
        {
            r.Method = HttpMethod.Delete;
            r.Content = null;
            InSession(r, session);
        });
        using var after = await _server.PostAsync(_key, Ping(), r => InSession(r, session));

        Assert.True(end.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }

    [Fact]
    public async Task One_key_cannot_take_all_sessions()
    {
        for (var i = 0; i < SessionBook.MostPerKey; i++)
        {
            await BeginAsync(_key);
        }

        var (_, other) = await _house.KeyAsync("read");
        using var refused = await _server.PostAsync(_key, HttpServer.Initialize());
        using var welcome = await _server.PostAsync(other, HttpServer.Initialize());
        var modern = await _server.ModernAsync(_key, "tools/list", []);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, welcome.StatusCode);
        Assert.True(modern.ContainsKey("result"));
    }

    [Fact]
    public async Task A_body_without_type_is_refused_as_such()
    {
        using var response = await _server.PostAsync(_key, HttpServer.Initialize(), r => r.Content!.Headers.ContentType = null);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_version_is_told_the_modern_one()
    {
        using var response = await _server.PostAsync(_key, Ping(), r => r.Headers.Add("MCP-Protocol-Version", "2031-01-01"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var message = await HttpServer.MessageOf(response);
        Assert.Equal(-32022, message["error"]!["code"]!.GetValue<int>());
        Assert.Equal("""["2026-07-28"]""", message["error"]!["data"]!["supported"]!.ToJsonString());
        Assert.Equal("9", message["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        var huge = Ping();
        huge["params"] = new JsonObject { ["x"] = new string('x', 17 * 1024 * 1024) };

        using var response = await _server.PostAsync(_key, huge, r => r.Headers.ExpectContinue = true);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Initialize_with_a_modern_version_gets_a_session_of_the_newest_older_one()
    {
        var initialize = HttpServer.Initialize();
        initialize["params"]!["protocolVersion"] = StdioClient.Modern;

        using var response = await _server.PostAsync(_key, initialize);

        Assert.Equal("2025-11-25", (await HttpServer.MessageOf(response))["result"]!["protocolVersion"]!.GetValue<string>());
    }

    private async Task<string> BeginAsync(string key)
    {
        using var response = await _server.PostAsync(key, HttpServer.Initialize());
        response.EnsureSuccessStatusCode();
        return Assert.Single(response.Headers.GetValues("Mcp-Session-Id"));
    }

    private static JsonObject Ping() => new() { ["jsonrpc"] = "2.0", ["id"] = "9", ["method"] = "ping" };

    private static void InSession(HttpRequestMessage request, string session)
    {
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("MCP-Protocol-Version", "2025-06-18");
    }
}
