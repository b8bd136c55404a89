using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Messages;

/// <summary>Which message of ours a report speaks of, for whoever reads the report.</summary>
internal sealed class ReportedMail(CoreContext core)
{
    /// <returns>Its public id; null when the report names none that this mailbox sent and that the reader may see.</returns>
    public async Task<string?> FindAsync(Principal principal, Message arrived, DeliveryReport report, CancellationToken cancellationToken)
    {
        // Some servers write local parts in lower case; ours are upper case after the prefix.
        var at = report.OriginalMessageId?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        foreach (var name in new[] { report.OriginalEnvelopeId, at > 0 ? report.OriginalMessageId![..at] : null }.OfType<string>())
        {
            var underscore = name.IndexOf('_', StringComparison.Ordinal);
            var text = underscore < 0 ? name : name[..underscore].ToLowerInvariant() + name[underscore..].ToUpperInvariant();
            if (core.Ids.TryParse<MessageId>(text, out var id) &&
                await core.Store.MessageAsync(principal.Account, id, cancellationToken).ConfigureAwait(false) is { Direction: Direction.Outbound } sent &&
                sent.Mailbox == arrived.Mailbox && sent.World == arrived.World && Visibility.Shows(principal, sent))
            {
                return core.Ids.Format(sent.Id);
            }
        }

        return null;
    }
}
