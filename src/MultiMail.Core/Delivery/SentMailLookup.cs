using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>Finds the message of ours that an arrival speaks of, by our own ids alone.</summary>
internal sealed class SentMailLookup(CoreContext core)
{
    /// <param name="recipient">The envelope's recipient as heard, which may be a return path of ours.</param>
    /// <returns>With whether the envelope named it, which a mere reader of the message does not write.</returns>
    public async ValueTask<(Message? Sent, bool ByEnvelope)> OfReportAsync(IWriteUnit unit, Mailbox mailbox, DeliveryReport report, string? recipient)
    {
        if (recipient is not null && BounceAddress.TryParse(recipient, out _, out var token) &&
            await FindAsync(unit, mailbox, token).ConfigureAwait(false) is { } byToken)
        {
            return (byToken, true);
        }

        if (report.OriginalEnvelopeId is { } envelope && await FindAsync(unit, mailbox, envelope).ConfigureAwait(false) is { } byEnvelope)
        {
            return (byEnvelope, true);
        }

        return (await OfFieldAsync(unit, mailbox, report.OriginalMessageId).ConfigureAwait(false), false);
    }

    /// <summary>The message that an arrival answers, or is.</summary>
    public async ValueTask<Message?> NamedAsync(IWriteUnit unit, Mailbox mailbox, ArrivalNews news)
    {
        // A copy that this server put there itself says nothing about a relay.
        if (news.Provenance.Origin is not MailOrigin.Local && await OfFieldAsync(unit, mailbox, news.OwnField).ConfigureAwait(false) is { } returned)
        {
            return returned;
        }

        foreach (var field in news.Named)
        {
            if (await OfFieldAsync(unit, mailbox, field).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async ValueTask<Message?> OfFieldAsync(IWriteUnit unit, Mailbox mailbox, string? field)
    {
        var at = field?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        return at > 0 && await FindAsync(unit, mailbox, field![..at]).ConfigureAwait(false) is { } found && found.MessageIdField == field ? found : null;
    }

    private async ValueTask<Message?> FindAsync(IWriteUnit unit, Mailbox mailbox, string id)
    {
        // Some servers write local parts in lower case; ours are upper case after the prefix.
        var underscore = id.IndexOf('_', StringComparison.Ordinal);
        var text = underscore < 0 ? id : id[..underscore].ToLowerInvariant() + id[underscore..].ToUpperInvariant();
        if (!core.Ids.TryParse<MessageId>(text, out var message))
        {
            return null;
        }

        var found = await unit.FindMessageAsync(mailbox.Account, message).ConfigureAwait(false);
        return found is { Direction: Direction.Outbound, World: World.Live } && found.Mailbox == mailbox.Id &&
            found.State is MessageState.Sending or MessageState.Delivered or MessageState.Bounced ? found : null;
    }
}
