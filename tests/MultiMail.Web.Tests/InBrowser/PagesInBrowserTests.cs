using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace MultiMail.Web.Tests.InBrowser;

public sealed class PagesInBrowserTests(Chromium chromium)
{
    /// <summary>Where pictures of the pages go; none are taken without it.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MULTIMAIL_PICTURES");

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task No_page_has_an_accessibility_fault_or_breaks_its_policy(ColorScheme scheme, int width)
    {
        await using var visit = await Visit.BeginAsync(chromium, scheme: scheme, width: width);
        await CheckAsync(visit, "/", "empty", scheme, width);
        var rich = await Scene.SetAsync(visit.Web);
        var rejected = (await (await visit.Web.RestAsync("operator")).GetAsync("/v1/audit?action=approval.rejected")).Body.GetProperty("entries")[0].GetProperty("message_id").GetString();
        var request = await Scene.AskAsync(visit.Web);
        var mailbox = (await visit.Web.Node.Mailboxes.GetAsync(visit.Web.House.Person, Addresses.Agent, CancellationToken.None)).Id;
        await visit.Web.Node.Pauses.PauseAsync(visit.Web.House.Agent, mailbox, "The customers say that the prices in the last three mails were wrong.", CancellationToken.None);
        foreach (var (path, name) in new[]
        {
            ("/requests", "requests"), ($"/requests/{request}", "request"), ("/", "queue"), ($"/pending/{rich}", "review"), ($"/pending/{rejected}", "rejected"), ("/mail", "mail"), ($"/mail/{rich}", "message"),
            ("/mailboxes", "mailboxes"), ("/suppressions", "suppressions"), ("/audit", "audit"), ("/settings", "settings"), ("/nothing", "missing"),
            ($"/mailboxes/{mailbox}/evidence", "evidence"), ($"/mailboxes/{mailbox}/resume", "resume"),
        }.Where(p => (scheme == ColorScheme.Light && width > 1000) || p.Item2 is "queue" or "request" or "review" or "mailboxes" or "suppressions" or "audit" or "settings" or "evidence" or "resume"))
        {
            await CheckAsync(visit, path, name, scheme, width);
        }

        await visit.Page.GotoAsync("/mailboxes");
        await visit.Page.GetByLabel("Mode").First.SelectOptionAsync("autonomous");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change" }).First.ClickAsync();
        await CheckAsync(visit, null, "loosen", scheme, width);

        // Meant to happen, and told on the console: the page that is not there, and the mail's own style that its frame may not apply.
        Assert.All(visit.Complaints, c => Assert.Matches("404|^Applying inline style violates", c));
    }

    [Fact]
    public async Task The_way_in_has_no_fault_either()
    {
        await using var visit = await Visit.BeginAsync(chromium, signIn: false);
        await CheckAsync(visit, "/login", "login-empty", ColorScheme.Light, 1280);
        var token = await visit.Web.Node.People.LoginTokenAsync(visit.Web.House.Person, CancellationToken.None);
        await CheckAsync(visit, $"/login/{token}", "link", ColorScheme.Light, 1280);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/welcome");
        await CheckAsync(visit, null, "welcome", ColorScheme.Light, 1280);
        await visit.Page.GetByLabel("E-mail address").FillAsync(Person.Email);
        await visit.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Person.Password);
        await visit.Page.GetByLabel("The same password again").FillAsync(Person.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/profile");
        await CheckAsync(visit, null, "profile", ColorScheme.Light, 1280);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Not now: to the queue" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Let the agent submit a sample mail" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Hello from your agent" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();
        await visit.Page.GetByText("It is approved and leaves in a moment").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/login");
        await CheckAsync(visit, null, "login", ColorScheme.Light, 1280);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Keys_move_and_focus_but_only_a_pressed_button_approves()
    {
        await using var visit = await Visit.BeginAsync(chromium);
        var agent = await visit.Web.RestAsync("read,send");
        var first = (await agent.SendMailAsync("First", "1"))["message_id"];
        await agent.SendMailAsync("Second", "2");
        var page = visit.Page;
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("j");
        Assert.Equal("Second", await visit.FocusAsync());
        await page.Keyboard.PressAsync("j");
        Assert.Equal("First", await visit.FocusAsync());
        await page.Keyboard.PressAsync("k");
        Assert.Equal("Second", await visit.FocusAsync());
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/pending/{first}");

        await page.Keyboard.PressAsync("r");
        Assert.Equal("reason", await visit.FocusAsync());
        await page.Keyboard.TypeAsync("jakar");
        Assert.Equal("jakar", await page.GetByLabel("Reason").InputValueAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("a");
        Assert.Equal("Approve and send", await visit.FocusAsync());
        Assert.Equal("pending", (await agent.GetAsync($"/v1/emails/{first}/status"))["status"]);

        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("It is approved and leaves in a moment").WaitForAsync();
        Assert.Equal("queued", (await agent.GetAsync($"/v1/emails/{first}/status"))["status"]);
        await page.Keyboard.PressAsync("u");
        await page.WaitForURLAsync("**/");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_request_is_found_and_granted_by_keyboard()
    {
        await using var visit = await Visit.BeginAsync(chromium);
        var request = await Scene.AskAsync(visit.Web);
        var page = visit.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Requests (2)" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/requests");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/requests/{request}");
        await page.Keyboard.PressAsync("a");
        Assert.Equal("password", await visit.FocusAsync());
        await page.Keyboard.TypeAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("The change was made.").WaitForAsync();
        Assert.Equal("approved", (await visit.Web.Node.Requests.GetAsync(visit.Web.House.Person, request, CancellationToken.None)).Status);
        await page.Keyboard.PressAsync("u");
        await page.WaitForURLAsync("**/requests");
        await page.GetByText("1 request", new() { Exact = true }).WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Everything_works_without_script()
    {
        await using var visit = await Visit.BeginAsync(chromium, script: false);
        var agent = await visit.Web.RestAsync("read,send");
        var id = (await agent.SendMailAsync("No script", "x"))["message_id"];
        await visit.Page.GotoAsync("/");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "No script" }).ClickAsync();
        await visit.Page.GetByLabel("Reason").FillAsync("Please add the date.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for changes" }).ClickAsync();
        await visit.Page.GetByText("It went back to the agent").WaitForAsync();

        Assert.Equal("draft", (await agent.GetAsync($"/v1/emails/{id}/status"))["status"]);
    }

    [Fact]
    public async Task Hostile_mail_runs_nothing_and_loads_nothing()
    {
        await using var visit = await Visit.BeginAsync(chromium);
        var agent = await visit.Web.RestAsync("read,send");
        var requests = new List<string>();
        visit.Page.Request += (_, request) => requests.Add(request.Url);
        var id = (await agent.PostAsync("/v1/emails/send", new
        {
            from = Addresses.Agent, to = Addresses.Person, subject = "<script>document.title='owned'</script>", text = "<script>document.title='owned'</script>",
            html = "<p>hello</p><script>parent.document.title='owned'</script><img src='http://127.0.0.1:9/pixel.png' onerror=\"parent.document.title='owned'\">" +
                "<iframe src='http://127.0.0.1:9/frame'></iframe><link rel=stylesheet href='http://127.0.0.1:9/style.css'><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>" +
                "<form action='/sample' method=post><button>Approve and send</button></form>",
        })).Is(HttpStatusCode.Accepted)["message_id"];

        await visit.Page.GotoAsync($"/pending/{id}");
        await visit.Page.Locator("iframe").ScrollIntoViewIfNeededAsync();
        await visit.Page.FrameLocator("iframe").GetByText("hello").WaitForAsync();

        Assert.Equal("Review · MultiMail", await visit.Page.TitleAsync());
        Assert.DoesNotContain(requests, r => r.Contains(":9/", StringComparison.Ordinal));
        Assert.Equal(1, await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).CountAsync());
    }

    [Fact]
    public async Task A_link_in_another_sites_page_finds_the_signed_in_person()
    {
        await using var visit = await Visit.BeginAsync(chromium);
        var id = (await (await visit.Web.RestAsync("read,send")).SendMailAsync("From afar", "x"))["message_id"];
        var target = $"{visit.Web.Address.GetLeftPart(UriPartial.Authority)}/pending/{id}";
        await visit.Page.RouteAsync("http://elsewhere.example/", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<a href=\"{target}\">open</a>" }));
        await visit.Page.GotoAsync("http://elsewhere.example/");

        await visit.Page.GetByText("open").ClickAsync();

        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "From afar" }).WaitForAsync();
    }

    private static async Task CheckAsync(Visit visit, string? path, string name, ColorScheme scheme, int width)
    {
        if (path is not null)
        {
            await visit.Page.GotoAsync(path);
        }

        if (Pictures is not null)
        {
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{scheme}-{width}.png"), FullPage = true });
        }

        // A frame without script cannot run axe and would be waited for for ever; what counts here is its name.
        Assert.DoesNotContain("", await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('iframe')].map(f => { f.remove(); return f.title; })"));
        var found = await visit.Page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{name}: {string.Join("; ", found.Violations.Select(v => $"{v.Id} {string.Join(" ", v.Nodes.Select(n => n.Html))}"))}");
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{name} scrolls sideways");
    }
}
