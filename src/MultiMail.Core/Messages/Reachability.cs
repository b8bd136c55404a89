using MultiMail.Core.Node;
using MultiMail.Mail;
using System.Text;

namespace MultiMail.Core.Messages;

/// <summary>Whether a mailbox's mail can get to its recipients at all, told before anybody approves it.</summary>
internal static class Reachability
{
    public static async Task CheckAsync(
        CoreContext core, AccountId account, Mailbox? mailbox, IReadOnlyList<EnvelopeRecipient> envelope, Faults faults, CancellationToken cancellationToken)
    {
        var domains = await core.Store.DomainsAsync(account, cancellationToken).ConfigureAwait(false);
        var route = mailbox is null ? null : await core.Routes.OfAsync(mailbox, cancellationToken).ConfigureAwait(false);
        foreach (var (kind, address) in envelope)
        {
            var field = FieldOf(kind);
            if ((await core.Store.SuppressionsAsync(account, address.AddrSpec, string.Empty, 1, cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                faults.Add(ErrorCodes.Suppressed, field, $"{address.AddrSpec} is suppressed.");
            }

            if (await IsHereAsync(core, account, address, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            if (address.Domain == LocalDomain.Name || domains.Any(d => d.Name == address.Domain))
            {
                faults.Add(ErrorCodes.UnknownRecipient, field, $"There is no mailbox {address.AddrSpec} on this server.");
            }
            else if (!Ascii.IsValid(address.AddrSpec))
            {
                faults.Add(
                    ErrorCodes.InvalidAddress, field, $"{address.AddrSpec} has letters outside ASCII before the @, which this server does not send to.",
                    "Use an address of this recipient that is plain ASCII before the @.");
            }
            else if (route is null && mailbox is not null)
            {
                await AddNoWayOutAsync(core, mailbox, address, field, faults, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<bool> IsHereAsync(CoreContext core, AccountId account, MailboxAddress address, CancellationToken cancellationToken) =>
        await core.Store.MailboxByAddressAsync(account, address.AddrSpec, cancellationToken).ConfigureAwait(false) is { DeactivatedAt: null } target &&
        await core.Routes.OfAsync(target, cancellationToken).ConfigureAwait(false) is not { HostedElsewhere: true };

    private static async Task AddNoWayOutAsync(
        CoreContext core, Mailbox mailbox, MailboxAddress address, string field, Faults faults, CancellationToken cancellationToken)
    {
        var why = await core.Routes.TryWhyNotAsync(mailbox, cancellationToken).ConfigureAwait(false) ?? ErrorCodes.NoRelay;
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

    private static string FieldOf(RecipientKind kind) => kind switch
    {
        RecipientKind.To => "to",
        RecipientKind.Cc => "cc",
        _ => "bcc",
    };
}
