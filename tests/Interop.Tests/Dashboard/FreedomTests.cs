using Microsoft.Playwright;

namespace Interop.Dashboard;

/// <summary>Stopping, and giving and taking freedom, without touching the mouse.</summary>
public sealed class FreedomTests(Browser browser)
{
    private const string Mailbox = "agent@multimail.localhost";

    [Fact]
    public async Task A_pause_is_resumed_by_keyboard_and_what_was_approved_leaves()
    {
        await using var visit = await browser.VisitAsync();
        var id = await visit.Served.SubmitAsync("Offer 4711", "It costs 1,000.");
        await visit.Served.Installation.TypeAsync("pause", "on", Mailbox, "--reason", "The prices are wrong.");
        await visit.SignUpAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The prices are wrong.");
        await visit.PictureAsync("20-paused");
        await visit.Served.Installation.TypeAsync("pending", "approve", id);

        await PressAsync(visit, visit.Page.GetByRole(AriaRole.Link, new() { Name = "Resume it" }));
        await visit.Page.WaitForURLAsync("**/resume");
        await Assertions.Expect(visit.Page.GetByLabel("Your password")).ToBeFocusedAsync();
        await visit.PictureAsync("21-resume");
        await visit.Page.Keyboard.TypeAsync("not the password at all");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        await visit.Page.Keyboard.TypeAsync(Visit.Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/mailboxes");
        await Assertions.Expect(visit.Button("Pause sending").First).ToBeVisibleAsync();
        Assert.Equal("delivered", (await visit.Served.EndOfAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_mailbox_is_promoted_by_keyboard_with_its_evidence_in_sight_and_put_back()
    {
        await using var visit = await browser.VisitAsync();
        var id = await visit.Served.SubmitAsync("Offer 4711", "It costs 1,000.");
        await visit.Served.Installation.TypeAsync("pending", "approve", id);
        await visit.SignUpAsync();
        await visit.Page.GotoAsync("/mailboxes");
        var card = visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Mailbox }).First;
        await ChooseAsync(visit, card, "monitored");
        await Assertions.Expect(visit.Heading).ToHaveTextAsync("Give this mailbox more freedom?");
        await Assertions.Expect(visit.Page.GetByText("1; needed: at least 100")).ToBeVisibleAsync();
        await visit.PictureAsync("22-promotion");
        await Assertions.Expect(visit.Page.GetByLabel("Your password")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync(Visit.Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/mailboxes");
        await Assertions.Expect(card.GetByLabel("Mode")).ToHaveValueAsync("monitored");

        await PressAsync(visit, card.GetByRole(AriaRole.Link, new() { Name = "How its mail was judged" }));
        await Assertions.Expect(visit.Heading).ToContainTextAsync("was judged");
        await visit.PictureAsync("23-evidence");
        await visit.Page.GotoAsync("/mailboxes");
        await ChooseAsync(visit, card, "gated_send");
        await Assertions.Expect(card.GetByLabel("Mode")).ToHaveValueAsync("gated_send");
    }

    private static async Task ChooseAsync(Visit visit, ILocator card, string mode)
    {
        var list = card.GetByLabel("Mode");
        await list.FocusAsync();
        while (await list.InputValueAsync() != mode)
        {
            await visit.Page.Keyboard.PressAsync(mode == "monitored" ? "ArrowDown" : "ArrowUp");
        }

        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = "Change" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task PressAsync(Visit visit, ILocator what)
    {
        await what.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
    }
}
