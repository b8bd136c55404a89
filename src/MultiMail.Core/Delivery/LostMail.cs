using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>
/// A relay's answer was lost after the last byte. Whoever names the message's id has seen it, so the relay took it: then it is not
/// sent once more.
/// </summary>
internal sealed class LostMail(CoreContext core)
{
    private const string Seen = "2.0.0";

    /// <summary>By an answer, or by the message itself as it came back.</summary>
    public async ValueTask ExplainAsync(IWriteUnit unit, Message sent, Mailbox mailbox, ArrivalNews news)
    {
        var recipients = await unit.RecipientsAsync(sent.Account, sent.Id).ConfigureAwait(false);
        var lost = recipients.Where(r => r.State is RecipientState.Unknown).ToList();

        // Somebody who got it in another transaction proves nothing about this one, and could write any name into From.
        if (lost.Find(r => news.IsFrom(r.Address) || IsAlone(r, recipients)) is { } proven)
        {
            await AcceptAsync(unit, sent, mailbox, lost.Where(r => r.NextAt == proven.NextAt), news.Note).ConfigureAwait(false);
        }
    }

    /// <summary>By a report that names recipients: delayed or delivered, somebody behind the relay has it.</summary>
    public async ValueTask ExplainAsync(IWriteUnit unit, Message sent, Mailbox mailbox, DeliveryReport report, ArrivalNews news)
    {
        var recipients = await unit.RecipientsAsync(sent.Account, sent.Id).ConfigureAwait(false);
        var lost = recipients.Where(r => r.State is RecipientState.Unknown && (news.SpeaksFor(r.Address) || IsAlone(r, recipients))
            && report.Recipients.Any(n => n.Action is not RecipientAction.Failed && string.Equals(n.Address, r.Address, StringComparison.OrdinalIgnoreCase)));
        await AcceptAsync(unit, sent, mailbox, lost, news.Note).ConfigureAwait(false);
    }

    /// <summary>Nobody can have the message but those of the transaction in which this recipient's answer was lost.</summary>
    public static bool IsAlone(Recipient lost, IReadOnlyList<Recipient> recipients) => recipients.All(r =>
        (r.State is RecipientState.Unknown && r.NextAt == lost.NextAt) || r.State is RecipientState.Waiting or RecipientState.Deferred);

    private async ValueTask AcceptAsync(IWriteUnit unit, Message sent, Mailbox mailbox, IEnumerable<Recipient> lost, TransitionNote note)
    {
        foreach (var recipient in lost.ToList())
        {
            await unit.SetRecipientAsync(
                sent.Account, recipient with { State = RecipientState.Delivered, Code = Seen, Detail = "Its answer was lost; mail that came in shows that it arrived.", NextAt = null }).ConfigureAwait(false);
            var outcome = Outcomes.Fold(await unit.RecipientsAsync(sent.Account, sent.Id).ConfigureAwait(false));
            if (Kernel.Decide(sent.State, new KernelEvent.Settle(Actor.System, RecipientResult.Accepted, outcome)) is Moved moved)
            {
                sent = await core.Transitions.MoveAsync(unit, sent, moved, mailbox, note with { Code = "named" }).ConfigureAwait(false);
            }

            if (outcome is not Outcome.Open)
            {
                await unit.DequeueAsync(sent.Account, sent.Id).ConfigureAwait(false);
            }
        }
    }
}
