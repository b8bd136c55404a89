using MultiMail.Core.Profile;

namespace MultiMail.Web.Api;

/// <summary>Who sends, and where people are notified.</summary>
internal static class ProfileRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/profile", ShowAsync);
        routes.MapCall("PATCH", "/v1/profile", SetAsync);
        routes.MapCall("PUT", "/v1/profile", SetAsync);
        routes.MapCall("GET", "/v1/profile/notices", NoticesAsync);
        routes.MapCall("POST", "/v1/profile/notices/test", TestAsync);
    }

    private static async Task NoticesAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Notices.StatusAsync(call.Principal, call.Aborted));
    }

    private static async Task TestAsync(ApiCall call)
    {
        (await call.BodyAsync()).Complete();
        await call.OkAsync(await call.Node.Notices.TestAsync(call.Principal, call.Aborted));
    }

    private static async Task ShowAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Profiles.ShowAsync(call.Principal, call.Aborted));
    }

    /// <summary>PUT is the same as PATCH: what is left out stays, because the notify address must not be lost by leaving it out.</summary>
    private static async Task SetAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var lines = body.Texts("address_lines");
        var change = new ProfileChange
        {
            Name = body.Text("name"),
            AddressLines = lines.Count == 0 ? null : lines,
            Country = body.Text("country"),
            Language = body.Text("language"),
            Notify = body.Text("notify"),
        };
        body.Complete();
        await call.OkAsync(await call.Node.Profiles.SetAsync(call.Principal, change, call.Aborted));
    }
}
