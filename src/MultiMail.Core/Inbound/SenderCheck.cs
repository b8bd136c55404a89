using MultiMail.Core.Node;
using MultiMail.Mail;
using System.Runtime.CompilerServices;

namespace MultiMail.Core.Inbound;

/// <summary>Finds out who sent a message that comes from outside. DNS trouble costs time, at most 20 s, and never a message.</summary>
internal sealed class SenderCheck(CoreContext core)
{
    private const int MaxDetails = 4_000;

    private readonly MailVerification _identity = new(core, new AgentDirectory(core));

    // One mail for many mailboxes is one array, and is checked once.
    private readonly ConditionalWeakTable<byte[], SenderAuthentication> _known = [];

    public async Task<MessageSource> RunAsync(AccountId account, byte[] raw, ReadMessage read, Provenance provenance, CancellationToken cancellationToken)
    {
        // Quarantined for its header: to take that apart, field by field, is what its sender may want.
        var source = new MessageSource(provenance.Origin, provenance.ReturnPath, null);
        if (InboundPolicy.HasHugeHeader(read.Shape))
        {
            return source;
        }

        source = source with { Identity = await _identity.OnArrivalAsync(account, raw, provenance.Recipient, cancellationToken).ConfigureAwait(false) };
        if (provenance.Origin is MailOrigin.Local || core.Options.Dns is not { } dns)
        {
            return source;
        }

        if (!_known.TryGetValue(raw, out var authentication))
        {
            var context = new AuthenticationContext(provenance.Client, provenance.Helo, provenance.ReturnPath);
            authentication = Summary(await MailAuthenticator.EvaluateAsync(raw, context, dns, core.Clock, cancellationToken).ConfigureAwait(false), read);
            _known.AddOrUpdate(raw, authentication);
        }

        return source with { Authentication = authentication };
    }

    private SenderAuthentication Summary(MailAuthentication found, ReadMessage read)
    {
        var details = AuthenticationResultsField.Format(found, core.Options.MailHost ?? LocalDomain.Name);
        // The verdict must be about the address that is shown.
        var shown = read.From?.Mailbox is not { } from || from.Domain == found.FromDomain;
        return new SenderAuthentication(
            found.Spf?.Result.Word() ?? AuthenticationView.Unknown,
            found.DkimResult.Word(),
            (shown ? found.Dmarc.Result : AuthResult.PermError).Word(),
            shown ? found.FromDomain : string.Empty,
            shown && found.Dmarc.Aligned,
            details.Length > MaxDetails ? details[..MaxDetails] : details);
    }
}
