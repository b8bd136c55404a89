namespace MultiMail.Web.Dashboard.Pages;

/// <summary>The first sign-in: the person gives the e-mail address and password that later sign-ins ask for.</summary>
internal static class WelcomeRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/welcome", ShowAsync, beforeWelcome: true);
        routes.MapForm("/welcome", SetAsync, beforeWelcome: true);
    }

    private static Task ShowAsync(PageCall call) =>
        call.Session.NeedsPassword ? call.ShowAsync<WelcomePage>("Welcome", string.Empty, new WelcomeModel(null)) : call.SeeAsync("/");

    private static async Task SetAsync(PageCall call, IFormCollection form)
    {
        // Only at the first sign-in: a browser left open is not enough to take the account over.
        if (!call.Session.NeedsPassword)
        {
            await call.SeeAsync("/");
            return;
        }

        var email = form.Typed("email");
        try
        {
            RequireSame(form["password"], form["repeat"]);
            await call.Node.People.SetCredentialsAsync(call.Person, email, form["password"], call.Aborted, call.Session.Token);
        }
        catch (RefusalException refused)
        {
            await call.ShowAsync<WelcomePage>("Welcome", string.Empty, new WelcomeModel(email), refused);
            return;
        }

        // Asked for once, and skipped with one link: mail within this server needs no profile.
        var profile = await call.Node.Profiles.ShowAsync(call.Person, call.Aborted);
        await call.SeeAsync(profile.Complete ? "/" : "/profile");
    }

    private static void RequireSame(string? password, string? again)
    {
        if (!string.Equals(password, again, StringComparison.Ordinal))
        {
            throw new RefusalException(ErrorCodes.InvalidParameter, "The two passwords differ.", "Type the same password twice.");
        }
    }
}

public sealed record WelcomeModel(string? Email);
