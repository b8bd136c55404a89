using Interop.Dashboard;
using Interop.Driving;
using Microsoft.Playwright;
using MultiMail.Testing;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Interop.Dashboard;

/// <summary>One Chromium for all tests of the assembly, started by the first that needs it: a start is the dearest part.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string? Program = Require.Program("chromium", "/usr/bin/chromium");

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(LaunchAsync);

    /// <summary>A visitor with cookies of its own to a node of its own. Skips the running test aloud without Chromium.</summary>
    internal async Task<Visit> VisitAsync(bool javaScript = true)
    {
        Require.That(Program is not null, "chromium", "needs Debian's chromium (with fonts-dejavu-core)");
        var (_, browser) = await _started.Value;
        var served = await Served.StartAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = served.Address.ToString(), JavaScriptEnabled = javaScript, ViewportSize = new() { Width = 1280, Height = 900 },
        });
        context.SetDefaultTimeout(20_000);
        return new Visit(served, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            var (playwright, browser) = await _started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program, Headless = true, ChromiumSandbox = false, Args = ["--disable-dev-shm-usage", "--disable-gpu"],
        });
        return (playwright, browser);
    }
}
