namespace MultiMail.Web.Api;

/// <summary>Every REST route, by resource.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        EmailRoutes.Map(routes);
        DraftRoutes.Map(routes);
        InboxRoutes.Map(routes);
        MailboxRoutes.Map(routes);
        EvidenceRoutes.Map(routes);
        PauseRoutes.Map(routes);
        DomainRoutes.Map(routes);
        PendingRoutes.Map(routes);
        RequestRoutes.Map(routes);
        SuppressionRoutes.Map(routes);
        RuleRoutes.Map(routes);
        ContactRoutes.Map(routes);
        TemplateRoutes.Map(routes);
        ProfileRoutes.Map(routes);
        AccountRoutes.Map(routes);
        VerifyRoutes.Map(routes);
    }

    /// <summary>Authenticates, then runs <paramref name="answer"/>. What it throws becomes a problem in one place behind it.</summary>
    public static void MapCall(this IEndpointRouteBuilder routes, string method, string pattern, Func<ApiCall, Task> answer) =>
        routes.MapMethods(pattern, [method], (RequestDelegate)(async http => await answer(await ApiCall.OpenAsync(http))));
}
