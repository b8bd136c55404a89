using MultiMail.Core.Messages;

namespace MultiMail.Web.Dashboard.Pages;

/// <summary>A person changes what waits for a decision.</summary>
internal static class EditRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage("/pending/{id}/edit", ShowAsync);
        routes.MapForm("/pending/{id}/edit", ChangeAsync, message: true);
    }

    private static async Task ShowAsync(PageCall call)
    {
        var written = await call.Node.Drafts.AuthoredAsync(call.Person, call.Id, call.Aborted);
        if (written.Status != "pending")
        {
            await call.SeeAsync(Review(call));
            return;
        }

        await call.ShowAsync<EditPage>("Edit", "queue", EditModel.Of(written));
    }

    private static async Task ChangeAsync(PageCall call, IFormCollection form)
    {
        var typed = EditModel.Typed(call.Id ?? string.Empty, form);
        try
        {
            await call.Node.Drafts.EditPendingAsync(call.Person, new HumanEditRequest(call.Id, form.Typed("digest"), typed.Changes), call.Aborted);
        }
        catch (RefusalException refused) when (refused.Code != ErrorCodes.NotFound)
        {
            await call.ShowAsync<EditPage>("Edit", "queue", typed, refused);
            return;
        }

        await call.SeeAsync(Review(call));
    }

    private static string Review(PageCall call) => $"/pending/{Uri.EscapeDataString(call.Id ?? string.Empty)}";
}

/// <summary>What stands in the form: as the author wrote it, or as the person typed it before it was refused.</summary>
/// <param name="Text">Null where the message has no such body; then the form has no field for it.</param>
public sealed record EditModel(
    string MessageId, string? Digest, string To, string Cc, string Bcc, string Subject, string? Text, string? Html, string? Markdown, string SendAt)
{
    public static EditModel Of(AuthoredView w) => new(
        w.MessageId, w.Digest, Joined(w.To), Joined(w.Cc), Joined(w.Bcc), w.Subject,
        w is { Text: null, Html: null, Markdown: null } ? string.Empty : w.Text, w.Html, w.Markdown, w.SendAt ?? string.Empty);

    internal static EditModel Typed(string id, IFormCollection form) => new(
        id, form.Typed("digest"), form.Typed("to") ?? string.Empty, form.Typed("cc") ?? string.Empty, form.Typed("bcc") ?? string.Empty,
        form.Typed("subject") ?? string.Empty, form.Written("text"), form.Written("html"), form.Written("markdown"), form.Typed("send_at") ?? string.Empty);

    public EditRequest Changes => new()
    {
        MessageId = MessageId,
        To = List(To),
        Cc = List(Cc),
        Bcc = List(Bcc),
        Subject = Subject,
        Text = Text,
        Html = Html,
        Markdown = Markdown,
        SendAt = SendAt,
    };

    private static string Joined(IReadOnlyList<string> addresses) => string.Join(", ", addresses);

    private static IReadOnlyList<string> List(string typed) => typed.Length == 0 ? [] : [typed];
}
