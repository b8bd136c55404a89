using MultiMail.Core.Evidence;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Oversight;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Who may send what: the mailboxes and their oversight modes.</summary>
internal static class MailboxRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/mailboxes", call => ShowAsync(call));
        routes.MapForm("/mailboxes/{id}/mode", ChangeAsync);
    }

    internal static async Task ShowAsync(PageCall call, RefusalException? refused = null)
    {
        var list = await call.Node.Mailboxes.ListAsync(call.Person, 50, call.Query("cursor"), call.Aborted);
        await call.ShowAsync<MailboxesPage>("Mailboxes", "mailboxes", list, refused);
    }

    /// <summary>A stricter mode holds at once; a looser one asks for the password first.</summary>
    private static async Task ChangeAsync(PageCall call, IFormCollection form)
    {
        var to = form.Typed("mode");
        try
        {
            var mailbox = await call.Node.Mailboxes.GetAsync(call.Person, call.Id, call.Aborted);
            if (Loosens(mailbox, to))
            {
                if (form["password"].Count == 0)
                {
                    await ConfirmAsync(call, mailbox, to!, null);
                    return;
                }

                if (StepUp.Wait(call) is { } wait)
                {
                    await ProblemPages.TooManySignInsAsync(call.Http, wait);
                    return;
                }

                if (!await StepUp.IsRightAsync(call, form["password"]))
                {
                    await ConfirmAsync(call, mailbox, to!, StepUp.Wrong());
                    return;
                }
            }

            // The version that was shown: what somebody else changed meanwhile is not overwritten unseen.
            var change = new MailboxChange { OversightMode = to, ExpectedVersion = int.TryParse(form["version"], out var v) ? v : mailbox.Version };
            await call.Node.Mailboxes.ChangeAsync(call.Person, mailbox.Id, change, call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await ShowAsync(call, refused);
            return;
        }

        await call.SeeAsync("/mailboxes");
    }

    private static async Task ConfirmAsync(PageCall call, MailboxView mailbox, string to, RefusalException? refused)
    {
        var evidence = await call.Node.Evidence.OfAsync(call.Person, mailbox.Id, call.Aborted);
        await call.ShowAsync<LoosenPage>(
            "Loosen a mailbox", "mailboxes", new LoosenModel(mailbox, to, evidence.Verdicts.FirstOrDefault(v => v.Mode == to)), refused);
    }

    private static bool Loosens(MailboxView mailbox, string? to) =>
        Modes.TryParse(mailbox.OversightMode, out var from) && Modes.TryParse(to, out var wanted) && ModeChange.Loosens(from, wanted);
}

/// <param name="Verdict">What its evidence says; null for a mode that needs none.</param>
public sealed record LoosenModel(MailboxView Mailbox, string To, PromotionVerdict? Verdict);
