using MultiMail.Core.Requests;

namespace MultiMail.Web.Api;

/// <summary>Changes that loosen something: asked for, listed, decided.</summary>
internal static class RequestRoutes
{
    private delegate Task<RequestDecisionReceipt> Decide(Principal principal, string? id, string? digest, string? reason, CancellationToken cancellationToken);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCall("GET", "/v1/requests", ListAsync);
        routes.MapCall("POST", "/v1/requests", OpenAsync);
        routes.MapCall("GET", "/v1/requests/{id}", GetAsync);
        routes.MapCall("POST", "/v1/requests/{id}/approve", call => DecideAsync(call, call.Node.Requests.ApproveAsync));
        routes.MapCall("POST", "/v1/requests/{id}/reject", call => DecideAsync(call, call.Node.Requests.RejectAsync));
    }

    private static async Task ListAsync(ApiCall call)
    {
        var query = call.Query;
        var request = new RequestListRequest { Status = query.Text("status"), Limit = query.Integer("limit"), Cursor = query.Text("cursor") };
        query.Complete();
        await call.OkAsync(await call.Node.Requests.ListAsync(call.Principal, request, call.Aborted));
    }

    private static async Task GetAsync(ApiCall call)
    {
        call.Query.Complete();
        await call.OkAsync(await call.Node.Requests.GetAsync(call.Principal, call.Id, call.Aborted));
    }

    private static async Task OpenAsync(ApiCall call)
    {
        var body = await call.BodyAsync();
        var kind = body.Text("kind");
        var (words, key) = (body.Text("justification"), call.IdempotencyKey(body));
        await (kind switch
        {
            "mode" => ModeAsync(call, body, words, key),
            "suppression" => LiftAsync(call, body, words, key),
            _ => throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "kind", "kind is not one of mode, suppression.", "Set kind to mode or suppression.")]),
        });
    }

    private static async Task ModeAsync(ApiCall call, JsonFields body, string? words, string? key)
    {
        var (mailbox, target) = (body.Text("mailbox"), body.Text("target_mode"));
        body.Complete();
        await (await call.Node.Requests.RequestModeAsync(call.Principal, mailbox, target, words, call.Aborted, key) switch
        {
            ModeSet(var set) => call.OkAsync(set),
            ModeAsked(var asked) => call.AcceptedAsync(asked),
            var other => throw new InvalidOperationException($"{other.GetType().Name} is no answer to another mode."),
        });
    }

    private static async Task LiftAsync(ApiCall call, JsonFields body, string? words, string? key)
    {
        var (address, evidence) = (body.Text("address"), body.Text("evidence"));
        body.Complete();
        await call.AcceptedAsync(await call.Node.Requests.RequestLiftAsync(call.Principal, address, evidence, words, call.Aborted, key));
    }

    private static async Task DecideAsync(ApiCall call, Decide decide)
    {
        var body = await call.BodyAsync();
        var (digest, reason) = (body.Text("digest"), body.Text("reason"));
        body.Complete();
        await call.OkAsync(await decide(call.Principal, call.Id, digest, reason, call.Aborted));
    }
}
