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
    public async Task An_agents_mailbox_becomes_a_request_no_looser_than_gated_and_a_person_grants_it()
    {
        await using var client = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(_house.Agent));

        var reply = await client.CallAsync("create_mailbox", new JsonObject { ["address"] = "loose@multimail.localhost", ["oversight_mode"] = "autonomous" });

        Assert.Null(reply.Code);
        Assert.Equal("pending", reply["status"]);
        Assert.Equal("gated_send", reply["oversight_mode"]);
        Assert.Contains("approval_url", reply["next"], StringComparison.Ordinal);
        Assert.EndsWith($"/requests/{reply["request_id"]}", reply["approval_url"], StringComparison.Ordinal);
        Assert.DoesNotContain("loose@", (await client.CallAsync("list_mailboxes")).Text, StringComparison.Ordinal);

        var asked = await _house.Node.Requests.GetAsync(_house.Person, reply["request_id"], TestContext.Current.CancellationToken);
        await _house.Node.Requests.ApproveAsync(_house.Person, asked.RequestId, asked.Digest, null, TestContext.Current.CancellationToken);
        var agent = await _house.Node.Installation.LocalAgentAsync("mcp", TestContext.Current.CancellationToken);
        await using var again = await StdioClient.LegacyAsync(_house.Handle, new OnePrincipal(agent));
        Assert.Contains("loose@multimail.localhost", (await again.CallAsync("list_mailboxes")).Text, StringComparison.Ordinal);
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
