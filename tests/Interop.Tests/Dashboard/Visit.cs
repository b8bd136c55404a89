using Interop.Driving;
using Microsoft.Playwright;
using MultiMail.Testing;

namespace Interop.Dashboard;

/// <summary>A person at the page of a node. Whatever the page asks for elsewhere is noted.</summary>
internal sealed class Visit : IAsyncDisposable
{
    public const string Email = "ann@example.com";
    public const string Password = "four plain words here";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IBrowserContext _context;

    public Visit(Served served, IBrowserContext context, IPage page)
    {
        Served = served;
        _context = context;
        Page = page;
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(served.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                RequestedElsewhere.Add(request.Url);
            }
        };
    }

    public Served Served { get; }

    public IPage Page { get; }

    public List<string> RequestedElsewhere { get; } = [];

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The link that <c>operator login</c> prints.</summary>
    public async Task<string> SignInLinkAsync() => (await Served.Installation.TypeAsync("operator", "login")).Trim();

    /// <summary>The first sign-in: by the printed link, then e-mail address and password.</summary>
    public async Task SignUpAsync()
    {
        await Page.GotoAsync(await SignInLinkAsync());
        await Button("Sign in").ClickAsync();
        await Page.GetByLabel("E-mail address").FillAsync(Email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await Page.GetByLabel("The same password again").FillAsync(Password);
        await Button("Save and continue").ClickAsync();
        await Heading.GetByText("Sender profile").WaitForAsync(); // asked for once, and not needed for mail inside the server
        await Page.GotoAsync("/");
        await Heading.GetByText("Nothing waits for you").Or(Heading.GetByText("Waiting for you")).WaitForAsync();
    }

    public async Task SignInByPasswordAsync(string password = Password)
    {
        await Page.GetByLabel("E-mail address").FillAsync(Email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Button("Sign in").ClickAsync();
    }

    /// <summary>Loads the page again until it shows <paramref name="text"/>; nothing on it changes by itself.</summary>
    public async Task ReloadUntilAsync(ILocator place, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        while (!(await place.InnerTextAsync()).Contains(text, StringComparison.Ordinal))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Page.ReloadAsync();
        }
    }

    /// <summary>For people who want to see what the tests saw: artifacts/screenshots.</summary>
    public Task PictureAsync(string name, bool whole = true) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Repository.Root, "artifacts", "screenshots", name + ".png"), FullPage = whole,
    });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Served.DisposeAsync();
    }
}
