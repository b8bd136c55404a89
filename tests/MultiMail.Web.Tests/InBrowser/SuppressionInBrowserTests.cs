using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MultiMail.Core.Suppression;

namespace MultiMail.Web.Tests.InBrowser;

public sealed class SuppressionInBrowserTests(Chromium chromium)
{
    private const string Ann = "ann@example.net";

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MULTIMAIL_PICTURES");

    [Fact]
    public async Task A_recipient_unsubscribes_and_a_person_lifts_it_by_keyboard()
    {
        await using var visit = await Visit.BeginAsync(chromium);
        var page = visit.Page;
        var tokens = new UnsubscribeTokens(new SuppressionSecrets(visit.Web.Node.Options));
        await page.GotoAsync("/u/" + tokens.Make(new(visit.Web.House.Person.Account, UnsubscribeTokens.DefaultList, Ann)));
        await SeenAsync(visit, "unsubscribe");
        Assert.Equal("Unsubscribe", await visit.FocusAsync());
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("You are unsubscribed").WaitForAsync();
        await SeenAsync(visit, "unsubscribed");

        await page.GotoAsync("/suppressions");
        await SeenAsync(visit, "suppressed");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Lift what stands against {Ann}" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Send to this address again?").WaitForAsync();
        Assert.Equal("evidence", await visit.FocusAsync());
        await SeenAsync(visit, "lift");
        await page.Keyboard.TypeAsync("She asked for the newsletter again on the phone.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Nothing is suppressed.").WaitForAsync();
        await page.GetByText("She asked for the newsletter again on the phone.").WaitForAsync();
        await SeenAsync(visit, "lifted");
        Assert.Empty(visit.Complaints);
    }

    private static async Task SeenAsync(Visit visit, string name)
    {
        if (Pictures is not null)
        {
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png"), FullPage = true });
        }

        var found = await visit.Page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{name}: {string.Join("; ", found.Violations.Select(v => $"{v.Id} {string.Join(" ", v.Nodes.Select(n => n.Html))}"))}");
    }
}
