using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Node;
using MultiMail.Mcp.Protocol;
using MultiMail.Mcp.Tests.Driving;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Transports;

public sealed class StdioTests : IAsyncLifetime
{
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.BuildAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task The_sdk_client_lists_and_calls()
    {
        var (input, output) = (new Pipe(), new Pipe());
        using var stop = new CancellationTokenSource();
        var server = McpEdge.RunStdioAsync(
            input.Reader.AsStream(), output.Writer.AsStream(), _house.Handle, new OnePrincipal(_house.Agent), new McpEdgeOptions(), NullLoggerFactory.Instance, stop.Token);
        await using (var client = await McpClient.CreateAsync(
            new StreamClientTransport(input.Writer.AsStream(), output.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken))
        {
            var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);
            var result = await client.CallToolAsync("get_account", cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal("multimail", client.ServerInfo?.Name);
            Assert.Contains("person", client.ServerInstructions ?? string.Empty, StringComparison.Ordinal);
            Assert.Contains(tools, t => t.Name == "send_email");
            Assert.NotEqual(true, result.IsError);
        }

        await input.Writer.CompleteAsync();
        await server.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_modern_client_needs_no_handshake()
    {
        await using var client = StdioClient.Raw(_house.Handle, new OnePrincipal(_house.Agent), modern: true);

        var discovered = await client.RequestAsync("server/discover", []);
        var list = await client.RequestAsync("tools/list", []);
        var reply = await client.CallAsync("get_account");

        Assert.Contains("2026-07-28", discovered["result"]!["supportedVersions"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(300_000, list["result"]!["ttlMs"]!.GetValue<int>());
        Assert.Equal("private", list["result"]!["cacheScope"]!.GetValue<string>());
        Assert.False(reply.IsError, reply.Text);
    }

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("2027-01-01", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    public async Task Initialize_settles_on_a_version_that_has_sessions(string asked, string answered)
    {
        await using var client = StdioClient.Raw(_house.Handle, new OnePrincipal(_house.Agent));

        var answer = await client.InitializeAsync(asked);
        var list = await client.RequestAsync("tools/list", []);

        Assert.Equal(answered, answer["result"]!["protocolVersion"]!.GetValue<string>());
        Assert.False(list["result"]!.AsObject().ContainsKey("ttlMs"));
    }

    [Fact]
    public async Task Discover_before_initialize_leaves_a_working_session()
    {
        await using var client = StdioClient.Raw(_house.Handle, new OnePrincipal(_house.Agent));
        var meta = new JsonObject
        {
            ["_meta"] = new JsonObject
            {
                ["io.modelcontextprotocol/protocolVersion"] = StdioClient.Modern,
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            },
        };

        await client.RequestAsync("server/discover", meta);
        await client.InitializeAsync();

        Assert.False((await client.CallAsync("get_account")).IsError);
    }

    [Fact]
    public async Task The_first_list_does_not_wait_for_the_node()
    {
        var node = new NodeHandle();
        await using var client = await StdioClient.LegacyAsync(node, new OnePrincipal(_house.Agent, Scopes.Read | Scopes.Send));

        var tools = await client.ToolsAsync();
        var call = client.CallAsync("get_account");
        Assert.False(call.IsCompleted);
        node.Started(_house.Node);

        Assert.Contains("send_email", tools, StringComparer.Ordinal);
        Assert.False((await call).IsError);
    }

    [Theory]
    [InlineData("read", "check_inbox get_account get_message_status get_thread list_mailboxes list_pending read_email search_emails wait_for_email")]
    [InlineData("send", "cancel_message create_mailbox reply_email send_email tag_email")]
    [InlineData("oversight", "decide_email get_audit_log list_pending review_pending")]
    [InlineData("admin", "check_inbox create_mailbox get_account get_audit_log get_message_status get_thread list_mailboxes list_pending read_email search_emails wait_for_email")]
    public async Task The_list_shows_what_the_scopes_allow(string scopes, string expected)
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal((await _house.KeyAsync(scopes)).Principal));

        Assert.Equal(expected, string.Join(' ', (await client.ToolsAsync()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_default_agents_list_is_the_same_with_and_without_the_store()
    {
        await using var known = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent, Scopes.Read | Scopes.Send));
        await using var asked = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        Assert.Equal(string.Join(' ', await asked.ToolsAsync()), string.Join(' ', await known.ToolsAsync()));
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_server_within_a_second_even_in_a_call()
    {
        var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));
        var waiting = client.RequestAsync("tools/call", new JsonObject
        {
            ["name"] = "wait_for_email",
            ["arguments"] = new JsonObject { ["mailbox"] = Post.Agent, ["timeout_seconds"] = 120 },
            ["_meta"] = new JsonObject { ["progressToken"] = "p" },
        });
        await client.Notifications.ReadAsync(TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        await client.EndAsync();
        await client.Server.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_000);
        Assert.False(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_script_that_writes_and_closes_still_gets_its_answers()
    {
        var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));
        var call = client.CallAsync("send_email", new JsonObject { ["to"] = Post.You, ["subject"] = "Offer", ["text"] = "x" });
        await client.EndAsync();

        Assert.Equal("pending", (await call)["status"]);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task An_input_that_breaks_off_within_a_message_ends_the_server()
    {
        var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        await client.SendAsync("""{"jsonrpc":"2.0","id":"5","method":"tools/call","params":{"na""");

        await client.DisposeAsync();
        Assert.True(client.Server.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Cancellation_ends_the_server()
    {
        var (input, output) = (new Pipe(), new Pipe());
        using var stop = new CancellationTokenSource();
        var server = McpEdge.RunStdioAsync(
            input.Reader.AsStream(), output.Writer.AsStream(), _house.Handle, new OnePrincipal(_house.Agent), new McpEdgeOptions(), NullLoggerFactory.Instance, stop.Token);

        await stop.CancelAsync();

        await server.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Every_line_of_the_output_is_json_rpc()
    {
        await using (var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent)))
        {
            await client.SendAsync("this is not json");
            await client.SendAsync("""{"jsonrpc":"2.0","id":"x1","method":"no/such"}""");
            await client.SendAsync("""[1,2]""");
            await client.SendAsync(string.Empty);
            await client.CallAsync("send_email", new JsonObject { ["to"] = Post.You, ["subject"] = "ä\u2028\n", ["text"] = "line\nline" });
            await client.CallAsync("send_email", new JsonObject());
            Assert.NotEmpty(client.Lines);
            Assert.All(client.Lines, l => Assert.Equal("2.0", JsonNode.Parse(l)!["jsonrpc"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_burst_is_answered_whole()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.CallAsync("get_account")));

        Assert.All(replies, r => Assert.False(r.IsError, r.Text));
    }
}
