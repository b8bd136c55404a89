namespace MultiMail.Core.Inbound;

/// <summary>How an inbound message came, kept beside it: what we saw and found out ourselves, never what the message says.</summary>
/// <param name="ReturnPath">MAIL FROM, empty for the null path; null when nobody told us.</param>
/// <param name="Authentication">Null for mail of this server, and where nothing could be asked.</param>
public sealed record MessageSource(MailOrigin Origin, string? ReturnPath, SenderAuthentication? Authentication)
{
    public const string NoIdentity = "none";

    /// <summary>What the identity header proved on arrival: a word of <see cref="Verification.Overall"/>, or <see cref="NoIdentity"/> where there is none.</summary>
    public string Identity { get; init; } = NoIdentity;
}

/// <summary>SPF, DKIM and DMARC of a message in the words of RFC 8601.</summary>
/// <param name="Spf"><c>unknown</c> when another server took the mail and the client is not known.</param>
/// <param name="Dkim">The best of its signatures.</param>
/// <param name="FromDomain">The one domain of From; empty when there is none or several.</param>
/// <param name="Aligned">SPF or DKIM passed for the organization of <paramref name="FromDomain"/>.</param>
/// <param name="Details">All verdicts as the value of an Authentication-Results field, ASCII, one line; it quotes names and reasons of the sender's domains.</param>
public sealed record SenderAuthentication(string Spf, string Dkim, string Dmarc, string FromDomain, bool Aligned, string Details);
