using MultiMail.Core.Policy;

namespace MultiMail.Web.Api;

/// <summary>Whom mailboxes may write to and get mail from, and what happens to mail for somebody.</summary>
internal static class RuleRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/access-rules", ListAsync);
        routes.MapCall("POST", "/v1/access-rules", AddAsync);
        routes.MapCall("DELETE", "/v1/access-rules/{id}", RemoveAsync);
        routes.MapCall("GET", "/v1/policy", PolicyAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new AccessRuleRequest
        {
            Mailbox = query.Text("mailbox"),
            Direction = query.Text("direction"),
            Type = query.Text("type"),
            Limit = query.Integer("limit"),
            Cursor = query.Text("cursor"),
        };
        query.Complete();
        await call.OkAsync(await call.Node.Rules.ListAsync(call.Principal, request, call.Aborted));
    }

    private static async Task AddAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var rule = new NewAccessRule
        {
            Mailbox = body.Text("mailbox"),
            Direction = body.Text("direction"),
            Type = body.Text("type"),
            Pattern = body.Text("pattern"),
            Note = body.Text("note"),
        };
        body.Complete();
        await AnswerAsync(call, await call.Node.Rules.AddAsync(call.Principal, rule, call.Aborted));
    }

    private static async Task RemoveAsync(ApiCall call)
    {
        call.Query.Complete();
        await AnswerAsync(call, await call.Node.Rules.RemoveAsync(call.Principal, call.Id, call.Aborted));
    }

    private static async Task PolicyAsync(ApiCall call)
    {
        var query = call.Query;
        var (mailbox, recipient) = (query.Text("mailbox"), query.Text("recipient"));
        query.Complete();
        await call.OkAsync(await call.Node.Policy.ReadAsync(call.Principal, mailbox, recipient, call.Aborted));
    }

    private static Task AnswerAsync(ApiCall call, RuleOutcome outcome)
    {
        switch (outcome)
        {
            case RuleSet(var rule):
                return call.CreatedAsync($"/v1/access-rules/{rule.Id}", rule);
            case RuleAsked(var request):
                return call.AcceptedAsync(request);
            default:
                call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
        }
    }
}
