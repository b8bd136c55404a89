using System.Text.Json.Nodes;
using MultiMail.Mcp.Tests.Driving;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Toolsets;

public sealed class MailboxToolsTests : IAsyncLifetime
{
    private House _house = null!;

    public async ValueTask InitializeAsync() => _house = await House.BuildAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task An_admin_key_makes_a_gated_mailbox()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal((await _house.KeyAsync("admin")).Principal));

        var made = await client.CallAsync("create_mailbox", new JsonObject { ["address"] = "sales@multimail.localhost", ["display_name"] = "Sales" });
        var list = await client.CallAsync("list_mailboxes");

        Assert.Equal("gated_send", made["oversight_mode"]);
        Assert.Equal("sales", made["agent_id"]);
        Assert.Contains("sales@multimail.localhost", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_is_told_that_only_a_person_makes_mailboxes()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync("create_mailbox", new JsonObject { ["address"] = "loose@multimail.localhost", ["oversight_mode"] = "autonomous" });

        Assert.Equal("oversight_scope_required", reply.Code);
    }

    [Fact]
    public async Task The_account_says_who_is_calling()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync("get_account");

        Assert.Equal(_house.Agent.PublicId, reply["principal_id"]);
        Assert.Equal("live", reply["environment"]);
        Assert.Contains("scopes: read, send", reply.Text, StringComparison.Ordinal);
    }
}
