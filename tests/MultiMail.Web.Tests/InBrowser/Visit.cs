using Microsoft.Playwright;

namespace MultiMail.Web.Tests.InBrowser;

/// <summary>A person at a real browser, signed in to a house. Whatever the browser complains about is kept.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(WebHouse web, IBrowserContext context, IPage page)
    {
        Web = web;
        _context = context;
        Page = page;
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.RequestFailed += (_, request) => _complaints.Add($"{request.Url}: {request.Failure}");
    }

    public WebHouse Web { get; }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visit> BeginAsync(Chromium chromium, bool script = true, ColorScheme scheme = ColorScheme.Light, int width = 1280, bool signIn = true)
    {
        var browser = await chromium.OpenAsync();
        var web = await WebHouse.OpenAsync();

        // The browser drops a cookie that has expired by its own clock.
        var now = TimeProvider.System.GetUtcNow();
        if (now > web.House.Clock.GetUtcNow())
        {
            web.House.Clock.SetUtcNow(now);
        }

        var context = await browser.NewContextAsync(new()
        {
            BaseURL = web.Address.ToString(), JavaScriptEnabled = script, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 },
        });
        var visit = new Visit(web, context, await context.NewPageAsync());
        if (signIn)
        {
            await web.Node.People.SetCredentialsAsync(web.House.Person, Person.Email, Person.Password, CancellationToken.None);
            await visit.Page.GotoAsync("/login");
            await visit.Page.GetByLabel("E-mail address").FillAsync(Person.Email);
            await visit.Page.GetByLabel("Password").FillAsync(Person.Password);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await visit.Page.WaitForURLAsync("**/");
        }

        return visit;
    }

    public async Task<string?> FocusAsync() => await Page.EvaluateAsync<string?>("document.activeElement.id || document.activeElement.textContent.trim()");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Web.DisposeAsync();
    }
}
