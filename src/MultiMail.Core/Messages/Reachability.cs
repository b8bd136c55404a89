using MultiMail.Core.Node;
using System.Text;

namespace MultiMail.Core.Messages;

/// <summary>Whether a mailbox's mail can get to its recipients at all, told before anybody approves it.</summary>
internal static class Reachability
{
    /// <param name="category">What the message is sent as: who only unsubscribed still gets some mail.</param>
    /// <returns>Every recipient is a mailbox of the account on this server.</returns>
    public static async Task<bool> CheckAsync(
        CoreContext core, AccountId account, Mailbox? mailbox, IReadOnlyList<EnvelopeRecipient> envelope, string? category, Faults faults, CancellationToken cancellationToken)
    {
        var names = core.SuppressionSecrets.NamesOf(account, envelope.Select(r => r.Address.AddrSpec));
        var facts = await core.Store.AddressFactsAsync(account, names, cancellationToken).ConfigureAwait(false);
        var suppressed = facts.Suppressed.Where(s => s.Blocks(category)).ToLookup(s => Suppressed.KeyOf(s.Address), StringComparer.Ordinal);
        var outside = new List<EnvelopeRecipient>();
        var here = 0;
        foreach (var recipient in envelope)
        {
            var (field, address) = (FieldOf(recipient.Kind), recipient.Address.AddrSpec);
            if (core.SuppressionSecrets.NamesOf(account, address).Any(name => suppressed.Contains(Suppressed.KeyOf(name))))
            {
                faults.Add(ErrorCodes.Suppressed, field, $"{address} is suppressed.");
            }

            switch (await core.Places.OfAsync(address, facts, cancellationToken).ConfigureAwait(false))
            {
                case RecipientPlace.NoSuchMailbox:
                    faults.Add(ErrorCodes.UnknownRecipient, field, $"There is no mailbox {address} on this server.");
                    break;
                case RecipientPlace.Outside when !Ascii.IsValid(address):
                    faults.Add(
                        ErrorCodes.InvalidAddress, field, $"{address} has letters outside ASCII before the @, which this server does not send to.",
                        "Use an address of this recipient that is plain ASCII before the @.");
                    break;
                case RecipientPlace.Outside:
                    outside.Add(recipient);
                    break;
                case RecipientPlace.Here:
                    here++;
                    break;
            }
        }

        if (mailbox is not null && outside.Count > 0 && await core.Routes.WhyNotAsync(mailbox, cancellationToken).ConfigureAwait(false) is { } why)
        {
            outside.ForEach(recipient => AddNoWayOut(core, mailbox, recipient, why, faults));
        }

        return here > 0 && here == envelope.Count;
    }

    private static void AddNoWayOut(CoreContext core, Mailbox mailbox, EnvelopeRecipient recipient, string why, Faults faults)
    {
        var (field, address) = (FieldOf(recipient.Kind), recipient.Address);
        if (why == ErrorCodes.NoRelay && core.Options.Transport is not null && LocalDomain.Holds(mailbox.Address))
        {
            faults.Add(
                why, field, $"{address.AddrSpec} is outside this server, and {mailbox.Address} exists only on it: nobody outside could answer.",
                "Send from a mailbox at a domain of yours; a person makes one with `multimail domain add NAME` and `multimail mailbox create NAME@DOMAIN`.");
            return;
        }

        faults.Add(why, field, why == ErrorCodes.NoRelay
            ? $"{address.AddrSpec} is outside this server, and no relay is configured."
            : $"{address.AddrSpec} is outside this server, and the domain of {mailbox.Address} is not verified yet.");
    }

    public static string FieldOf(RecipientKind kind) => kind switch
    {
        RecipientKind.To => "to",
        RecipientKind.Cc => "cc",
        _ => "bcc",
    };
}
