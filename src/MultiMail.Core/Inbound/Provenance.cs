using System.Net;

namespace MultiMail.Core.Inbound;

/// <summary>Through which door a message came.</summary>
public enum MailOrigin
{
    /// <summary>From a mailbox of this server.</summary>
    Local,

    /// <summary>Our own SMTP listener took it.</summary>
    Smtp,

    /// <summary>Fetched from a mailbox elsewhere.</summary>
    Imap,
}

/// <summary>What we ourselves saw when a message came; nothing in it is the message's own claim.</summary>
/// <param name="Client">Who connected, for mail that our listener took.</param>
/// <param name="ReturnPath">MAIL FROM as the listener heard it, empty for the null path; null when nobody told us.</param>
internal sealed record Provenance(MailOrigin Origin, IPAddress? Client = null, string? Helo = null, string? ReturnPath = null)
{
    /// <summary>The envelope's recipient as the listener heard it, with its <c>+tag</c>.</summary>
    public string? Recipient { get; init; }

    public static Provenance Local { get; } = new(MailOrigin.Local);
}
