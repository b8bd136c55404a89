using Microsoft.AspNetCore.Server.Kestrel.Core;
using MultiMail.Web.Api;
using MultiMail.Web.Dashboard;
using MultiMail.Web.Dashboard.Security;
using MultiMail.Web.Hosting;
using MultiMail.Web.Problems;
using MultiMail.Web.Unsubscribe;
using MultiMail.Web.WellKnown;

namespace MultiMail.Web;

/// <summary>REST at <c>/v1</c>, the person's pages at <c>/</c> and <c>/health</c>, in any ASP.NET Core host.</summary>
public static class MultiMailWeb
{
    /// <summary>The host also registers a <see cref="NodeHandle"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddMultiMailWeb(this IServiceCollection services) =>
        services
            .Configure<KestrelServerOptions>(Limits.Apply)
            .AddSingleton<SignInLimiter>()
            .AddSingleton<AgentLimiter>()
            .AddSingleton<UnsubscribeLimiter>();

    /// <summary>
    /// Stands before every endpoint of the listener, those of other edges included: a request id on each response, refusals and
    /// faults as problems, and no Host but the allowed ones (a page elsewhere cannot reach us by rebinding its own name).
    /// </summary>
    /// <param name="allowedHosts">Host names, or <c>host:port</c> to allow that port only. Asked per request: the port may be known late.</param>
    public static void UseMultiMailWebGuards(this WebApplication app, Func<IReadOnlyCollection<string>> allowedHosts)
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<HostGuard>(allowedHosts);
    }

    public static void MapMultiMailWeb(this WebApplication app)
    {
        HealthRoutes.Map(app);
        WellKnownRoutes.Map(app);
        UnsubscribeRoutes.Map(app);
        ApiRoutes.Map(app);
        DashboardRoutes.Map(app);
    }

    /// <summary>
    /// How <c>/health</c> names a store: the first 8 bytes of SHA-256 of its key, as 16 hex digits. Tells nodes of the same data
    /// apart from others and says nothing about the key.
    /// </summary>
    public static string StoreName(ReadOnlyMemory<byte> storeKey) => HealthRoutes.StoreName(storeKey.Span);
}
