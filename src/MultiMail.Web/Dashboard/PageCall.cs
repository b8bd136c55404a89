using Microsoft.AspNetCore.Components;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard;

/// <summary>One request of a signed-in person.</summary>
internal sealed record PageCall(HttpContext Http, MultiMailNode Node, SignedIn Session)
{
    public CancellationToken Aborted => Http.RequestAborted;

    public Principal Person => Session.Principal;

    public string? Id => Http.Request.RouteValues["id"] as string;

    public DateTimeOffset Now => Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    public string? Query(string name) => Http.Request.Query[name] is [{ Length: > 0 and <= 300 } value] ? value : null;

    /// <param name="refused">What the act before was refused for; its status is the page's.</param>
    public async Task ShowAsync<TPage>(string title, string section, object model, RefusalException? refused = null)
        where TPage : IComponent
    {
        var requests = await Node.Requests.CountPendingAsync(Person, Aborted);
        var frame = new PageFrame(title, section, CsrfTokens.For(Session.Token), SignedIn: true, Now) { Requests = requests, PersonId = Person.PublicId, Refused = refused };
        var status = refused is null ? StatusCodes.Status200OK : ErrorCatalog.Of(refused.Code).Status;
        await PageRenderer.WriteAsync<TPage>(Http, status, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Frame"] = frame, ["Model"] = model });
    }

    public Task SeeAsync(string path)
    {
        PageHeaders.Apply(Http.Response);
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
