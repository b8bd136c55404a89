using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>The two ways in: e-mail address and password, or a one-time link out of the terminal.</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpen("GET", "/login", ShowFormAsync);
        routes.MapOpen("POST", "/login", SignInAsync);
        routes.MapOpen("GET", "/login/{token}", ShowLinkAsync);
        routes.MapOpen("POST", "/login/{token}", UseLinkAsync);
        routes.MapForm("/sign-out", SignOutAsync, beforeWelcome: true);
    }

    private static async Task ShowFormAsync(HttpContext http, MultiMailNode node)
    {
        var wanted = ReturnUrl.Safe(http.Request.Query["return"]);
        var session = await node.People.SessionAsync(Cookies.ReadSession(http, node.Options.PublicUrl), http.RequestAborted);
        if (session is not null)
        {
            SendTo(http, wanted);
            return;
        }

        await ShowFormAsync(http, node, StatusCodes.Status200OK, new SignInModel(true, wanted, null, Failed: false));
    }

    private static async Task SignInAsync(HttpContext http, MultiMailNode node)
    {
        var form = await Forms.ReadAsync(http);
        var email = form.Typed("email");
        if (Wait(http, email) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(http, wait);
            return;
        }

        if (!IsOurForm(http, node, form))
        {
            await ProblemPages.FormExpiredAsync(http);
            return;
        }

        var wanted = ReturnUrl.Safe(form["return"]);
        if (await node.People.SignInByPasswordAsync(email, form["password"], http.RequestAborted) is not { } session)
        {
            await ShowFormAsync(http, node, StatusCodes.Status422UnprocessableEntity, new SignInModel(true, wanted, email, Failed: true));
            return;
        }

        Enter(http, node, session, wanted);
    }

    /// <summary>Only looks: programs that preview links come here too and must not use the link up.</summary>
    private static Task ShowLinkAsync(HttpContext http, MultiMailNode node) =>
        PageRenderer.WriteAsync<LinkPage>(http, StatusCodes.Status200OK, Parameters(http, node, "Sign in", new LinkModel(Token(http))));

    private static async Task UseLinkAsync(HttpContext http, MultiMailNode node)
    {
        if (Wait(http, email: null) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(http, wait);
            return;
        }

        if (!IsOurForm(http, node, await Forms.ReadAsync(http)))
        {
            await ProblemPages.FormExpiredAsync(http);
            return;
        }

        if (await node.People.SignInByLinkAsync(Token(http), http.RequestAborted) is not { } session)
        {
            await PageRenderer.WriteAsync<LinkPage>(http, StatusCodes.Status410Gone, Parameters(http, node, "Link used up", new LinkModel(null)));
            return;
        }

        Enter(http, node, session, ReturnUrl.Home);
    }

    private static async Task SignOutAsync(PageCall call, IFormCollection form)
    {
        await call.Node.People.SignOutAsync(call.Session.Token, call.Aborted);
        Cookies.DeleteSession(call.Http, call.Node.Options.PublicUrl);
        await call.SeeAsync("/login");
    }

    private static async Task ShowFormAsync(HttpContext http, MultiMailNode node, int status, SignInModel model)
    {
        var known = model with { AnySignedUp = await node.People.AnySignedUpAsync(http.RequestAborted) };
        await PageRenderer.WriteAsync<SignInPage>(http, status, Parameters(http, node, "Sign in", known));
    }

    private static Dictionary<string, object?> Parameters(HttpContext http, MultiMailNode node, string title, object model)
    {
        var csrf = CsrfTokens.For(Cookies.EnsureVisitor(http, node.Options.PublicUrl));
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return new(StringComparer.Ordinal) { ["Frame"] = new PageFrame(title, string.Empty, csrf, SignedIn: false, now), ["Model"] = model };
    }

    private static TimeSpan? Wait(HttpContext http, string? email) =>
        http.RequestServices.GetRequiredService<SignInLimiter>().Attempt(http.Connection.RemoteIpAddress?.ToString(), email);

    /// <summary>Double submit: whoever makes a browser sign in as somebody else lacks the secret in its cookie.</summary>
    private static bool IsOurForm(HttpContext http, MultiMailNode node, IFormCollection form) =>
        !SameSite.IsForeignPost(http.Request) &&
        Cookies.ReadVisitor(http, node.Options.PublicUrl) is { Length: > 0 } secret &&
        CsrfTokens.Matches(secret, form[CsrfTokens.Field]);

    private static string Token(HttpContext http) => http.Request.RouteValues["token"] as string ?? string.Empty;

    private static void Enter(HttpContext http, MultiMailNode node, SignedIn session, string wanted)
    {
        Cookies.WriteSession(http, node.Options.PublicUrl, session);
        SendTo(http, session.NeedsPassword ? "/welcome" : wanted);
    }

    private static void SendTo(HttpContext http, string path)
    {
        PageHeaders.Apply(http.Response);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
    }
}

/// <param name="AnySignedUp">Somebody has a password; otherwise the form leads nowhere and the page says what does.</param>
public sealed record SignInModel(bool AnySignedUp, string Return, string? Email, bool Failed);

/// <param name="Token">Null: the link was used or has expired.</param>
public sealed record LinkModel(string? Token);
