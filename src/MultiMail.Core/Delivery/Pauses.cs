namespace MultiMail.Core.Delivery;

/// <summary>When a message that may not leave now is looked at again.</summary>
internal static class Pauses
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    public static DateTimeOffset Until(Message message, DateTimeOffset now) =>
        message.SendAt is { } at && at > now ? at : now + Retry;
}
