using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>How a mailbox's mail leaves this server.</summary>
/// <param name="HostedElsewhere">The relay is the mailbox's own provider: it signs DKIM, and bounces come to the address itself.</param>
internal sealed record MailRoute(RelayEndpoint Relay, bool HostedElsewhere);

/// <summary>Which relay carries a mailbox's mail to other servers.</summary>
internal sealed class MailRoutes(CoreContext core)
{
    /// <returns>Null when this mailbox's mail cannot leave the server.</returns>
    public ValueTask<MailRoute?> OfAsync(Mailbox mailbox, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var reachesOut = core.Options is { Relay: not null, Transport: not null } && !LocalDomain.Holds(mailbox.Address);
        return ValueTask.FromResult(reachesOut ? new MailRoute(core.Options.Relay!, HostedElsewhere: false) : null);
    }
}
