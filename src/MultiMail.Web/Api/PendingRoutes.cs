using MultiMail.Core.Oversight;

namespace MultiMail.Web.Api;

/// <summary>What waits for a person, and decisions by keys that stand for one.</summary>
internal static class PendingRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/pending", ListAsync);
        routes.MapCall("GET", "/v1/pending/{id}", ReviewAsync);
        routes.MapCall("POST", "/v1/pending/{id}/approve", ApproveAsync);
        routes.MapCall("POST", "/v1/pending/{id}/reject", RejectAsync);
        routes.MapCall("POST", "/v1/pending/{id}/request-changes", RequestChangesAsync);
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new PendingRequest
        {
            Mailbox = query.Text("mailbox"),
            Kind = query.Text("kind"),
            OlderThan = query.Text("older_than"),
            Limit = query.Integer("limit"),
            Cursor = query.Text("cursor"),
        };
        query.Complete();
        await call.OkAsync(await call.Node.Pending.ListAsync(call.Principal, request, call.Aborted));
    }

    private static async Task ReviewAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(ReviewBody.Of(await call.Node.Pending.ReviewAsync(call.Principal, call.Id, call.Aborted)));
    }

    private static async Task ApproveAsync(ApiCall call) =>
        await call.OkAsync(await call.Node.Decisions.ApproveAsync(call.Principal, await RequestAsync(call, "note"), call.Aborted));

    private static async Task RejectAsync(ApiCall call) =>
        await call.OkAsync(await call.Node.Decisions.RejectAsync(call.Principal, await RequestAsync(call, "reason", withClass: true), call.Aborted));

    private static async Task RequestChangesAsync(ApiCall call) =>
        await call.OkAsync(await call.Node.Decisions.RequestChangesAsync(call.Principal, await RequestAsync(call, "reason"), call.Aborted));

    /// <param name="words">What the decider may say: a note on an approval, a reason for the others.</param>
    /// <param name="withClass">It may also say what was wrong, as a code.</param>
    private static async Task<DecisionRequest> RequestAsync(ApiCall call, string words, bool withClass = false)
    {
        var body = await call.BodyAsync();
        var request = new DecisionRequest(call.Id, body.Text("digest"), body.Text(words)) { ReasonClass = withClass ? body.Text("reason_class") : null };
        body.Complete();
        return request;
    }
}
