using System.Text.Json.Nodes;
using MultiMail.Core.Oversight;
using MultiMail.Mcp.Tests.Driving;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Toolsets;

public sealed class MessageToolsTests : IAsyncLifetime
{
    private House _house = null!;
    private StdioClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await House.BuildAsync();
        _client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task Gated_mailbox_holds_the_first_send_and_says_what_comes_next()
    {
        var reply = await SendAsync();

        Assert.False(reply.IsError, reply.Text);
        Assert.Equal("pending", reply["status"]);
        Assert.Equal("gated_send", reply["oversight_mode"]);
        Assert.EndsWith($"/pending/{reply["message_id"]}", reply["approval_url"], StringComparison.Ordinal);
        Assert.Contains("get_message_status", reply["next"], StringComparison.Ordinal);
        Assert.Contains(reply["approval_url"], reply.Text, StringComparison.Ordinal);
        Assert.Contains(reply["message_id"], reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_twice_is_one_message()
    {
        var arguments = new JsonObject { ["to"] = Post.You, ["subject"] = "Offer", ["text"] = "x", ["idempotency_key"] = "k1" };

        var first = await _client.CallAsync("send_email", arguments.DeepClone().AsObject());
        var second = await _client.CallAsync("send_email", arguments);

        Assert.Equal(first["message_id"], second["message_id"]);
        Assert.True(second.Structured["deduplicated"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Cancelling_stops_a_waiting_message()
    {
        var sent = await SendAsync();

        var reply = await _client.CallAsync("cancel_message", new JsonObject { ["message_id"] = sent["message_id"] });

        Assert.Equal("cancelled", reply["status"]);
    }

    [Fact]
    public async Task Status_shows_times_in_utc_with_milliseconds()
    {
        var sent = await SendAsync();

        var reply = await StatusAsync(sent["message_id"]);

        var message = reply.Structured["messages"]![0]!;
        Assert.Equal("pending", message["status"]!.GetValue<string>());
        Assert.Equal("2026-11-24T09:00:00.000Z", message["submitted_at"]!.GetValue<string>());
        Assert.StartsWith("sha256:", message["digest"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_the_decision_ends_with_the_decision_and_reports_meanwhile()
    {
        var sent = await SendAsync();
        var waiting = _client.RequestAsync("tools/call", new JsonObject
        {
            ["name"] = "get_message_status",
            ["arguments"] = new JsonObject { ["message_ids"] = new JsonArray(sent["message_id"]), ["wait_seconds"] = 120 },
            ["_meta"] = new JsonObject { ["progressToken"] = "p1" },
        });
        var progress = await NextAsync("notifications/progress");

        await _house.Node.Decisions.RejectAsync(
            _house.Person, new DecisionRequest(sent["message_id"], null, "Ask for the order number first."), TestContext.Current.CancellationToken);
        var reply = ToolReply.Of((await waiting)["result"]!.AsObject());

        Assert.Equal("p1", progress["params"]!["progressToken"]!.GetValue<string>());
        var message = reply.Structured["messages"]![0]!;
        Assert.Equal("rejected", message["status"]!.GetValue<string>());
        Assert.Equal("Ask for the order number first.", message["reason"]!.GetValue<string>());
        Assert.False(reply.Structured["timed_out"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_cancelled_wait_is_released_at_once()
    {
        var id = _client.NextId();
        var waiting = _client.RequestAsync(id, "tools/call", new JsonObject
        {
            ["name"] = "wait_for_email",
            ["arguments"] = new JsonObject { ["mailbox"] = Post.Agent, ["timeout_seconds"] = 120 },
            ["_meta"] = new JsonObject { ["progressToken"] = "p2" },
        });
        await NextAsync("notifications/progress");

        await _client.SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/cancelled", ["params"] = new JsonObject { ["requestId"] = id } });
        await _client.EndAsync();

        // The server ends although nobody moves the clock: no call is left.
        await _client.Server.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_reply_goes_to_the_sender_in_the_same_thread()
    {
        var inbound = await Post.ReceiveAsync(_house);
        var (principal, _) = await _house.KeyAsync("read,send", "live", Post.You);
        await using var you = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(principal));

        var reply = await you.CallAsync("reply_email", new JsonObject { ["message_id"] = inbound, ["text"] = "Yes." });
        var thread = await you.CallAsync("get_thread", new JsonObject { ["message_id"] = inbound, ["bodies"] = "full" });

        Assert.False(reply.IsError, reply.Text);
        Assert.Equal(reply["thread_id"], thread["thread_id"]);
        Assert.Equal(2, thread.Structured["messages"]!.AsArray().Count);
    }

    private Task<ToolReply> SendAsync() =>
        _client.CallAsync("send_email", new JsonObject { ["to"] = Post.You, ["subject"] = "Offer", ["text"] = "Dear Anna" });

    private Task<ToolReply> StatusAsync(string id) => _client.CallAsync("get_message_status", new JsonObject { ["message_ids"] = new JsonArray(id) });

    private async Task<JsonObject> NextAsync(string method)
    {
        while (true)
        {
            var message = await _client.Notifications.ReadAsync(TestContext.Current.CancellationToken);
            if (message["method"]!.GetValue<string>() == method)
            {
                return message;
            }
        }
    }
}
