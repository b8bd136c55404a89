using Interop.Driving;
using Microsoft.Playwright;

namespace Interop.Dashboard;

/// <summary>What somebody does in the first minutes, as they would.</summary>
public sealed class NewcomerTests(Browser browser)
{
    [Fact]
    public async Task From_the_printed_link_to_the_first_delivered_mail()
    {
        await using var visit = await browser.VisitAsync();
        var page = visit.Page;
        await page.GotoAsync("/");
        await visit.PictureAsync("01-nobody-signed-up");
        await Assertions.Expect(page.GetByText("multimail operator login")).ToBeVisibleAsync();

        var link = await visit.SignInLinkAsync();
        await page.GotoAsync(link);
        await visit.PictureAsync("02-link");
        await visit.Button("Sign in").ClickAsync();
        await visit.PictureAsync("03-welcome");
        await page.GetByLabel("E-mail address").FillAsync(Visit.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Visit.Password);
        await page.GetByLabel("The same password again").FillAsync(Visit.Password);
        await visit.Button("Save and continue").ClickAsync();

        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Sender profile");
        await visit.PictureAsync("03-profile");
        await page.GetByRole(AriaRole.Link, new() { Name = "Not now: to the queue" }).ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Nothing waits for you");
        await visit.PictureAsync("04-empty-queue");
        await visit.Button("Let the agent submit a sample mail").ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Waiting for you");
        await visit.PictureAsync("05-queue");

        await page.GetByRole(AriaRole.Link, new() { Name = "Hello from your agent" }).ClickAsync();
        var message = page.GetByRole(AriaRole.Article);
        await Assertions.Expect(message).ToContainTextAsync(Installation.PersonAddress);
        await Assertions.Expect(message).ToContainTextAsync(Installation.AgentAddress);
        await Assertions.Expect(message.GetByRole(AriaRole.Group, new() { Name = "Text", Exact = true })).ToContainTextAsync("Approve it, and it arrives in your mailbox here.");
        var decision = page.GetByRole(AriaRole.Complementary, new() { Name = "Decision" });
        await Assertions.Expect(decision).ToContainTextAsync("sha256:");
        await visit.PictureAsync("06-review");

        await visit.Button("Approve and send").ClickAsync();
        await visit.PictureAsync("07-approved");
        await visit.ReloadUntilAsync(decision, "Delivered");
        await visit.PictureAsync("08-delivered");

        await page.GetByRole(AriaRole.Link, new() { Name = "Mail", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Installation.PersonAddress, Exact = true }).ClickAsync();
        await visit.PictureAsync("09-mail");
        await page.GetByRole(AriaRole.Link, new() { Name = "Hello from your agent" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("pre.body")).ToContainTextAsync("this is the first mail from your agent");
        await visit.PictureAsync("10-arrived");
        Assert.Empty(visit.RequestedElsewhere);

        // The link was good once.
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(link);
        await visit.Button("Sign in").ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("This link is used up");
    }

    [Fact]
    public async Task It_all_works_without_javascript()
    {
        await using var visit = await browser.VisitAsync(javaScript: false);
        await visit.SignUpAsync();
        await visit.Button("Let the agent submit a sample mail").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Hello from your agent" }).ClickAsync();
        await visit.Button("Approve and send").ClickAsync();
        await visit.ReloadUntilAsync(visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Decision" }), "Delivered");
    }
}
