using System.Text.Json;
using Interop.Driving;

namespace Interop.Clients;

/// <summary>The protocol's official inspector as the client: both eras, both transports.</summary>
public sealed class InspectorTests
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task It_lists_calls_and_finds_every_schema_portable_over_stdio(string era)
    {
        NodePackages.Needed();
        await using var installation = await Installation.CreateAsync();

        // It hands its own environment down to no server, so the settings are given as options.
        string[] settings = [.. installation.Environment.SelectMany(e => new[] { "-e", $"{e.Key}={e.Value}" })];
        await WalkAsync(installation, era, [Executable.MultiMail, "stdio"], settings);
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task It_lists_calls_and_finds_every_schema_portable_over_http(string era)
    {
        NodePackages.Needed();
        await using var served = await Served.StartAsync();
        await WalkAsync(served.Installation, era, [served.Mcp.ToString()], ["--header", $"Authorization: Bearer {served.Key}"]);
    }

    [Fact]
    public async Task Without_a_key_http_tells_it_nothing()
    {
        NodePackages.Needed();
        await using var served = await Served.StartAsync();
        var asked = await NodePackages.InspectAsync(
            Environment(served.Installation), served.Mcp.ToString(), "--method", "tools/list", "--protocol-era", "modern");
        Assert.NotEqual(0, asked.Code);
        Assert.DoesNotContain("send_email", asked.Output + asked.Error, StringComparison.Ordinal);
    }

    private static async Task WalkAsync(Installation installation, string era, string[] server, string[] options)
    {
        // Strict: exit 6 on a schema that some client cannot read.
        var tools = await AskAsync(["--method", "tools/list", "--strict"]);
        var names = tools.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ToList();
        Assert.Contains("send_email", names);
        Assert.Contains("wait_for_email", names);
        Assert.DoesNotContain("decide_email", names);

        var mailboxes = await CallAsync("list_mailboxes");
        Assert.Contains(mailboxes.GetProperty("mailboxes").EnumerateArray(), m => m.GetProperty("address").GetString() == Installation.AgentAddress);

        var sent = await CallAsync(
            "send_email", $"from={Installation.AgentAddress}", $"to={Installation.PersonAddress}", "subject=Offer 4711", "text=It stands until Friday.");
        Assert.Equal("pending", sent.GetProperty("status").GetString());

        var pending = await CallAsync("list_pending");
        var waits = Assert.Single(pending.GetProperty("pending").EnumerateArray());
        Assert.Equal(sent.GetProperty("message_id").GetString(), waits.GetProperty("message_id").GetString());
        Assert.Equal("Offer 4711", waits.GetProperty("untrusted_subject").GetString());

        async Task<JsonElement> CallAsync(string tool, params string[] arguments)
        {
            string[] given = arguments.Length == 0 ? [] : ["--tool-arg", .. arguments];
            var result = await AskAsync(["--method", "tools/call", "--tool-name", tool, .. given]);
            Assert.False(result.TryGetProperty("isError", out var failed) && failed.GetBoolean(), result.ToString());
            return result.GetProperty("structuredContent");
        }

        async Task<JsonElement> AskAsync(string[] question)
        {
            var asked = await NodePackages.InspectAsync(Environment(installation), [.. server, "--protocol-era", era, .. options, .. question]);
            using var answer = JsonDocument.Parse(asked.Good());
            return answer.RootElement.Clone();
        }
    }

    private static Dictionary<string, string> Environment(Installation installation) =>
        new(installation.Environment, StringComparer.Ordinal)
        {
            // Neither its catalogue nor anything else reaches the folders of whoever runs the tests.
            ["HOME"] = Path.Combine(installation.Data, ".."),
            ["MCP_CATALOG_PATH"] = Path.Combine(installation.Data, "..", "inspector.json"),
        };
}
