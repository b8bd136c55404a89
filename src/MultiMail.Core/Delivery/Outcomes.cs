namespace MultiMail.Core.Delivery;

/// <summary>Folds the recipients' states into the message's.</summary>
internal static class Outcomes
{
    public static bool IsOpen(Recipient recipient) =>
        recipient.State is RecipientState.Waiting or RecipientState.Sending or RecipientState.Deferred or RecipientState.Unknown;

    public static Outcome Fold(IReadOnlyList<Recipient> recipients)
    {
        if (recipients.Any(IsOpen))
        {
            return Outcome.Open;
        }

        if (recipients.Any(r => r.State is RecipientState.Bounced))
        {
            return Outcome.AnyBounced;
        }

        return recipients.Any(r => r.State is RecipientState.Failed) ? Outcome.AnyFailed : Outcome.AllDelivered;
    }
}
