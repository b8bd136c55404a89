using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>
/// Reads arrivals for what they say about mail of ours: bounces, complaints, and signs that a message whose answer was lost did
/// arrive. Only what names one of our ids counts: they cannot be guessed, so nobody speaks of a message who was not near it.
/// </summary>
internal sealed class NewsDesk(CoreContext core)
{
    private readonly SentMailLookup _lookup = new(core);
    private readonly BounceReports _bounces = new(core);
    private readonly LostMail _lost = new(core);

    /// <param name="mailbox">Where it arrived: it speaks for mail of this mailbox only.</param>
    public async ValueTask ApplyAsync(IWriteUnit unit, Mailbox mailbox, ArrivalNews news)
    {
        if (news.Report is not null && news.Provenance.Origin is MailOrigin.Local)
        {
            return; // our own notice, or an agent that plays relay
        }

        if (news.Report is { } report)
        {
            var (sent, byEnvelope) = await _lookup.OfReportAsync(unit, mailbox, report, news.Provenance.Recipient).ConfigureAwait(false);
            if (sent is not null)
            {
                await ApplyAsync(unit, sent, mailbox, report, byEnvelope, news).ConfigureAwait(false);
            }
        }
        else if (await _lookup.NamedAsync(unit, mailbox, news).ConfigureAwait(false) is { State: MessageState.Sending } named)
        {
            await _lost.ExplainAsync(unit, named, mailbox, news).ConfigureAwait(false);
        }
    }

    private async ValueTask ApplyAsync(IWriteUnit unit, Message sent, Mailbox mailbox, DeliveryReport report, bool byEnvelope, ArrivalNews news)
    {
        switch (report.Kind)
        {
            case ReportKind.Complaint:
                await _bounces.ComplainAsync(unit, sent, mailbox, report, news).ConfigureAwait(false);
                break;
            case ReportKind.DeliveryStatus or ReportKind.PlainBounce:
                await _bounces.BounceAsync(unit, sent, mailbox, report, byEnvelope, news).ConfigureAwait(false);
                break;
            default:
                break; // a disposition speaks of what the reader did
        }

        if (await unit.FindMessageAsync(sent.Account, sent.Id).ConfigureAwait(false) is { State: MessageState.Sending } still)
        {
            await _lost.ExplainAsync(unit, still, mailbox, report, news).ConfigureAwait(false);
        }
    }
}
