using MultiMail.Core.Messages;

namespace MultiMail.Web.Api;

/// <summary>Write mail and follow what becomes of it.</summary>
internal static class EmailRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("POST", "/v1/emails/send", SendAsync);
        routes.MapCall("POST", "/v1/emails/tags", TagAsync);
        routes.MapCall("POST", "/v1/emails/{id}/reply", ReplyAsync);
        routes.MapCall("POST", "/v1/emails/{id}/cancel", CancelAsync);
        routes.MapCall("GET", "/v1/emails/{id}", ReadAsync);
        routes.MapCall("GET", "/v1/emails/{id}/status", StatusAsync);
    }

    private static async Task SendAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var submission = Submission(body) with { IdempotencyKey = call.IdempotencyKey(body) };
        body.Complete();
        await call.AcceptedAsync(await call.Node.Submissions.SendAsync(call.Principal, submission, call.Aborted));
    }

    /// <summary>Everything that makes a message, but not what makes a request.</summary>
    public static Submission Submission(JsonFields body) => new()
    {
        From = body.Text("from"),
        To = body.Addresses("to"),
        Cc = body.Addresses("cc"),
        Bcc = body.Addresses("bcc"),
        Subject = body.Text("subject"),
        Text = body.Text("text"),
        Html = body.Text("html"),
        Markdown = body.Text("markdown"),
        Attachments = Attachments(body),
        AgentId = body.Text("agent_id"),
        Category = body.Text("category"),
        TransactionalBasis = body.Text("transactional_basis"),
        Intent = body.Text("intent"),
        SendAt = body.Text("send_at"),
        TemplateId = body.Text("template_id"),
        Variables = body.Values("variables"),
    };

    private static async Task ReplyAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var reply = new Reply
        {
            MessageId = call.Id,
            Text = body.Text("text"),
            Html = body.Text("html"),
            Markdown = body.Text("markdown"),
            ReplyAll = body.Flag("reply_all") ?? false,
            Cc = body.Addresses("cc"),
            Bcc = body.Addresses("bcc"),
            Attachments = Attachments(body),
            IncludeQuote = body.Flag("include_quote") ?? false,
            SendAt = body.Text("send_at"),
            Intent = body.Text("intent"),
            IdempotencyKey = call.IdempotencyKey(body),
        };
        body.Complete();
        await call.AcceptedAsync(await call.Node.Submissions.ReplyAsync(call.Principal, reply, call.Aborted));
    }

    private static async Task CancelAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        body.Complete();
        await call.OkAsync(await call.Node.Submissions.CancelAsync(call.Principal, call.Id, call.Aborted));
    }

    private static async Task ReadAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new ReadRequest
        {
            MessageId = call.Id,
            Format = query.Text("format"),
            MaxChars = query.Integer("max_chars"),
            Offset = query.Integer("offset"),
            IncludeQuoted = query.Flag("include_quoted"),
        };
        query.Complete();
        await call.OkAsync(await call.Node.Inbox.ReadAsync(call.Principal, request, call.Aborted));
    }

    private static async Task StatusAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new StatusRequest
        {
            MessageIds = [call.Id!],
            WaitSeconds = query.Integer("wait_seconds"),
            Until = query.Text("until"),
        };
        query.Complete();
        var status = await call.Node.Submissions.StatusAsync(call.Principal, request, call.Aborted);
        await call.OkAsync(StatusBody.Of(status.Messages[0], status.TimedOut));
    }

    private static async Task TagAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var request = new TagRequest { MessageIds = body.Texts("message_ids"), Tags = body.Map("set"), Remove = body.Texts("remove") };
        body.Complete();
        await call.OkAsync(new TagResults(await call.Node.Inbox.TagAsync(call.Principal, request, call.Aborted)));
    }

    public static IReadOnlyList<SubmittedAttachment> Attachments(JsonFields body) => body.Objects("attachments", Attachment);

    public static SubmittedAttachment Attachment(JsonFields fields) =>
        new(fields.Text("filename"), fields.Text("content_type"), fields.Text("content_base64")) { AttachmentId = fields.Text("attachment_id") };
}
