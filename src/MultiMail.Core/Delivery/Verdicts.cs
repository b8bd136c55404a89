using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>The attempt that is being judged.</summary>
/// <param name="Tries">Attempts made, this one with it.</param>
/// <param name="FirstAt">When the first attempt was made.</param>
internal sealed record AttemptFacts(MessageId Message, int Tries, DateTimeOffset FirstAt, DateTimeOffset Now)
{
    public DateTimeOffset Deadline => FirstAt + RetrySchedule.GiveUpAfter;

    public static AttemptFacts Of(OutboxJob job, DateTimeOffset now) => new(job.Message, job.Tries + 1, job.FirstAt ?? now, now);
}

/// <summary>Turns a relay's answer into what becomes of the recipient. Pure: the same answer means the same everywhere.</summary>
internal static class Verdicts
{
    private const string ConnectionLost = "4.4.2";
    private const string TimeExpired = "5.4.7";
    private const int MostLost = 2;

    public static Verdict Of(Recipient recipient, RecipientReply reply, TransportTrouble trouble, AttemptFacts facts) => reply.Class switch
    {
        ReplyClass.Accepted => new Verdict(
            recipient with { State = RecipientState.Delivered, Code = reply.Code, Detail = reply.Text, NextAt = null }, RecipientResult.Accepted),
        ReplyClass.Refused => new Verdict(
            recipient with { State = RecipientState.Bounced, Code = reply.Code, Detail = reply.Text, NextAt = null }, RecipientResult.Bounced, Suppress: IsNoSuchAddress(reply.Code)),
        ReplyClass.Unknown => Lost(recipient, facts.Now),
        _ => Deferred(recipient, CodeOf(trouble) ?? reply.Code, reply.Text, trouble, facts),
    };

    /// <summary>The answer was lost after the last byte: the relay may have the message. Once it may be sent again, not twice.</summary>
    public static Verdict Lost(Recipient recipient, DateTimeOffset now)
    {
        var lost = recipient.Lost + 1;
        return lost < MostLost
            ? new Verdict(
                recipient with
                {
                    State = RecipientState.Unknown,
                    Code = ConnectionLost,
                    Detail = "The connection was lost after the whole message was sent; the relay may have it.",
                    NextAt = now + RetrySchedule.UnknownWait,
                    Lost = lost,
                },
                RecipientResult.Unknown)
            : new Verdict(
                recipient with
                {
                    State = RecipientState.Failed,
                    Code = ConnectionLost,
                    Detail = "The connection was lost twice after the whole message was sent. The recipient may have got it, even twice.",
                    NextAt = null,
                    Lost = lost,
                },
                RecipientResult.Failed);
    }

    /// <summary>
    /// RFC 3463 §3.2, RFC 7505 §4: mailbox, system or syntax are wrong, it has moved, its domain takes no mail. Of the rest of 5.1.x, .7 and .8
    /// speak of the sender, as .0 often does; policy (5.7.x) and a full mailbox (5.2.2) are no word about the address either.
    /// </summary>
    public static bool IsNoSuchAddress(string? code) => code is "5.1.1" or "5.1.2" or "5.1.3" or "5.1.6" or "5.1.10";

    /// <summary>Our own code for trouble that is no answer about a recipient; null when the reply's code tells it.</summary>
    public static string? CodeOf(TransportTrouble trouble) => trouble switch
    {
        TransportTrouble.SignInRefused => "sign_in_refused",
        TransportTrouble.NotSecure => "not_secure",
        TransportTrouble.Unreachable => "unreachable",
        _ => null,
    };

    private static Verdict Deferred(Recipient recipient, string code, string text, TransportTrouble trouble, AttemptFacts facts)
    {
        if (facts.Now >= facts.Deadline)
        {
            return new Verdict(
                recipient with { State = RecipientState.Bounced, Code = TimeExpired, Detail = text, NextAt = null }, RecipientResult.Bounced, GaveUp: true);
        }

        var wait = RetrySchedule.After(facts.Tries, facts.Message);
        if (trouble is TransportTrouble.SignInRefused && wait < RetrySchedule.SignInWait)
        {
            wait = RetrySchedule.SignInWait;
        }

        // The last try falls on the deadline, so that a message is given up on the day that was promised.
        var next = facts.Now + wait < facts.Deadline ? facts.Now + wait : facts.Deadline;
        return new Verdict(recipient with { State = RecipientState.Deferred, Code = code, Detail = text, NextAt = next }, RecipientResult.Deferred);
    }
}
