using System.Diagnostics;

namespace Scenarios.Processes;

public sealed class DemoTests
{
    [Fact]
    public async Task Every_step_of_the_demo_holds_within_a_minute_and_nothing_of_it_stays()
    {
        using var folder = new ScratchFolder();
        var watch = Stopwatch.StartNew();
        await using var process = Running.Start(folder.Path, environment: null, "demo");
        process.Input.Close();
        var told = await process.Output.ReadToEndAsync(TestContext.Current.CancellationToken);
        var (code, error) = await process.EndAsync();
        Assert.True(code == 0, $"{told}\n{error}");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Contains("Every step held.", told, StringComparison.Ordinal);
        Assert.Contains(": pending", told, StringComparison.Ordinal);
        Assert.Contains("status: delivered", told, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path), "the demo touched the user's own data folder");
    }
}
