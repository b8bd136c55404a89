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
        EditRoutes.Map(routes);
        MailRoutes.Map(routes);
        MailboxRoutes.Map(routes);
        AuditRoutes.Map(routes);
        SettingsRoutes.Map(routes);
    }
}
