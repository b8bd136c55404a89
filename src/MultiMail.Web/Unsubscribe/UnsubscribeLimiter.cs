using MultiMail.Web.Hosting;

namespace MultiMail.Web.Unsubscribe;

/// <summary>
/// Calls of unsubscribe links. Nobody guesses a token; this only bounds the work. It is wide, because a mailbox provider sends the
/// clicks of all its users from few addresses.
/// </summary>
internal sealed class UnsubscribeLimiter(TimeProvider clock) : SiteLimiter(clock, PerWindow)
{
    public const int PerWindow = 600;
}
