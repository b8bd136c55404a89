using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard;

/// <summary>Marks an endpoint whose errors are pages, not problems.</summary>
internal sealed class PageEndpoint;

/// <summary>The two kinds of request a signed-in person makes: look at a page, send a form.</summary>
internal static class PageRouting
{
    private static readonly PageEndpoint Marker = new();

    public static void MapPage(this IEndpointRouteBuilder routes, string pattern, Func<PageCall, Task> show, bool beforeWelcome = false) =>
        routes.MapMethods(pattern, ["GET", "HEAD"], (RequestDelegate)(async http =>
        {
            if (await SignedInAsync(http, beforeWelcome) is { } call)
            {
                await show(call);
            }
        })).WithMetadata(Marker);

    /// <summary>Runs <paramref name="act"/> only for a form of ours in a session of theirs.</summary>
    /// <param name="message">A whole message is written in it.</param>
    public static void MapForm(
        this IEndpointRouteBuilder routes, string pattern, Func<PageCall, IFormCollection, Task> act, bool beforeWelcome = false, bool message = false) =>
        routes.MapPost(pattern, (RequestDelegate)(async http =>
        {
            if (await SignedInAsync(http, beforeWelcome) is not { } call)
            {
                return;
            }

            var form = await Forms.ReadAsync(http, message);
            if (SameSite.IsForeignPost(http.Request) || !CsrfTokens.Matches(call.Session.Token, form[CsrfTokens.Field]))
            {
                await ProblemPages.FormExpiredAsync(http);
                return;
            }

            await act(call, form);
        })).WithMetadata(Marker);

    /// <summary>A page or form that needs no session.</summary>
    public static void MapOpen(this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, MultiMailNode, Task> answer) =>
        routes.MapMethods(pattern, method == "GET" ? ["GET", "HEAD"] : [method], (RequestDelegate)(async http => await answer(http, await NodeAsync(http)))).WithMetadata(Marker);

    private static Task<MultiMailNode> NodeAsync(HttpContext http) =>
        http.RequestServices.GetRequiredService<NodeHandle>().GetAsync(http.RequestAborted);

    private static async Task<PageCall?> SignedInAsync(HttpContext http, bool beforeWelcome)
    {
        var node = await NodeAsync(http);
        var session = await node.People.SessionAsync(Cookies.ReadSession(http, node.Options.PublicUrl), http.RequestAborted);
        if (session is null)
        {
            await AskToSignInAsync(http);
            return null;
        }

        var call = new PageCall(http, node, session);
        if (session.NeedsPassword && !beforeWelcome)
        {
            await call.SeeAsync("/welcome");
            return null;
        }

        return call;
    }

    private static Task AskToSignInAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && SameSite.IsForeignLink(http.Request))
        {
            return ProblemPages.ComeInAsync(http);
        }

        PageHeaders.Apply(http.Response);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = ReturnUrl.SignInFor(http.Request);
        return Task.CompletedTask;
    }
}
