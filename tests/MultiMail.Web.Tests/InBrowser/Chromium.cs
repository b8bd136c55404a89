using Microsoft.Playwright;
using MultiMail.Web.Tests.InBrowser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace MultiMail.Web.Tests.InBrowser;

/// <summary>One real browser for the whole assembly, started by the first test that needs it; without it those tests skip aloud.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    // Guarded by _gate.
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task<IBrowser> OpenAsync()
    {
        var program = Require.Program("chromium", "/usr/bin/chromium");
        Require.That(program is not null, "chromium", "Chromium is not installed.");
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = program,
                Headless = true,
                ChromiumSandbox = false,
                Args = ["--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }
}
