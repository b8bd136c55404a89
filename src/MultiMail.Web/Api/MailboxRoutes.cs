using MultiMail.Core.Mailboxes;

namespace MultiMail.Web.Api;

/// <summary>Mailboxes and their oversight mode.</summary>
internal static class MailboxRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("POST", "/v1/mailboxes", CreateAsync);
        routes.MapCall("GET", "/v1/mailboxes", ListAsync);
        routes.MapCall("GET", "/v1/mailboxes/{id}", GetAsync);
        routes.MapCall("PATCH", "/v1/mailboxes/{id}", ChangeAsync);
        routes.MapCall("POST", "/v1/mailboxes/{id}/check", CheckAsync);
    }

    private static async Task CreateAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var mailbox = new NewMailbox
        {
            Address = body.Text("address"),
            DisplayName = body.Text("display_name"),
            OversightMode = body.Text("oversight_mode"),
            AgentId = body.Text("agent_id"),
            Link = Link(body),
            IdempotencyKey = call.IdempotencyKey(body),
        };
        body.Complete();
        await (await call.Node.Mailboxes.CreateAsync(call.Principal, mailbox, call.Aborted) switch
        {
            MailboxMade(var made) => call.CreatedAsync($"/v1/mailboxes/{made.Id}", made),
            MailboxAsked asked => call.AcceptedAsync(asked.Request),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no answer to a new mailbox."),
        });
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var (limit, cursor) = (query.Integer("limit"), query.Text("cursor"));
        query.Complete();
        await call.OkAsync(await call.Node.Mailboxes.ListAsync(call.Principal, limit, cursor, call.Aborted));
    }

    private static async Task GetAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Mailboxes.GetAsync(call.Principal, call.Id, call.Aborted));
    }

    private static async Task ChangeAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var change = new MailboxChange
        {
            OversightMode = body.Text("oversight_mode"),
            DisplayName = body.Text("display_name"),
            AgentId = body.Text("agent_id"),
            RetentionDays = body.Integer("retention_days"),
            ExpectedVersion = body.Integer("expected_version"),
            Link = Link(body),
        };
        body.Complete();
        await call.OkAsync(await call.Node.Mailboxes.ChangeAsync(call.Principal, call.Id, change, call.Aborted));
    }

    private static async Task CheckAsync(ApiCall call)
    {
        (await call.BodyAsync()).Complete();
        await call.OkAsync(await call.Node.Links.TestAsync(call.Principal, call.Id, call.Aborted));
    }

    /// <summary>Written, never returned.</summary>
    private static LinkChange? Link(JsonFields body)
    {
        var (smtp, imap, check) = (body.Text("smtp_url"), body.Text("imap_url"), body.Flag("check"));
        return smtp is null && imap is null ? null : new LinkChange { SmtpUrl = smtp, ImapUrl = imap, Check = check ?? true };
    }
}
