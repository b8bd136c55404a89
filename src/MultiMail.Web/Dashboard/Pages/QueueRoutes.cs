using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;
using MultiMail.Core.Pausing;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Home: what waits for this person, and what left without waiting.</summary>
internal static class QueueRoutes
{
    private const int MonitoredShown = 10;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/", call => ShowAsync(call));
        routes.MapForm("/sample", SampleAsync);
    }

    private static async Task ShowAsync(PageCall call, RefusalException? refused = null)
    {
        var cursor = call.Query("cursor");
        var pending = await call.Node.Pending.ListAsync(call.Person, new PendingRequest { Cursor = cursor, Limit = 50 }, call.Aborted);
        var monitored = cursor is null ? await call.Node.Pending.MonitoredAsync(call.Person, MonitoredShown, call.Aborted) : [];
        var paused = await call.Node.Pauses.ListAsync(call.Person, call.Aborted);
        await call.ShowAsync<QueuePage>("Queue", "queue", new QueueModel(pending, monitored, cursor is null, paused.Paused), refused);
    }

    /// <summary>The default agent submits a mail to the person's own mailbox, through the same gate as any other.</summary>
    private static async Task SampleAsync(PageCall call, IFormCollection form)
    {
        try
        {
            var here = await call.Node.Installation.InitialiseAsync(null, call.Aborted);
            var agent = await call.Node.Installation.LocalAgentAsync("dashboard", call.Aborted);
            await call.Node.Submissions.SendAsync(agent, Sample(here), call.Aborted);
        }
        catch (RefusalException refused)
        {
            await ShowAsync(call, refused);
            return;
        }

        await call.SeeAsync("/");
    }

    private static Submission Sample(InstallationView here) => new()
    {
        From = here.AgentMailbox,
        To = [here.PersonMailbox],
        Subject = "Hello from your agent",
        Text = "Hello,\n\nthis is the first mail from your agent. It has not left yet: it waits for you to read it and decide.\n\n" +
            "Approve it, and it arrives in your mailbox here. Reject it, and it never leaves.\n",
        Intent = "Show you how a mail waits for your decision.",
        Category = "conversational",
    };
}

/// <param name="First">The newest page, where the newcomer's words and the monitored mail belong.</param>
public sealed record QueueModel(PendingList Pending, IReadOnlyList<MessageSummary> Monitored, bool First, IReadOnlyList<PauseView> Paused);
