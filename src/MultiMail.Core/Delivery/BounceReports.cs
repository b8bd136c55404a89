using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>
/// Applies a report to the message it names. Somebody who has the message could forge one: it bounces a delivered message once at
/// most, and it suppresses nobody who was not a recipient. One of several recipients suppresses none of the others, and ends no
/// retry for them: about a recipient who is not the only one, only his own domain is believed.
/// </summary>
internal sealed class BounceReports(CoreContext core)
{
    private const string NoCode = "5.0.0";

    /// <param name="byEnvelope">The report came to, or names, the envelope of the message.</param>
    public async ValueTask BounceAsync(IWriteUnit unit, Message sent, Mailbox mailbox, DeliveryReport report, bool byEnvelope, ArrivalNews news)
    {
        var recipients = await unit.RecipientsAsync(sent.Account, sent.Id).ConfigureAwait(false);
        var failed = report.Recipients.Where(r => r.Action is RecipientAction.Failed).ToList();
        foreach (var recipient in recipients.Where(CanBounce))
        {
            var believed = recipients.Count == 1 || news.SpeaksFor(recipient.Address);
            if (!believed && recipient.State is RecipientState.Unknown && !LostMail.IsAlone(recipient, recipients))
            {
                continue;
            }

            var word = failed.Find(f => Same(f.Address, recipient) || Same(f.FinalAddress, recipient));

            // Forwarded on its way, the address in the report is not the one we know; with one recipient there is no doubt who is meant.
            var meant = word ?? (byEnvelope && recipients.Count == 1 && failed.Count > 0 ? failed[0] : null);
            if (meant is null)
            {
                continue;
            }

            var after = recipient with { State = RecipientState.Bounced, Code = meant.Status ?? NoCode, Detail = meant.DiagnosticText, NextAt = null };
            sent = await BounceOneAsync(unit, sent, mailbox, after, news.Note).ConfigureAwait(false);
            if (believed && word is not null && Verdicts.IsNoSuchAddress(meant.Status) && news.Provenance.ReturnPath is null or "")
            {
                await Suppressing.HardBounceAsync(core, unit, sent, recipient.Address).ConfigureAwait(false);
                await core.Demotion.AfterBounceAsync(unit, sent, news.Note.Demotion).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask ComplainAsync(IWriteUnit unit, Message sent, Mailbox mailbox, DeliveryReport report, ArrivalNews news)
    {
        var recipients = await unit.RecipientsAsync(sent.Account, sent.Id).ConfigureAwait(false);
        var named = recipients.Where(r => report.Recipients.Any(c => Same(c.Address, r))).ToList();
        var complaining = named.Count > 0 || report.Recipients.Count > 0 || recipients.Count != 1 ? named : [.. recipients];
        var fresh = false;
        foreach (var recipient in complaining.Where(r => CanBounce(r) && (recipients.Count == 1 || news.SpeaksFor(r.Address))))
        {
            fresh |= await Suppressing.ComplaintAsync(core, unit, sent, recipient.Address).ConfigureAwait(false);
        }

        if (fresh)
        {
            await core.Demotion.AfterComplaintAsync(unit, sent, news.Note.Demotion).ConfigureAwait(false);
            await unit.AddEventAsync(core.Events.OfMessage(news.Complaint, EventTypes.Complained, sent, mailbox.Address, unit.Now)).ConfigureAwait(false);
        }
    }

    // Who has not got it yet is told by the relay itself, not by a letter.
    private static bool CanBounce(Recipient recipient) => recipient.State is RecipientState.Delivered or RecipientState.Unknown;

    private static bool Same(string? address, Recipient recipient) => string.Equals(address, recipient.Address, StringComparison.OrdinalIgnoreCase);

    private async ValueTask<Message> BounceOneAsync(IWriteUnit unit, Message sent, Mailbox mailbox, Recipient after, TransitionNote note)
    {
        await unit.SetRecipientAsync(sent.Account, after).ConfigureAwait(false);
        var outcome = Outcomes.Fold(await unit.RecipientsAsync(sent.Account, sent.Id).ConfigureAwait(false));
        KernelEvent happened = sent.State is MessageState.Sending
            ? new KernelEvent.Settle(Actor.System, RecipientResult.Bounced, outcome)
            : new KernelEvent.LateBounce(Actor.System);
        if (Kernel.Decide(sent.State, happened) is not Moved moved)
        {
            return sent; // bounced before: this changes the recipient only
        }

        var moment = await core.Transitions.MoveAsync(unit, sent, moved, mailbox, note with { Code = after.Code }).ConfigureAwait(false);
        if (outcome is not Outcome.Open)
        {
            await unit.DequeueAsync(sent.Account, sent.Id).ConfigureAwait(false);
        }

        return moment;
    }
}
