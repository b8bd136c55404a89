using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Inbound;

/// <summary>Finds out who sent a message that comes from outside. DNS trouble costs time, at most 20 s, and never a message.</summary>
internal sealed class SenderCheck(CoreContext core)
{
    private const string AuthservId = "multimail";
    private const int MaxDetails = 4_000;

    public async Task<MessageSource> RunAsync(byte[] raw, ReadMessage read, Provenance provenance, CancellationToken cancellationToken)
    {
        var source = new MessageSource(provenance.Origin, provenance.ReturnPath, null);
        if (provenance.Origin is MailOrigin.Local || core.Options.Dns is not { } dns)
        {
            return source;
        }

        var context = new AuthenticationContext(provenance.Client, provenance.Helo, provenance.ReturnPath);
        var found = await MailAuthenticator.EvaluateAsync(raw, context, dns, core.Clock, cancellationToken).ConfigureAwait(false);
        return source with { Authentication = Summary(found, read) };
    }

    private static SenderAuthentication Summary(MailAuthentication found, ReadMessage read)
    {
        var details = AuthenticationResultsField.Format(found, AuthservId);
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
