using MultiMail.Web.Problems;

namespace MultiMail.Web.Hosting;

/// <summary>
/// Answers only under the names it was given: a web page that rebinds its own name to our address sends its own Host.
/// The two probes are free, since an orchestrator asks by address and they say nothing.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, Func<IReadOnlyCollection<string>> allowedHosts)
{
    public Task InvokeAsync(HttpContext http) =>
        IsAllowed(http.Request.Host) || IsProbe(http.Request.Path)
            ? next(http)
            : Problem.WithoutCode(http, StatusCodes.Status403Forbidden, "Forbidden", "This host name is not served here.").WriteAsync(http);

    private static bool IsProbe(PathString path) => path == "/health/live" || path == "/health/ready";

    private bool IsAllowed(HostString host)
    {
        if (!host.HasValue)
        {
            return false;
        }

        foreach (var allowed in allowedHosts())
        {
            if (string.Equals(allowed, host.Host, StringComparison.OrdinalIgnoreCase) ||
                string.Equals(allowed, host.Value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
