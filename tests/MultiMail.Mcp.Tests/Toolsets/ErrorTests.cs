using System.Text.Json.Nodes;
using MultiMail.Core.Accounts;
using MultiMail.Core.Audit;
using MultiMail.Core.Node;
using MultiMail.Mcp.Tests.Driving;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Toolsets;

/// <summary>Every mistake a model makes has one clear answer.</summary>
public sealed class ErrorTests : IAsyncLifetime
{
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.BuildAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "send_email", """{"to":"you@multimail.localhost","subject":"x","text":"y","body":"z"}""", "unknown_parameter", "body" },
        { "send_email", """{"to":17,"subject":"x","text":"y"}""", "invalid_parameter", "to" },
        { "send_email", """{"subject":"x","text":"y"}""", "invalid_parameter", "to" },
        { "send_email", """{"to":"not an address","subject":"x","text":"y"}""", "invalid_address", "to" },
        { "send_email", """{"to":"you@multimail.localhost","subject":"","text":"y"}""", "invalid_parameter", "subject" },
        { "send_email", """{"to":"you@multimail.localhost","subject":"x"}""", "invalid_parameter", "text" },
        { "send_email", """{"to":"nobody@multimail.localhost","subject":"x","text":"y"}""", "unknown_recipient", "to" },
        { "send_email", """{"to":"a@elsewhere.example","subject":"x","text":"y"}""", "no_relay", "to" },
        { "send_email", """{"from":"other@multimail.localhost","to":"you@multimail.localhost","subject":"x","text":"y"}""", "not_found", "from" },
        { "send_email", """{"to":"you@multimail.localhost","subject":"x","text":"y","category":"spam"}""", "invalid_parameter", "category" },
        { "send_email", """{"to":"you@multimail.localhost","subject":"x","text":"y","send_at":"tomorrow"}""", "invalid_parameter", "send_at" },
        { "send_email", """{"to":"you@multimail.localhost","subject":"x","text":"y","attachments":[{"filename":"a"}]}""", "invalid_parameter", "attachments[0].content_base64" },
        { "check_inbox", """{"mailbox":"missing@multimail.localhost"}""", "not_found", "mailbox" },
        { "check_inbox", """{"limit":0}""", "invalid_parameter", "limit" },
        { "check_inbox", """{"folder":"junk"}""", "invalid_parameter", "folder" },
        { "check_inbox", """{"since":"2026-11-24"}""", "invalid_parameter", "since" },
        { "read_email", """{}""", "invalid_parameter", "message_id" },
        { "wait_for_email", """{"timeout_seconds":121}""", "invalid_parameter", "timeout_seconds" },
        { "get_message_status", """{"message_ids":[]}""", "invalid_parameter", "message_ids" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_names_its_field_and_a_fix(string tool, string arguments, string code, string field)
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync(tool, JsonNode.Parse(arguments)!.AsObject());

        Assert.True(reply.IsError);
        Assert.Equal((code, field), Assert.Single(reply.Violations));
        Assert.Equal(code, reply.Code);
        Assert.NotEmpty(reply["fix"]);
        Assert.Equal($"docs/errors.md#{code}", reply["docs"]);
        Assert.Contains(code, reply.Text, StringComparison.Ordinal);
        Assert.Contains(reply["fix"], reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_mistakes_of_the_form_come_at_once()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync("send_email", new JsonObject { ["to"] = 1, ["subject"] = "", ["bodY"] = "x" });

        Assert.Equal([("invalid_parameter", "to"), ("invalid_parameter", "subject"), ("unknown_parameter", "bodY")], reply.Violations);
    }

    [Fact]
    public async Task All_mistakes_of_the_content_come_at_once()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync("send_email", new JsonObject { ["to"] = "nonsense", ["cc"] = "a@elsewhere.example", ["subject"] = "x" });

        Assert.Equal("to cc text", string.Join(' ', reply.Violations.Select(v => v.Field)));
    }

    [Fact]
    public async Task An_oversized_body_is_too_large()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync("send_email", new JsonObject { ["to"] = Post.You, ["subject"] = "x", ["text"] = new string('a', 1_000_001) });

        Assert.Equal("message_too_large", reply.Code);
        Assert.True(reply.Text.Length < 1_000);
    }

    [Fact]
    public async Task A_null_optional_argument_is_an_absent_one()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync("check_inbox", new JsonObject { ["mailbox"] = null, ["unread"] = null, ["limit"] = null });

        Assert.False(reply.IsError, reply.Text);
    }

    [Fact]
    public async Task Several_recipients_come_as_text_or_as_an_array()
    {
        await _house.Node.Mailboxes.CreateAsync(_house.Person, new() { Address = "third@multimail.localhost" }, TestContext.Current.CancellationToken);
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var text = await client.CallAsync("send_email", new JsonObject { ["from"] = Post.Agent, ["to"] = $"{Post.You}, third@multimail.localhost", ["subject"] = "one", ["text"] = "x" });
        var array = await client.CallAsync("send_email", new JsonObject { ["from"] = Post.Agent, ["to"] = new JsonArray(Post.You, "third@multimail.localhost"), ["subject"] = "two", ["text"] = "x" });

        Assert.False(text.IsError, text.Text);
        Assert.False(array.IsError, array.Text);
        var pending = await _house.Node.Pending.ListAsync(_house.Person, new(), TestContext.Current.CancellationToken);
        Assert.All(pending.Pending, p => Assert.Equal(2, p.To.Count));
    }

    [Fact]
    public async Task A_tool_beyond_the_scopes_is_refused_and_logged()
    {
        var (reader, _) = await _house.KeyAsync("read");
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(reader));

        var reply = await client.CallAsync("send_email", new JsonObject { ["wrong"] = 1 });

        Assert.Equal("scope_missing", reply.Code);
        Assert.Contains("send", reply["message"], StringComparison.Ordinal);
        var log = await _house.Node.Audit.QueryAsync(_house.Person, new AuditLogRequest { Actor = reader.PublicId }, TestContext.Current.CancellationToken);
        Assert.Contains(log.Entries, e => e.Event == "access.refused");
    }

    [Fact]
    public async Task A_key_revoked_meanwhile_stops_working()
    {
        var (principal, secret) = await _house.KeyAsync("read");
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new AskedPrincipal(ct => _house.Node.Keys.AuthenticateAsync(secret, "mcp", ct)));
        Assert.False((await client.CallAsync("get_account")).IsError);

        await _house.Node.Keys.RevokeAsync(_house.Person, principal.PublicId, TestContext.Current.CancellationToken);
        var reply = await client.CallAsync("get_account");
        var list = await client.RequestAsync("tools/list", []);

        Assert.Equal("key_revoked", reply.Code);
        Assert.Contains("key_revoked", list["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, string.Concat(client.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tool_is_an_error_of_the_protocol()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var answer = await client.RequestAsync("tools/call", new JsonObject { ["name"] = "approve_email", ["arguments"] = new JsonObject() });

        Assert.Equal(-32602, answer["error"]!["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Our_own_fault_shows_a_number_and_nothing_else()
    {
        var logs = new ListLoggers();
        await using var client = await StdioClient.LegacyAsync(
            _house.Handle, new AskedPrincipal(_ => Task.FromException<Principal>(new InvalidOperationException("secret detail"))), loggers: logs);

        var reply = await client.CallAsync("get_account");

        Assert.Equal("internal", reply.Code);
        Assert.DoesNotContain("secret detail", string.Concat(client.Lines), StringComparison.Ordinal);
        Assert.Contains(logs.Lines, l => l.Contains(reply["request_id"], StringComparison.Ordinal) && l.Contains("secret detail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_that_could_not_start_is_our_fault_too()
    {
        var node = new NodeHandle();
        node.Failed(new IOException("disk gone"));
        await using var client = await StdioClient.LegacyAsync(node, new OnePrincipal(_house.Agent));

        Assert.Equal("internal", (await client.CallAsync("get_account")).Code);
    }
}
