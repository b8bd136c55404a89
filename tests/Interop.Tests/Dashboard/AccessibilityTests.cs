using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Interop.Dashboard;

/// <summary>Every page in light and dark, judged by axe.</summary>
public sealed class AccessibilityTests(Browser browser)
{
    private const string Html = "<h1>Offer</h1><p>It stands until <strong>Friday</strong>, see <a href=\"https://example.com/offer\">the offer</a>.</p>";

    [Fact]
    public async Task No_page_has_a_violation()
    {
        await using var visit = await browser.VisitAsync();
        var page = visit.Page;
        var found = new List<string>();

        await LookAsync("/login");
        await LookAsync(await visit.SignInLinkAsync());
        await visit.Button("Sign in").ClickAsync();
        await page.WaitForURLAsync("**/welcome");
        await JudgeAsync("/welcome");
        await visit.SignUpAsync();
        await JudgeAsync("/ (empty)");

        var waits = await visit.Served.SubmitAsync("Offer 4711", "It stands until Friday.", Html);
        var rejected = await visit.Served.SubmitAsync("Offer 4712", "It stands until Friday.");
        var delivered = await visit.Served.SubmitAsync("Offer 4713", "It stands until Friday.");
        await visit.Served.Installation.TypeAsync("pending", "reject", rejected, "--reason", "wrong price");
        await visit.Served.Installation.TypeAsync("pending", "approve", delivered);
        await visit.Served.EndOfAsync(delivered);
        await LookAsync("/");
        await LookAsync($"/pending/{waits}", picture: "20-review-html");
        await LookAsync($"/pending/{rejected}");
        await LookAsync($"/pending/{delivered}");
        await LookAsync("/mail");
        await page.Locator("[data-row] a").First.ClickAsync();
        await page.WaitForURLAsync("**/mail/msg_*");
        await JudgeAsync("/mail/{id}");
        await LookAsync("/mailboxes", picture: "21-mailboxes");
        await page.Locator("select[name=mode]").First.SelectOptionAsync("monitored");
        await visit.Button("Change").First.ClickAsync();
        await page.GetByLabel("Your password").WaitForAsync();
        await JudgeAsync("/mailboxes/{id}/mode", "22-loosen");
        await LookAsync("/audit", picture: "23-audit");
        await LookAsync("/no-such-page", picture: "24-not-found");
        await visit.Button("Sign out").Or(page.GetByRole(AriaRole.Link, new() { Name = "Go to the queue" })).First.ClickAsync();

        Assert.Empty(found);

        async Task LookAsync(string url, string? picture = null)
        {
            await page.GotoAsync(url);
            await JudgeAsync(url, picture);
        }

        async Task JudgeAsync(string url, string? picture = null)
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var axe = await page.RunAxe();
                found.AddRange(axe.Violations.SelectMany(v => v.Nodes.Select(n => $"{url} {scheme}: {v.Id} {n.Html}")));
                if (picture is not null)
                {
                    await visit.PictureAsync($"{picture}-{scheme}");
                }
            }
        }
    }

    [Fact]
    public async Task The_page_fits_a_narrow_screen()
    {
        await using var visit = await browser.VisitAsync();
        var id = await visit.Served.SubmitAsync("A subject that goes on and on without an end in sight for anybody", "It stands until Friday.", Html);
        await visit.SignUpAsync();
        await visit.Page.SetViewportSizeAsync(360, 740);
        foreach (var url in new[] { "/", $"/pending/{id}", "/mail", "/mailboxes", "/audit" })
        {
            await visit.Page.GotoAsync(url);
            var wide = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= 360, $"{url} is {wide} px wide");
        }

        await visit.Page.GotoAsync($"/pending/{id}");
        await visit.PictureAsync("25-narrow");
    }
}
