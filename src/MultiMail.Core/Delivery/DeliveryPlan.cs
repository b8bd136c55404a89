using MultiMail.Core.Node;

namespace MultiMail.Core.Delivery;

/// <summary>Who is to be reached in this attempt, and how.</summary>
/// <param name="Local">Mailboxes of this server, and addresses of its domains that are none.</param>
/// <param name="Remote">Everybody else, in one transaction.</param>
/// <param name="Route">Null when there is no way out.</param>
internal sealed record DeliveryPlan(IReadOnlyList<Recipient> Local, IReadOnlyList<Recipient> Remote, MailRoute? Route)
{
    public bool IsEmpty => Local.Count == 0 && Remote.Count == 0;

    public IEnumerable<string> RemoteDomains => Remote.Select(r => AddrSpecs.DomainOf(r.Address)).Distinct(StringComparer.OrdinalIgnoreCase);

    public static async Task<DeliveryPlan> MakeAsync(CoreContext core, LoadedMessage load, CancellationToken cancellationToken)
    {
        var now = core.Clock.GetUtcNow();
        var due = load.Recipients.Where(r => Outcomes.IsOpen(r) && !(r.NextAt > now)).ToList();
        var facts = await core.Store.AddressFactsAsync(load.Message.Account, [.. due.Select(r => r.Address)], cancellationToken).ConfigureAwait(false);
        var (local, remote) = (new List<Recipient>(), new List<Recipient>());
        foreach (var recipient in due)
        {
            var place = await core.Places.OfAsync(recipient.Address, facts, cancellationToken).ConfigureAwait(false);
            (place is RecipientPlace.Outside ? remote : local).Add(recipient);
        }

        var route = remote.Count == 0 ? null : await core.Routes.OfAsync(load.Mailbox, cancellationToken).ConfigureAwait(false);
        return new DeliveryPlan(local, remote, route);
    }
}
