using System.Diagnostics;
using System.Text.Json;

namespace Scenarios.Processes;

/// <summary>The default way in: one process per client, over two pipes.</summary>
public sealed class StdioTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
    private const string Wait = """{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"wait_for_email","arguments":{"timeout_seconds":60}}}""";
    private const string Account = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_account","arguments":{}}}""";

    private static readonly Dictionary<string, string> AnyPort = new(StringComparer.Ordinal) { ["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0" };

    [Theory]
    [InlineData("stdio")]
    [InlineData(null)]
    public async Task An_empty_folder_is_enough_for_the_first_call(string? verb)
    {
        using var folder = new ScratchFolder();
        await using var process = Running.Start(folder.Path, AnyPort, verb is null ? [] : [verb]);
        await SayAsync(process, Initialize, Initialized, Account);
        using var first = await AnswerAsync(process);
        Assert.Equal("multimail", first.RootElement.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        using var second = await AnswerAsync(process);
        Assert.False(second.RootElement.GetProperty("result").TryGetProperty("isError", out var failed) && failed.GetBoolean());
        process.Input.Close();
        Assert.Equal(0, (await process.EndAsync()).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_process_ends_within_a_second_of_its_client(bool callRuns)
    {
        using var folder = new ScratchFolder();
        await using var process = Running.Start(folder.Path, AnyPort, "stdio");
        await SayAsync(process, Initialize, Initialized, Account);
        (await AnswerAsync(process)).Dispose();
        (await AnswerAsync(process)).Dispose();
        if (callRuns)
        {
            await SayAsync(process, Wait);
        }

        var watch = Stopwatch.StartNew();
        process.Input.Close();
        var (code, _) = await process.EndAsync();
        Assert.Equal(0, code);

        // One second is the promise; the rest is the machine's to take a process down while other tests run.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task Stdout_carries_nothing_but_json_rpc()
    {
        using var folder = new ScratchFolder();
        await using var process = Running.Start(folder.Path, AnyPort, "stdio");
        await SayAsync(process, Initialize, Initialized, Account, "this is no JSON", Account.Replace("2,", "3,", StringComparison.Ordinal));
        process.Input.Close();
        while (await process.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            using var message = JsonDocument.Parse(line);
            Assert.Equal("2.0", message.RootElement.GetProperty("jsonrpc").GetString());
        }

        await process.EndAsync();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_is_told_to_the_agent_with_its_fix()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.Path);
        var key = Path.Combine(folder.Path, "master.key");
        await File.WriteAllBytesAsync(key, new byte[32], TestContext.Current.CancellationToken);
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
#pragma warning restore CA1416
        await using var process = Running.Start(folder.Path, AnyPort, "stdio");
        await SayAsync(process, Initialize, Initialized, Account);
        (await AnswerAsync(process)).Dispose();
        using var refused = await AnswerAsync(process);
        Assert.Contains("chmod 600", refused.RootElement.GetRawText(), StringComparison.Ordinal);
        process.Input.Close();
        await process.EndAsync();
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_not_repeated()
    {
        using var folder = new ScratchFolder();
        const string Secret = "mm_live_thiskeydoesnotexistanywhere00000000";
        var environment = new Dictionary<string, string>(AnyPort, StringComparer.Ordinal) { ["MULTIMAIL_API_KEY"] = Secret };
        await using var process = Running.Start(folder.Path, environment, "stdio");
        await SayAsync(process, Initialize, Initialized, Account);
        (await AnswerAsync(process)).Dispose();
        using var refused = await AnswerAsync(process);
        Assert.Contains("invalid_key", refused.RootElement.GetRawText(), StringComparison.Ordinal);
        process.Input.Close();
        var (_, error) = await process.EndAsync();
        Assert.DoesNotContain(Secret, refused.RootElement.GetRawText() + error, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(Path.Combine(folder.Path, "logs")), f => Assert.DoesNotContain(Secret, File.ReadAllText(f), StringComparison.Ordinal));
    }

    private static async Task SayAsync(Running process, params string[] lines)
    {
        foreach (var line in lines)
        {
            await process.Input.WriteLineAsync(line);
        }

        await process.Input.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<JsonDocument> AnswerAsync(Running process) => JsonDocument.Parse(await process.LineAsync("\"jsonrpc\""));
}
