using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Privacy;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>What is kept about one address, its end, and how long mailboxes keep their mail. What destroys asks for the password.</summary>
internal static class PrivacyRoutes
{
    private const string Path = "/privacy";

    // A file that somebody is given: readable, and interpreted by no browser.
    private static readonly ExportJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(Path, call => ShowAsync(call, new PrivacyModel(call.Query("address"), null)));
        routes.MapForm(Path + "/export", ExportAsync);
        routes.MapForm(Path + "/erase", EraseAsync);
        routes.MapPage("/mailboxes/{id}/retention", call => AskRetentionAsync(call));
        routes.MapForm("/mailboxes/{id}/retention", RetainAsync);
    }

    private static Task ShowAsync(PageCall call, PrivacyModel model, RefusalException? refused = null) =>
        call.ShowAsync<PrivacyPage>("One address", "suppressions", model, refused);

    private static async Task ExportAsync(PageCall call, IFormCollection form)
    {
        var address = form.Typed("address");
        AddressExport export;
        try
        {
            export = await call.Node.Privacy.ExportAsync(call.Person, address, call.Aborted);
        }
        catch (RefusalException refused)
        {
            await ShowAsync(call, new PrivacyModel(address, null), refused);
            return;
        }

        var response = call.Http.Response;
        response.ContentType = "application/json";
        response.Headers.ContentDisposition = "attachment; filename=\"export.json\"";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(export, Json.AddressExport), call.Aborted);
    }

    private static async Task EraseAsync(PageCall call, IFormCollection form)
    {
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
            return;
        }

        if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await ShowAsync(call, new PrivacyModel(null, null), StepUp.Wrong());
            return;
        }

        try
        {
            // It goes on when the browser is closed: what was begun is worth its end.
            var report = await call.Node.Privacy.EraseAsync(call.Person, form.Typed("address"), form.Typed("confirm"), null, CancellationToken.None);
            await ShowAsync(call, new PrivacyModel(null, report));
        }
        catch (RefusalException refused)
        {
            await ShowAsync(call, new PrivacyModel(null, null), refused);
        }
    }

    private static async Task AskRetentionAsync(PageCall call, RefusalException? refused = null) => await call.ShowAsync<RetentionPage>(
        "How long mail is kept", "mailboxes", await call.Node.Mailboxes.GetAsync(call.Person, call.Id, call.Aborted), refused);

    private static async Task RetainAsync(PageCall call, IFormCollection form)
    {
        if (StepUp.Wait(call) is { } wait)
        {
            await ProblemPages.TooManySignInsAsync(call.Http, wait);
            return;
        }

        if (!await StepUp.IsRightAsync(call, form["password"]))
        {
            await AskRetentionAsync(call, StepUp.Wrong());
            return;
        }

        try
        {
            var days = int.TryParse(form.Typed("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            await call.Node.Mailboxes.ChangeAsync(call.Person, call.Id, new MailboxChange { RetentionDays = days }, call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await AskRetentionAsync(call, refused);
            return;
        }

        await call.SeeAsync("/mailboxes");
    }
}

/// <param name="Report">What was erased just now.</param>
public sealed record PrivacyModel(string? Address, ErasureReport? Report);

[JsonSerializable(typeof(AddressExport))]
internal sealed partial class ExportJson : JsonSerializerContext;
