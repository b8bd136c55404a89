using MultiMail.Core.Node;
using System.Security.Cryptography;

namespace MultiMail.Core.Delivery;

/// <summary>Who is to be reached in this attempt, and how.</summary>
/// <param name="Local">Mailboxes of this server, and addresses of its domains that are none.</param>
/// <param name="Remote">Everybody else, in one transaction.</param>
/// <param name="Route">Null when there is no way out.</param>
internal sealed record DeliveryPlan(IReadOnlyList<Recipient> Local, IReadOnlyList<Recipient> Remote, MailRoute? Route)
{
    public bool IsEmpty => Local.Count == 0 && Remote.Count == 0;

    public IEnumerable<string> RemoteDomains => Remote.Select(r => DomainOf(r.Address)).Distinct(StringComparer.OrdinalIgnoreCase);

    public static async Task<DeliveryPlan> MakeAsync(CoreContext core, LoadedMessage load, CancellationToken cancellationToken)
    {
        var now = core.Clock.GetUtcNow();
        var due = load.Recipients.Where(r => Outcomes.IsOpen(r) && !(r.NextAt > now)).ToList();
        var domains = await core.Store.DomainsAsync(load.Message.Account, cancellationToken).ConfigureAwait(false);
        var (local, remote) = (new List<Recipient>(), new List<Recipient>());
        foreach (var recipient in due)
        {
            (await IsLocalAsync(core, load.Message.Account, recipient.Address, domains, cancellationToken).ConfigureAwait(false) ? local : remote).Add(recipient);
        }

        var route = remote.Count == 0 ? null : await RouteAsync(core, load.Mailbox, cancellationToken).ConfigureAwait(false);
        return new DeliveryPlan(local, remote, route);
    }

    private static async Task<MailRoute?> RouteAsync(CoreContext core, Mailbox mailbox, CancellationToken cancellationToken)
    {
        try
        {
            return await core.Routes.OfAsync(mailbox, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException)
        {
            return null; // a relay whose secret does not open is none
        }
    }

    private static async Task<bool> IsLocalAsync(CoreContext core, AccountId account, string address, IReadOnlyList<Domain> domains, CancellationToken cancellationToken)
    {
        var mailbox = await core.Store.MailboxByAddressAsync(account, address, cancellationToken).ConfigureAwait(false);
        if (mailbox is { DeactivatedAt: null })
        {
            return await core.Routes.OfAsync(mailbox, cancellationToken).ConfigureAwait(false) is not { HostedElsewhere: true };
        }

        // What is ours and not there is told so here: no relay is asked about our own domains.
        var domain = DomainOf(address);
        return LocalDomain.Holds(address) || domains.Any(d => string.Equals(d.Name, domain, StringComparison.OrdinalIgnoreCase));
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}
