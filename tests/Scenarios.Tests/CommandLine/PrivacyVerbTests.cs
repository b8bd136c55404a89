using System.Text.Json;
using MultiMail.Core.Messages;
using MultiMail.Mcp.Hosting;
using MultiMail.Testing;

namespace Scenarios.CommandLine;

/// <summary>What a person types for somebody who asks what is kept about him, and wants it gone.</summary>
public sealed class PrivacyVerbTests
{
    private const string Agent = "agent@multimail.localhost";
    private const string Ann = "ann@example.net";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_is_exported_and_then_gone_from_the_data_folder()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        await WriteAsync(typed, $"Please answer Ann at {Ann}.");
        await typed.DoneAsync("suppression", "add", Ann, "--reason", "she asked");

        using var export = JsonDocument.Parse(await typed.DoneAsync("privacy", "export", "Ann@Example.net"));
        Assert.Equal("she asked", export.RootElement.GetProperty("suppressions")[0].GetProperty("note").GetString());
        Assert.Equal(1, export.RootElement.GetProperty("mentioned_in").GetArrayLength());
        var folder = Path.Combine(Path.GetDirectoryName(typed.Folder)!, "ann");
        Assert.Contains("export.json", await typed.DoneAsync("privacy", "export", Ann, "--out", folder), StringComparison.Ordinal);
        Assert.Contains(Ann, await File.ReadAllTextAsync(Path.Combine(folder, "export.json"), Token), StringComparison.Ordinal);

        Assert.NotEmpty(Traces.Of(typed.Folder, Ann));
        using var report = JsonDocument.Parse(await typed.DoneAsync("privacy", "erase", Ann, "--yes", "--json"));
        Assert.Equal(1, report.RootElement.GetProperty("mentions").GetInt32());
        Assert.Empty(Traces.Of(typed.Folder, Ann));
        await typed.DoneAsync("audit", "verify");
        Assert.Contains("(erased)", await typed.DoneAsync("suppression", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_process_that_has_the_store_open_hinders_nothing()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        await WriteAsync(typed, $"Please answer Ann at {Ann}.");
        await using var other = await OpenAsync(typed);
        Assert.NotNull(await other.Node.Store.FirstAccountAsync(Token));
        await typed.DoneAsync("privacy", "erase", Ann, "--yes");
        Assert.Empty(Traces.Of(typed.Folder, Ann));
        Assert.NotNull(await other.Node.Store.FirstAccountAsync(Token));
    }

    [Fact]
    public async Task Nobody_is_erased_without_a_second_word()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Equal(1, await typed.RunAsync("privacy", "erase", Ann));
        Assert.Contains("--yes", typed.Error, StringComparison.Ordinal);
        typed.AtTerminal = true;
        typed.Input.Enqueue("bob@example.net");
        Assert.Equal(1, await typed.RunAsync("privacy", "erase", Ann));
        Assert.Contains("not confirmed", typed.Error, StringComparison.Ordinal);
        typed.Input.Enqueue("ANN@example.net");
        await typed.DoneAsync("privacy", "erase", Ann);
        Assert.Equal(1, await typed.RunAsync("privacy", "erase", Agent, "--yes"));
        Assert.Contains("fix: ", typed.Error, StringComparison.Ordinal);
        Assert.Equal(1, await typed.RunAsync("privacy", "export", "nobody"));
        Assert.Equal(2, await typed.RunAsync("privacy", "erase"));
    }

    [Fact]
    public async Task A_mailbox_is_told_how_long_it_keeps_its_mail()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Contains("kept 30 days", await typed.DoneAsync("mailbox", "retention", Agent, "30"), StringComparison.Ordinal);
        Assert.DoesNotContain("kept", await typed.DoneAsync("mailbox", "retention", Agent, "off"), StringComparison.Ordinal);
        foreach (var wrong in new[] { "0", "soon", "36501" })
        {
            Assert.Equal(1, await typed.RunAsync("mailbox", "retention", Agent, wrong));
        }
    }

    private static async Task WriteAsync(Typed typed, string text)
    {
        await using var host = await OpenAsync(typed);
        var agent = await host.Node.Installation.LocalAgentAsync("mcp", Token);
        var mail = new Submission { From = Agent, To = ["you@multimail.localhost"], Subject = "Ann", Text = text + string.Concat(Enumerable.Repeat("\nmore", 3)), Category = "conversational" };
        await host.Node.Submissions.SendAsync(agent, mail, Token);
    }

    private static Task<NodeHost> OpenAsync(Typed typed)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        return NodeHost.OpenAsync(Settings.Load(DataFolder.Choose(typed.Folder, environment), environment), TimeProvider.System, Token);
    }
}
