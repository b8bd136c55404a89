using MultiMail.Core.Evidence;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>What speaks for and against a looser mode, and the canaries that test the reviewers.</summary>
internal static class EvidenceRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/mailboxes/{id}/evidence", call => ShowAsync(call));
        routes.MapForm("/mailboxes/{id}/canary", SeedAsync);
    }

    private static async Task ShowAsync(PageCall call, string? told = null, NewCanary? typed = null, RefusalException? refused = null)
    {
        var evidence = await call.Node.Evidence.OfAsync(call.Person, call.Id, call.Aborted);
        await call.ShowAsync<EvidencePage>("Evidence", "mailboxes", new EvidenceModel(evidence, told, typed), refused);
    }

    private static async Task SeedAsync(PageCall call, IFormCollection form)
    {
        var wanted = new NewCanary(call.Id, form.Typed("to") is { } to ? [to] : [], form.Typed("subject"), form.Typed("text"));
        try
        {
            await call.Node.Canaries.SeedAsync(call.Person, wanted, call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await ShowAsync(call, typed: wanted, refused: refused);
            return;
        }

        await ShowAsync(call, "The canary waits in the queue. It will never be sent.");
    }
}

/// <param name="Told">What the act before led to.</param>
/// <param name="Typed">A canary that was refused.</param>
public sealed record EvidenceModel(EvidenceView Evidence, string? Told, NewCanary? Typed);
