using System.Text.Json.Nodes;
using MultiMail.Mcp.Tests.Driving;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Toolsets;

public sealed class OversightToolsTests : IAsyncLifetime
{
    private House _house = null!;
    private StdioClient _reviewer = null!;

    public async ValueTask InitializeAsync()
    {
        _house = await House.BuildAsync();
        _reviewer = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal((await _house.KeyAsync("read,oversight")).Principal));
    }

    public async ValueTask DisposeAsync()
    {
        await _reviewer.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task Approving_over_mcp_answers_the_page_and_decides_nothing()
    {
        var (id, digest) = await Post.HoldAsync(_house);

        var reply = await DecideAsync("approve", null, (id, digest));

        var result = reply.Structured["results"]![0]!;
        Assert.False(reply.IsError, reply.Text);
        Assert.Equal("needs_person", result["status"]!.GetValue<string>());
        Assert.EndsWith($"/pending/{id}", result["approval_url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, (await _reviewer.CallAsync("list_pending")).Structured["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Rejecting_acts_at_once_and_the_agent_learns_why()
    {
        var (id, digest) = await Post.HoldAsync(_house);

        var reply = await DecideAsync("reject", "Wrong price.", (id, digest));

        Assert.Equal("rejected", reply.Structured["results"]![0]!["status"]!.GetValue<string>());
        await using var agent = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));
        var status = await agent.CallAsync("get_message_status", new JsonObject { ["message_ids"] = new JsonArray(id) });
        Assert.Equal("Wrong price.", status.Structured["messages"]![0]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task Requested_changes_send_it_back_to_draft()
    {
        var (id, digest) = await Post.HoldAsync(_house);

        var reply = await DecideAsync("request_changes", "Shorter, please.", (id, digest));

        Assert.Equal("draft", reply.Structured["results"]![0]!["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("reject")]
    public async Task A_wrong_digest_is_one_clear_error(string action)
    {
        var (id, digest) = await Post.HoldAsync(_house);

        var reply = await DecideAsync(action, "why", (id, "sha256:" + new string('0', 64)));

        Assert.True(reply.IsError);
        Assert.Equal("digest_mismatch", reply.Code);
        Assert.Contains(digest, reply["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_refused_item_does_not_stop_the_others()
    {
        var (first, digest) = await Post.HoldAsync(_house, Post.Mail("one"));
        var (second, _) = await Post.HoldAsync(_house, Post.Mail("two"));

        var reply = await DecideAsync("reject", "No.", (second, digest), (first, digest));

        Assert.False(reply.IsError);
        Assert.Equal("digest_mismatch", reply.Structured["results"]![0]!["code"]!.GetValue<string>());
        Assert.Equal("rejected", reply.Structured["results"]![1]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_rejection_without_reason_is_refused_before_anything_happens()
    {
        var (id, digest) = await Post.HoldAsync(_house);

        var reply = await DecideAsync("reject", null, (id, digest));

        Assert.Equal([("invalid_parameter", "reason")], reply.Violations);
        Assert.Equal(1, (await _reviewer.CallAsync("list_pending")).Structured["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_agent_cannot_review_or_decide_what_it_sent()
    {
        var (id, digest) = await Post.HoldAsync(_house);
        await using var agent = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        Assert.Equal("scope_missing", (await agent.CallAsync("review_pending", new JsonObject { ["message_id"] = id })).Code);
        Assert.Equal("scope_missing", (await agent.CallAsync("decide_email", Decision("approve", null, (id, digest)))).Code);
        Assert.Equal(1, (await agent.CallAsync("list_pending")).Structured["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_review_shows_what_leaves()
    {
        var (id, digest) = await Post.HoldAsync(_house, Post.Mail("Offer", "Dear Anna, 300 EUR."));

        var reply = await _reviewer.CallAsync("review_pending", new JsonObject { ["message_id"] = id });

        Assert.Equal(digest, reply.Structured["item"]!["digest"]!.GetValue<string>());
        Assert.Contains("Dear Anna, 300 EUR.", reply["untrusted_body"], StringComparison.Ordinal);
        Assert.Contains(digest, reply.Blocks[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_log_shows_who_did_what()
    {
        var (id, _) = await Post.HoldAsync(_house);

        var reply = await _reviewer.CallAsync("get_audit_log", new JsonObject { ["message_id"] = id });

        var entry = reply.Structured["entries"]![0]!;
        Assert.Equal("send.held", entry["event"]!.GetValue<string>());
        Assert.Equal(_house.Agent.PublicId, entry["actor_id"]!.GetValue<string>());
    }

    private Task<ToolReply> DecideAsync(string action, string? reason, params (string Id, string Digest)[] items) =>
        _reviewer.CallAsync("decide_email", Decision(action, reason, items));

    private static JsonObject Decision(string action, string? reason, params (string Id, string Digest)[] items) => new()
    {
        ["items"] = new JsonArray([.. items.Select(i => (JsonNode)new JsonObject { ["message_id"] = i.Id, ["digest"] = i.Digest })]),
        ["action"] = action,
        ["reason"] = reason,
    };
}
