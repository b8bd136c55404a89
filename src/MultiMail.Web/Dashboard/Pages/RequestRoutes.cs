using MultiMail.Core.Requests;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>What agents ask for and only a person grants. Granting asks for the password again: it loosens something.</summary>
internal static class RequestRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/requests", ListAsync);
        routes.MapPage("/requests/{id}", call => ShowAsync(call));
        routes.MapForm("/requests/{id}/approve", ApproveAsync);
        routes.MapForm("/requests/{id}/reject", RejectAsync);
    }

    private static async Task ListAsync(PageCall call)
    {
        var status = call.Query("status") is "all" ? "all" : "pending";
        var list = await call.Node.Requests.ListAsync(call.Person, new RequestListRequest { Status = status, Limit = 50, Cursor = call.Query("cursor") }, call.Aborted);
        await call.ShowAsync<RequestsPage>("Requests", "requests", new RequestsModel(list, status == "all"));
    }

    private static async Task ShowAsync(PageCall call, RefusalException? refused = null, string? reason = null)
    {
        var request = await call.Node.Requests.GetAsync(call.Person, call.Id, call.Aborted);
        await call.ShowAsync<RequestPage>("Request", "requests", new RequestModel(request, call.Person.PublicId, reason), refused);
    }

    private static async Task ApproveAsync(PageCall call, IFormCollection form)
    {
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
        }
        else if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await ShowAsync(call, StepUp.Wrong());
        }
        else
        {
            await DecideAsync(call, form, reason: null, digest => call.Node.Requests.ApproveAsync(call.Person, call.Id, digest, null, call.Aborted));
        }
    }

    private static Task RejectAsync(PageCall call, IFormCollection form)
    {
        var reason = form.Typed("reason");
        return DecideAsync(call, form, reason, digest => call.Node.Requests.RejectAsync(call.Person, call.Id, digest, reason, call.Aborted));
    }

    private static async Task DecideAsync(PageCall call, IFormCollection form, string? reason, Func<string?, Task> decide)
    {
        try
        {
            await decide(form.Typed("digest"));
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await ShowAsync(call, refused, reason);
            return;
        }

        await call.SeeAsync($"/requests/{Uri.EscapeDataString(call.Id ?? string.Empty)}");
    }
}

/// <param name="All">Decided ones too.</param>
public sealed record RequestsModel(RequestList List, bool All);

/// <param name="Reason">What the person typed before the act was refused.</param>
public sealed record RequestModel(RequestView Request, string PersonId, string? Reason)
{
    public bool Waits => Request.Status == "pending";

    /// <summary>This person has approved it and another one is still needed.</summary>
    public bool WaitsForAnother => Waits && Request.Decisions.Any(d => d.DecidedBy == PersonId && d.Decision == "approve");
}
