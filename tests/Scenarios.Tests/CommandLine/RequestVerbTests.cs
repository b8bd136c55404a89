using MultiMail.Core.Requests;
using MultiMail.Mcp.Hosting;

namespace Scenarios.CommandLine;

/// <summary>Deciding from the terminal what an agent asked for.</summary>
public sealed class RequestVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_what_is_asked_and_grants_it()
    {
        using var typed = new Typed();
        var id = await AskAsync(typed, "Thirty clean\u202e weeks.");
        Assert.Contains(id, await typed.DoneAsync("request", "list"), StringComparison.Ordinal);

        var shown = await typed.DoneAsync("request", "show", id);
        Assert.Contains("gated_send → monitored", shown, StringComparison.Ordinal);
        Assert.Contains("Thirty clean⟦U+202E⟧ weeks.", shown, StringComparison.Ordinal);
        Assert.Equal(1, await typed.RunAsync("request", "approve", id, "--digest", $"sha256:{new string('0', 64)}"));

        Assert.Contains("approved", await typed.DoneAsync("request", "approve", id), StringComparison.Ordinal);
        Assert.Contains("monitored", await typed.DoneAsync("mailbox", "list"), StringComparison.Ordinal);
        Assert.Equal(1, await typed.RunAsync("request", "reject", id, "--reason", "too late"));
        Assert.Contains("fix: ", typed.Error, StringComparison.Ordinal);
        Assert.Contains(id, await typed.DoneAsync("request", "list", "--status", "approved"), StringComparison.Ordinal);
        await typed.DoneAsync("request", "list");
        Assert.Contains("Nothing is asked for.", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_takes_a_reason()
    {
        using var typed = new Typed();
        var id = await AskAsync(typed, null);
        Assert.Equal(2, await typed.RunAsync("request", "reject", id));
        Assert.Contains("rejected", await typed.DoneAsync("request", "reject", id, "--reason", "not yet"), StringComparison.Ordinal);
        Assert.Contains("not yet", await typed.DoneAsync("request", "show", id), StringComparison.Ordinal);
        Assert.DoesNotContain("monitored", await typed.DoneAsync("mailbox", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_decided()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Equal(1, await typed.RunAsync("request", "approve", "req_nonsense"));
        Assert.Contains("There is no such request.", typed.Error, StringComparison.Ordinal);
    }

    /// <summary>Makes the installation and lets its default agent ask for a looser mode.</summary>
    private static async Task<string> AskAsync(Typed typed, string? why)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = Settings.Load(DataFolder.Choose(typed.Folder, environment), environment);
        await using var host = await NodeHost.OpenAsync(settings, TimeProvider.System, Token);
        await host.Node.Installation.InitialiseAsync(null, Token);
        var agent = await host.Node.Installation.LocalAgentAsync("mcp", Token);
        return Assert.IsType<ModeAsked>(await host.Node.Requests.RequestModeAsync(agent, null, "monitored", why, Token)).Request.RequestId;
    }
}
