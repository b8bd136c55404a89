using Microsoft.Playwright;

namespace Interop.Dashboard;

/// <summary>Deciding, by mouse and by keyboard, and who may.</summary>
public sealed class DecisionTests(Browser browser)
{
    [Fact]
    public async Task A_rejection_reaches_the_agent_with_its_reason_and_nothing_is_sent()
    {
        await using var visit = await browser.VisitAsync();
        var id = await visit.Served.SubmitAsync(
            "Your order 4711: a new delivery date",
            "Dear Ms Roe,\n\nyour order 4711 leaves us on Thursday instead of Tuesday. \nWe are sorry for the wait and take 10 % off the bill.\n\nWould Friday between 9 and 12 suit you?\n",
            intent: "Tell the customer about the delay before she asks.");
        await visit.SignUpAsync();
        await visit.Page.GotoAsync($"/pending/{id}");
        await visit.PictureAsync("approval", whole: false);
        await visit.Page.GetByLabel("Reason").FillAsync("The price is wrong: <b>900</b>.");
        await visit.Button("Reject").ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("It will never be sent.");
        await Assertions.Expect(visit.Button("Approve and send")).ToHaveCountAsync(0);
        await visit.PictureAsync("11-rejected");

        var end = await visit.Served.EndOfAsync(id);
        Assert.Equal("rejected", end.GetProperty("status").GetString());
        Assert.Equal("The price is wrong: <b>900</b>.", end.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Two_messages_are_decided_without_touching_the_mouse()
    {
        await using var visit = await browser.VisitAsync();
        var older = await visit.Served.SubmitAsync("The older", "First.");
        var newer = await visit.Served.SubmitAsync("The newer", "Second.");
        await visit.SignUpAsync();
        var keyboard = visit.Page.Keyboard;

        await keyboard.PressAsync("j");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "The newer" })).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync($"**/pending/{newer}");
        await keyboard.PressAsync("a");

        // The key only goes to the button: nothing is decided by a letter typed too much.
        await Assertions.Expect(visit.Button("Approve and send")).ToBeFocusedAsync();
        await visit.PictureAsync("12-keyboard", whole: false);
        await keyboard.PressAsync("Enter");
        await visit.ReloadUntilAsync(visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Decision" }), "Delivered");

        await keyboard.PressAsync("u");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "The older" })).ToBeVisibleAsync();
        await keyboard.PressAsync("j");
        await keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync($"**/pending/{older}");
        await keyboard.PressAsync("r");
        await keyboard.TypeAsync("Not today: ask again.");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Button("Ask for changes")).ToBeFocusedAsync();
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("It will never be sent.");
        Assert.Equal("rejected", (await visit.Served.EndOfAsync(older)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task After_signing_out_only_the_password_opens_the_page_again()
    {
        await using var visit = await browser.VisitAsync();
        var id = await visit.Served.SubmitAsync("Offer 4711", "It costs 1,000.");
        await visit.SignUpAsync();
        await visit.Button("Sign out").ClickAsync();
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Sign in");

        // A page asked for while signed out is where the sign-in leads.
        await visit.Page.GotoAsync($"/pending/{id}");
        await visit.SignInByPasswordAsync("not the password at all");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        await visit.PictureAsync("13-wrong-password");
        await visit.SignInByPasswordAsync();
        await visit.Page.WaitForURLAsync($"**/pending/{id}");
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Offer 4711");
    }
}
