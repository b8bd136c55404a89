using MultiMail.Web.Hosting;

namespace MultiMail.Web.WellKnown;

/// <summary>Questions about agents: names cannot be guessed through in bulk.</summary>
internal sealed class AgentLimiter(TimeProvider clock) : SiteLimiter(clock, PerWindow)
{
    public const int PerWindow = 30;
}
