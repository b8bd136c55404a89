using MultiMail.Core.Mailboxes;
using MultiMail.Core.Pausing;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Stops a mailbox at once; lets it go on for whoever knows the password.</summary>
internal static class PauseRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapForm("/mailboxes/{id}/pause", PauseAsync);
        routes.MapPage("/mailboxes/{id}/resume", call => AskAsync(call));
        routes.MapForm("/mailboxes/{id}/resume", ResumeAsync);
    }

    private static async Task PauseAsync(PageCall call, IFormCollection form)
    {
        try
        {
            await call.Node.Pauses.PauseAsync(call.Person, call.Id, form.Typed("reason"), call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await MailboxRoutes.ShowAsync(call, refused);
            return;
        }

        await call.SeeAsync("/mailboxes");
    }

    private static async Task AskAsync(PageCall call, RefusalException? refused = null)
    {
        var mailbox = await call.Node.Mailboxes.GetAsync(call.Person, call.Id, call.Aborted);
        var pauses = await call.Node.Pauses.ListAsync(call.Person, call.Aborted);
        var pause = pauses.Paused.FirstOrDefault(p => p.MailboxId == mailbox.Id);
        await call.ShowAsync<ResumePage>("Resume sending", "mailboxes", new ResumeModel(mailbox, pause), refused);
    }

    private static async Task ResumeAsync(PageCall call, IFormCollection form)
    {
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
            return;
        }

        if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await AskAsync(call, StepUp.Wrong());
            return;
        }

        await call.Node.Pauses.ResumeAsync(call.Person, call.Id, call.Aborted);
        await call.SeeAsync("/mailboxes");
    }
}

/// <param name="Pause">Null = it is not paused.</param>
public sealed record ResumeModel(MailboxView Mailbox, PauseView? Pause);
