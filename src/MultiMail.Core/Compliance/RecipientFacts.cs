using MultiMail.Core.Contacts;
using MultiMail.Core.Node;

namespace MultiMail.Core.Compliance;

/// <summary>What is known of the people behind a message's addresses, as far as its form goes. An address without a contact is a person who agreed to nothing.</summary>
/// <param name="MachinesOnly">Each is known, on a person's word, to be read by a machine.</param>
/// <param name="Consented">Each has agreed to advertising, on record.</param>
/// <param name="Language">The language that a single recipient reads; null = unknown.</param>
internal sealed record RecipientFacts(bool MachinesOnly, bool Consented, string? Language)
{
    public static async ValueTask<RecipientFacts> OfAsync(CoreContext core, AccountId account, IReadOnlyList<EnvelopeRecipient> envelope, CancellationToken cancellationToken)
    {
        var addresses = envelope.Select(r => r.Address.AddrSpec).ToList();
        var known = await core.Store.ContactsOfAsync(account, addresses, cancellationToken).ConfigureAwait(false);
        var contacts = addresses.Select(address => known.GetValueOrDefault(Suppressed.KeyOf(address))).ToList();
        return new RecipientFacts(
            contacts.TrueForAll(contact => contact is { Kind: ContactKind.Machine }),
            contacts.TrueForAll(contact => contact is { Consent: not null }),
            contacts is [var only] ? only?.Language : null);
    }
}
