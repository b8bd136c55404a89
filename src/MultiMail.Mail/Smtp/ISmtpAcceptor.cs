using System.Net;

namespace MultiMail.Mail;

/// <summary>What decides about mail that our listener is offered, and keeps it. Safe for many sessions at once.</summary>
public interface ISmtpAcceptor
{
    /// <summary>At RCPT TO: may this recipient get mail here? Never reveals more than yes or no.</summary>
    /// <param name="envelope">Who asks, with the recipients accepted so far.</param>
    /// <param name="address">An addr-spec that passed the strict grammar, or <c>postmaster</c> alone (RFC 5321 §4.5.1).</param>
    ValueTask<RecipientVerdict> CheckRecipientAsync(InboundEnvelope envelope, string address, CancellationToken cancellationToken);

    /// <summary>After the final dot. Accepted means durable: the 250 goes out after this returns.</summary>
    /// <param name="message">
    /// The bytes between DATA and the final dot, dots unstuffed, every line ended by CRLF, without our trace fields
    /// (<see cref="TraceFields"/>). Valid only during the call.
    /// </param>
    ValueTask<AcceptResult> AcceptAsync(InboundEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}

public enum RecipientVerdict
{
    Accept,

    /// <summary>550 5.1.1</summary>
    NoSuchMailbox,

    /// <summary>554 5.7.1: not ours, and nothing is relayed.</summary>
    NotHere,

    /// <summary>451 4.3.0</summary>
    TryLater,
}

/// <param name="ReturnPath">MAIL FROM, an addr-spec, or empty for the null path.</param>
/// <param name="Recipients">The accepted ones, as given.</param>
/// <param name="Helo">As given, printable; a stranger's word.</param>
public sealed record InboundEnvelope(IPAddress Client, string Helo, string ReturnPath, IReadOnlyList<string> Recipients, bool Tls);

/// <param name="Outcome">What the sender is told.</param>
/// <param name="Id">Our id of the mail, printed in the 250: letters and digits. The same for a repeat of the same mail.</param>
public sealed record AcceptResult(AcceptOutcome Outcome, string Id = "");

public enum AcceptOutcome
{
    /// <summary>250 2.0.0</summary>
    Accepted,

    /// <summary>452 4.3.1: disk full or busy.</summary>
    TryLater,

    /// <summary>554 5.6.0</summary>
    Refused,
}
