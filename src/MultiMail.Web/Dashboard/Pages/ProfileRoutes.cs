using MultiMail.Core.Notices;
using MultiMail.Core.Profile;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>Who sends, and where people are notified. The password is asked for again: it is what recipients are told, and who is told what waits.</summary>
internal static class ProfileRoutes
{
    private const string Done = "done";
    private const string Tested = "tested";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/profile", call => ShowAsync(call, null, null));
        routes.MapForm("/profile", SetAsync);
        routes.MapForm("/profile/notify-test", TestAsync);
    }

    private static async Task SetAsync(PageCall call, IFormCollection form)
    {
        var change = Change(form);
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
        }
        else if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await ShowAsync(call, change, StepUp.Wrong());
        }
        else
        {
            await KeepAsync(call, change);
        }
    }

    /// <summary>Changes nothing, so no password is asked for.</summary>
    private static async Task TestAsync(PageCall call, IFormCollection form)
    {
        try
        {
            await call.SeeAsync($"/profile?{Tested}={(await call.Node.Notices.TestAsync(call.Person, call.Aborted)).Result}");
        }
        catch (RefusalException refused)
        {
            await ShowAsync(call, null, refused);
        }
    }

    private static async Task KeepAsync(PageCall call, ProfileChange change)
    {
        try
        {
            await call.Node.Profiles.SetAsync(call.Person, change, call.Aborted);
        }
        catch (RefusalException refused)
        {
            await ShowAsync(call, change, refused);
            return;
        }

        await call.SeeAsync($"/profile?{Done}=1");
    }

    private static ProfileChange Change(IFormCollection form) => new()
    {
        Name = form.Typed("name"),
        AddressLines = form.Typed("address") is { } address ? ProfileAddress.Lines(address) : null,
        Country = form.Typed("country"),
        Language = form.Typed("language"),
        Notify = form.Typed("notify"),
    };

    /// <param name="typed">What was refused: it is shown again, not lost.</param>
    private static async Task ShowAsync(PageCall call, ProfileChange? typed, RefusalException? refused)
    {
        var stands = await call.Node.Profiles.ShowAsync(call.Person, call.Aborted);
        var model = new ProfileModel(
            stands,
            typed?.Name ?? stands.Name,
            string.Join('\n', typed?.AddressLines ?? stands.AddressLines),
            typed?.Country ?? stands.Country,
            typed?.Language ?? stands.Language ?? ProfileLanguages.English,
            typed?.Notify ?? stands.NotifyPending ?? stands.Notify,
            WasSet: call.Query(Done) is not null && refused is null)
        {
            Notices = await call.Node.Notices.StatusAsync(call.Person, call.Aborted),
            Tested = refused is null ? call.Query(Tested) : null,
        };
        await call.ShowAsync<ProfilePage>("Sender profile", "profile", model, refused);
    }
}

/// <param name="Address">One line below the other.</param>
/// <param name="WasSet">The act before set it.</param>
public sealed record ProfileModel(ProfileView Stands, string? Name, string Address, string? Country, string Language, string? Notify, bool WasSet)
{
    public required NoticeStatus Notices { get; init; }

    /// <summary>What became of the test notice that was just asked for: a result of <see cref="NoticeTest"/>.</summary>
    public string? Tested { get; init; }
}
