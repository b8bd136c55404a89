using MultiMail.Core.Messages;

namespace MultiMail.Web.Api;

/// <summary>Mail that has not left: drafts, changes, and what would become of it.</summary>
internal static class DraftRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("POST", "/v1/drafts", SaveAsync);
        routes.MapCall("POST", "/v1/drafts/{id}/send", SendAsync);
        routes.MapCall("PATCH", "/v1/emails/{id}", EditAsync);
        routes.MapCall("POST", "/v1/emails/preview", PreviewAsync);
        routes.MapCall("POST", "/v1/emails/{id}/preview", PreviewDraftAsync);
    }

    private static async Task SaveAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var draft = new DraftRequest(EmailRoutes.Submission(body) with { IdempotencyKey = call.IdempotencyKey(body) }, body.Text("in_reply_to"));
        body.Complete();
        var saved = await call.Node.Drafts.SaveAsync(call.Principal, draft, call.Aborted);
        await call.CreatedAsync($"/v1/emails/{saved.MessageId}", saved);
    }

    private static async Task SendAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var request = new SendDraftRequest
        {
            MessageId = call.Id,
            ExpectedVersion = body.Integer("expected_version"),
            SendAt = body.Text("send_at"),
            IdempotencyKey = call.IdempotencyKey(body),
        };
        body.Complete();
        await call.AcceptedAsync(await call.Node.Drafts.SendAsync(call.Principal, request, call.Aborted));
    }

    private static async Task EditAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var request = new EditRequest
        {
            MessageId = call.Id,
            ExpectedVersion = body.Integer("expected_version"),
            To = body.AddressesOrNull("to"),
            Cc = body.AddressesOrNull("cc"),
            Bcc = body.AddressesOrNull("bcc"),
            Subject = body.Text("subject"),
            Text = body.Text("text"),
            Html = body.Text("html"),
            Markdown = body.Text("markdown"),
            Attachments = body.ObjectsOrNull("attachments", EmailRoutes.Attachment),
            SendAt = body.Text("send_at"),
            Category = body.Text("category"),
            TransactionalBasis = body.Text("transactional_basis"),
        };
        body.Complete();
        await call.OkAsync(await call.Node.Drafts.EditAsync(call.Principal, request, call.Aborted));
    }

    private static async Task PreviewAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var submission = EmailRoutes.Submission(body);
        body.Complete();
        await call.OkAsync(await call.Node.Preview.OfAsync(call.Principal, submission, call.Aborted));
    }

    private static async Task PreviewDraftAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        body.Complete();
        await call.OkAsync(await call.Node.Preview.OfDraftAsync(call.Principal, call.Id, call.Aborted));
    }
}
