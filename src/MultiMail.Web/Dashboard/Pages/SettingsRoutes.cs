using MultiMail.Core.Mailboxes;
using MultiMail.Core.Pausing;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Where mail goes and comes from: relay, mailboxes elsewhere, own domains. Changing where mail goes asks for the password.</summary>
internal static class SettingsRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/settings", call => ShowAsync(call));
        routes.MapForm("/settings/pause", PauseAsync);
        routes.MapForm("/settings/resume", ResumeAsync);
        routes.MapForm("/settings/relay", SetRelayAsync);
        routes.MapForm("/settings/relay/remove", RemoveRelayAsync);
        routes.MapForm("/settings/relay/test", TestRelayAsync);
        routes.MapForm("/settings/mailboxes", LinkAsync);
        routes.MapForm("/settings/mailboxes/{id}/unlink", UnlinkAsync);
        routes.MapForm("/settings/mailboxes/{id}/test", TestLinkAsync);
        routes.MapForm("/settings/domains", AddDomainAsync);
        routes.MapForm("/settings/domains/{id}/check", CheckDomainAsync);
    }

    private static Task PauseAsync(PageCall call, IFormCollection form) => TellAsync(call, async () =>
    {
        await call.Node.Pauses.PauseAsync(call.Person, mailbox: null, form.Typed("reason"), call.Aborted);
        return ["Sending is paused. Nothing leaves until a person resumes it."];
    });

    private static Task ResumeAsync(PageCall call, IFormCollection form) => ChangeAsync(call, form, async () =>
    {
        var rest = await call.Node.Pauses.ResumeAsync(call.Person, mailbox: null, call.Aborted);
        return rest.Paused.Count == 0 ? "Sending goes on." : "Sending goes on, save from the mailboxes that are paused themselves.";
    });

    private static Task SetRelayAsync(PageCall call, IFormCollection form) => ChangeAsync(call, form, async () =>
    {
        await call.Node.Relay.SetAsync(call.Person, Whole(form, "url"), Checks(form), call.Aborted);
        return "The relay is set.";
    });

    private static Task RemoveRelayAsync(PageCall call, IFormCollection form) => ChangeAsync(call, form, async () =>
    {
        await call.Node.Relay.RemoveAsync(call.Person, call.Aborted);
        return "The stored relay is forgotten.";
    });

    private static Task TestRelayAsync(PageCall call, IFormCollection form) => TellAsync(call, async () =>
        await call.Node.Relay.TestAsync(call.Person, call.Aborted) is { } check ? [check.Detail] : ["There is no relay that could be tried."]);

    /// <summary>A mailbox that is there gets another link; one that is not is made, gated.</summary>
    private static Task LinkAsync(PageCall call, IFormCollection form) => ChangeAsync(call, form, async () =>
    {
        var address = form.Typed("address");
        var link = new LinkChange { SmtpUrl = Whole(form, "smtp_url"), ImapUrl = Whole(form, "imap_url"), Check = Checks(form) };
        if (link is { SmtpUrl: null, ImapUrl: null })
        {
            throw new RefusalException(ErrorCodes.InvalidParameter, "Neither a relay nor a source is given.", "Fill in at least one of the two servers.");
        }

        if (await IsThereAsync(call, address))
        {
            await call.Node.Links.SetAsync(call.Person, address, link, call.Aborted);
            return "The mailbox is linked anew.";
        }

        await call.Node.Mailboxes.CreateAsync(call.Person, new NewMailbox { Address = address, Link = link }, call.Aborted);
        return "The mailbox is made. Every mail that is sent from it waits for you.";
    });

    private static Task UnlinkAsync(PageCall call, IFormCollection form) => ChangeAsync(call, form, async () =>
    {
        await call.Node.Links.SetAsync(call.Person, call.Id, new LinkChange { SmtpUrl = string.Empty, ImapUrl = string.Empty }, call.Aborted);
        return "The mailbox's own relay and source are forgotten.";
    });

    private static Task TestLinkAsync(PageCall call, IFormCollection form) => TellAsync(call, async () =>
    {
        var test = await call.Node.Links.TestAsync(call.Person, call.Id, call.Aborted);
        return [Said("Relay", test.Relay), Said("Source", test.Source)];
    });

    private static Task AddDomainAsync(PageCall call, IFormCollection form) => TellAsync(call, async () =>
    {
        var added = await call.Node.Domains.AddAsync(call.Person, form.Typed("name"), call.Aborted);
        return [$"{added.Name} is registered. Publish its records, then look whether they are there."];
    });

    private static Task CheckDomainAsync(PageCall call, IFormCollection form) => TellAsync(
        call,
        async () =>
        {
            var looked = await call.Node.Domains.CheckAsync(call.Person, call.Id, call.Aborted);
            return [looked.State == "verified" ? $"{looked.Name} is verified." : $"{looked.Name} is not verified: its DKIM record was not seen."];
        });

    /// <summary>What changes where mail goes: the password first, as for a looser mode.</summary>
    private static async Task ChangeAsync(PageCall call, IFormCollection form, Func<Task<string>> change)
    {
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
        }
        else if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await ShowAsync(call, refused: StepUp.Wrong());
        }
        else
        {
            await TellAsync(call, async () => [await change()]);
        }
    }

    private static async Task TellAsync(PageCall call, Func<Task<IReadOnlyList<string>>> act)
    {
        try
        {
            await ShowAsync(call, await act());
        }
        catch (RefusalException refused)
        {
            await ShowAsync(call, refused: refused);
        }
    }

    private static async Task ShowAsync(PageCall call, IReadOnlyList<string>? told = null, RefusalException? refused = null)
    {
        var model = new SettingsModel(
            await call.Node.Relay.ShowAsync(call.Person, call.Aborted),
            await call.Node.Links.ListAsync(call.Person, call.Aborted),
            (await call.Node.Domains.ListAsync(call.Person, call.Aborted)).Domains,
            told ?? [],
            (await call.Node.Pauses.ListAsync(call.Person, call.Aborted)).Paused.FirstOrDefault(p => p.Mailbox is null));
        await call.ShowAsync<SettingsPage>("Settings", "settings", model, refused);
    }

    private static async Task<bool> IsThereAsync(PageCall call, string? address)
    {
        try
        {
            await call.Node.Mailboxes.GetAsync(call.Person, address, call.Aborted);
            return address is not null;
        }
        catch (RefusalException refused) when (refused.Code == ErrorCodes.NotFound)
        {
            return false;
        }
    }

    /// <summary>The URL as typed, with the password of the field beside it where it has none.</summary>
    private static string? Whole(IFormCollection form, string field)
    {
        var url = form.Typed(field);
        return EndpointText.LacksPassword(url) && form["secret"] is [{ Length: > 0 } secret] ? EndpointText.WithPassword(url!, secret) : url;
    }

    private static bool Checks(IFormCollection form) => form["no_check"].Count == 0;

    private static string Said(string what, CheckView? check) => check switch
    {
        null => $"{what}: none of its own.",
        { Works: true } => $"{what}: {check.Detail}",
        _ => $"{what}: {check.Detail} {check.Fix}",
    };
}

/// <param name="Told">What the act before led to.</param>
/// <param name="Paused">The pause of the whole account; null = it sends.</param>
public sealed record SettingsModel(
    RelayView Relay, IReadOnlyList<MailboxLinkView> Links, IReadOnlyList<DomainView> Domains, IReadOnlyList<string> Told, PauseView? Paused);
