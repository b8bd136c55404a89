using MultiMail.Web.Dashboard.Pages;

namespace MultiMail.Web.Dashboard;

/// <summary>Every page, by subject.</summary>
internal static class DashboardRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        AssetRoutes.Map(routes);
        SignInRoutes.Map(routes);
        WelcomeRoutes.Map(routes);
        QueueRoutes.Map(routes);
        ReviewRoutes.Map(routes);
        RequestRoutes.Map(routes);
        EditRoutes.Map(routes);
        MailRoutes.Map(routes);
        MailboxRoutes.Map(routes);
        RuleRoutes.Map(routes);
        EvidenceRoutes.Map(routes);
        PauseRoutes.Map(routes);
        ContactRoutes.Map(routes);
        TemplateRoutes.Map(routes);
        AuditRoutes.Map(routes);
        SuppressionRoutes.Map(routes);
        PrivacyRoutes.Map(routes);
        SettingsRoutes.Map(routes);
        ProfileRoutes.Map(routes);
    }
}
