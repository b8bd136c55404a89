using Microsoft.Playwright;

namespace Interop.Dashboard;

/// <summary>Mail made to deceive the person who decides, in a real browser.</summary>
public sealed class HostileMailTests(Browser browser)
{
    private const string Hostile = """
        <html><head><base href="https://evil.example/"><link rel="stylesheet" href="https://evil.example/s.css">
        <meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
        <style>@import url(https://evil.example/i.css); body{background:url(https://evil.example/bg.png)}
        .cover{position:fixed;top:0;left:0;width:100vw;height:100vh;z-index:99999;background:#fff}</style></head>
        <body onload="parent.document.title='owned'" background="https://evil.example/body.png">
        <p>Dear customer, the offer stands.</p>
        <script>fetch('https://evil.example/script');parent.document.title='owned'</script>
        <img src="https://evil.example/pixel.png" onerror="parent.document.title='owned'" alt="logo">
        <img srcset="https://evil.example/2x.png 2x"><video poster="https://evil.example/p.png" src="https://evil.example/v.mp4"></video>
        <svg><image href="https://evil.example/svg.png"/><script>parent.document.title='owned'</script></svg>
        <iframe src="https://evil.example/frame"></iframe><object data="https://evil.example/o"></object><embed src="https://evil.example/e">
        <form action="https://evil.example/form"><button>Approve and send</button></form>
        <div class="cover" style="position:fixed;top:0;left:0;width:5000px;height:5000px;z-index:99999;background:#ffffff">Nothing to decide here</div>
        <a href="javascript:parent.document.title='owned'">press</a> <a href="https://evil.example/login" target="_top">https://bank.example</a>
        </body></html>
        """;

    [Fact]
    public async Task Hostile_html_runs_nothing_loads_nothing_and_covers_nothing()
    {
        await using var visit = await browser.VisitAsync();
        var id = await visit.Served.SubmitAsync("<script>document.title='owned'</script> Offer", "Dear customer, the offer stands.", Hostile);
        await visit.SignUpAsync();
        var page = visit.Page;
        await page.GotoAsync($"/pending/{id}", new() { WaitUntil = WaitUntilState.Load });
        var frame = page.FrameLocator("iframe");
        await page.Locator("iframe").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(frame.GetByText("the offer stands")).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await visit.PictureAsync("14-hostile");

        Assert.Equal("Review · MultiMail", await page.TitleAsync());
        Assert.Empty(visit.RequestedElsewhere);
        Assert.Equal(string.Empty, await page.Locator("iframe").GetAttributeAsync("sandbox"));
        foreach (var gone in new[] { "script", "form", "button", "iframe", "object", "embed", "link", "meta[http-equiv=refresh]", "base", "[onload]", "[onerror]", "[src^='http']", "a[href^='javascript']" })
        {
            Assert.Equal(0, await frame.Locator(gone).CountAsync());
        }

        // A link that says one host and leads to another is named beside the message, outside of its reach.
        await Assertions.Expect(page.GetByText("text names another host")).ToBeVisibleAsync();

        // The click goes to our button: nothing of the mail lies over it.
        await visit.Button("Approve and send").ClickAsync();
        await visit.ReloadUntilAsync(page.GetByRole(AriaRole.Complementary, new() { Name = "Decision" }), "Delivered");
        Assert.Empty(visit.RequestedElsewhere);
    }

    [Fact]
    public async Task A_link_in_the_mail_leads_nowhere_from_the_page()
    {
        await using var visit = await browser.VisitAsync();
        var id = await visit.Served.SubmitAsync("Offer", "See https://evil.example/login", "<p><a href=\"https://evil.example/login\" target=\"_top\">the offer</a></p>");
        await visit.SignUpAsync();
        await visit.Page.GotoAsync($"/pending/{id}");
        await visit.Page.FrameLocator("iframe").GetByText("the offer").ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Offer");
        Assert.EndsWith($"/pending/{id}", visit.Page.Url, StringComparison.Ordinal);
        Assert.Single(visit.Page.Context.Pages);
        Assert.Empty(visit.RequestedElsewhere);
    }
}
