using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Who gets no more mail. Adding holds at once; lifting asks for the password, and for evidence where the recipient had spoken.</summary>
internal static class SuppressionRoutes
{
    private const string Path = "/suppressions";
    private const int LiftedShown = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(Path, call => ShowAsync(call));
        routes.MapForm(Path + "/add", AddAsync);
        routes.MapPage(Path + "/lift", call => AskAsync(call, call.Query("address"), null));
        routes.MapForm(Path + "/lift", LiftAsync);
    }

    private static async Task ShowAsync(PageCall call, RefusalException? refused = null)
    {
        var (search, reason) = (call.Query("address"), call.Query("reason"));
        var known = SuppressionReasons.Names.Contains(reason, StringComparer.Ordinal) ? reason : null;
        var list = await call.Node.Suppressions.ListAsync(
            call.Person, new SuppressionRequest { Search = search, Reason = known, Limit = 50, Cursor = call.Query("cursor") }, call.Aborted);
        var model = new SuppressionModel(
            list, search, known,
            await call.Node.Suppressions.LiftedAsync(call.Person, null, LiftedShown, call.Aborted),
            await call.Node.Reputation.ListAsync(call.Person, call.Aborted));
        await call.ShowAsync<SuppressionPage>("Suppressions", "suppressions", model, refused);
    }

    private static async Task AddAsync(PageCall call, IFormCollection form)
    {
        try
        {
            await call.Node.Suppressions.AddAsync(call.Person, form.Typed("address"), form.Typed("note"), call.Aborted);
        }
        catch (RefusalException refused)
        {
            await ShowAsync(call, refused);
            return;
        }

        await call.SeeAsync(Path);
    }

    /// <summary>Shows what stands against the address and what it takes to lift it.</summary>
    private static async Task AskAsync(PageCall call, string? address, RefusalException? refused)
    {
        var standing = address is null ? [] : (await call.Node.Suppressions.ListAsync(call.Person, new SuppressionRequest { Address = address }, call.Aborted)).Suppressions;
        if (standing.Count == 0)
        {
            throw RefusalException.NotFound("suppression");
        }

        await call.ShowAsync<LiftPage>("Lift a suppression", "suppressions", new LiftModel(address!, standing), refused);
    }

    private static async Task LiftAsync(PageCall call, IFormCollection form)
    {
        var address = form.Typed("address");
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
            return;
        }

        if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await AskAsync(call, address, StepUp.Wrong());
            return;
        }

        try
        {
            await call.Node.Suppressions.LiftAsync(call.Person, address, form.Typed("evidence"), call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await AskAsync(call, address, refused);
            return;
        }

        await call.SeeAsync(Path);
    }
}

/// <param name="Lifted">What was lifted last.</param>
/// <param name="Reputations">Of mailboxes whose mail went to other servers.</param>
public sealed record SuppressionModel(
    SuppressionList List, string? Search, string? Reason, IReadOnlyList<SuppressionLiftView> Lifted, IReadOnlyList<ReputationView> Reputations);

public sealed record LiftModel(string Address, IReadOnlyList<SuppressionView> Standing)
{
    public bool IsErased => Standing.Any(s => s.Reason == "erasure");

    public bool NeedsEvidence => Standing.Any(s => s.Reason is "unsubscribe" or "complaint");
}
