namespace MultiMail.Core.Delivery;

/// <summary>
/// The return path of a message: the sender's address with the message's id in it, so that a bounce names its message whatever
/// its text says.
/// </summary>
public static class BounceAddress
{
    /// <summary>How the <c>+tag</c> of such an address begins.</summary>
    internal const string Tag = "b-";

    private const string Mark = "+" + Tag;
    private const int MaxLocalPart = 64; // RFC 5321 §4.5.3.1.1

    /// <param name="address">The sending mailbox's addr-spec.</param>
    /// <param name="messageId">The message's public id.</param>
    /// <returns>The address itself when there is no room for the id.</returns>
    public static string Make(string address, string messageId)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(messageId);
        var at = address.LastIndexOf('@');
        return at + Mark.Length + messageId.Length > MaxLocalPart ? address : $"{address[..at]}{Mark}{messageId}{address[at..]}";
    }

    /// <summary>Takes a return path apart again.</summary>
    /// <param name="recipient">An envelope recipient, as somebody wrote it.</param>
    /// <param name="address">The mailbox that sent.</param>
    /// <param name="messageId">The id as written; whether this server made it is for the reader to ask.</param>
    public static bool TryParse(string recipient, out string address, out string messageId)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        var at = recipient.LastIndexOf('@');
        var mark = at < 0 ? -1 : recipient.LastIndexOf(Mark, at, StringComparison.OrdinalIgnoreCase);
        if (mark <= 0 || mark + Mark.Length >= at)
        {
            (address, messageId) = (recipient, string.Empty);
            return false;
        }

        messageId = recipient[(mark + Mark.Length)..at];
        address = recipient[..mark] + recipient[at..];
        return true;
    }
}
