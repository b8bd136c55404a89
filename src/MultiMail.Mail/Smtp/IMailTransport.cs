namespace MultiMail.Mail;

/// <summary>
/// Hands finished bytes to a relay (RFC 6409). The bytes that arrive are the bytes given; nothing is sent in clear text but to
/// loopback; every recipient has an answer of its own. Safe for many callers at once; connections are kept for reuse.
/// </summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>
    /// One transaction. Does not throw for what the relay or the network does: that is in the result. After the final dot a lost
    /// answer is <see cref="ReplyClass.Unknown"/>, also when <paramref name="cancellationToken"/> cuts it off.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything could have been delivered.</exception>
    /// <exception cref="ArgumentException">The bytes are not in frozen form (<see cref="FrozenForm.Faults"/>), have no header and blank line, or the envelope is not as it says.</exception>
    Task<TransportResult> SendAsync(RelayEndpoint relay, MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Connects, secures, signs in and leaves: what <c>doctor</c> and a settings page want to know. Sends no mail.</summary>
    Task<EndpointCheck> CheckAsync(RelayEndpoint relay, CancellationToken cancellationToken);
}

/// <param name="ReturnPath">MAIL FROM; empty for the null path.</param>
/// <param name="Recipients">RCPT TO, addr-specs as <see cref="MailboxAddress"/> writes them, each once, 1 to 50.</param>
/// <param name="EnvelopeId">ENVID of RFC 3461, when the relay offers DSN; printable ASCII.</param>
public sealed record MailEnvelope(string ReturnPath, IReadOnlyList<string> Recipients, string? EnvelopeId = null);

/// <param name="Recipients">One per recipient of the envelope, in its order.</param>
/// <param name="Trouble">Why nothing was tried or the rest was not, when it was no answer to a recipient.</param>
public sealed record TransportResult(IReadOnlyList<RecipientReply> Recipients, TransportTrouble Trouble = TransportTrouble.None);

/// <param name="Code">Enhanced status code (RFC 3463), from the reply's text or, without one, the class of the reply code: <c>4.0.0</c>, <c>5.0.0</c>.</param>
/// <param name="Text">The relay's words with its reply code, one line, printable, at most 500 characters: a stranger's text. Where it said nothing, a sentence of ours.</param>
public sealed record RecipientReply(string Address, ReplyClass Class, string Code, string Text);

public enum ReplyClass
{
    Accepted,

    /// <summary>Not now (4xx, 421, no connection, TLS or sign-in trouble): nothing was taken, try again later.</summary>
    Deferred,

    /// <summary>Refused for good (5xx).</summary>
    Refused,

    /// <summary>The connection was lost after the final dot: the relay may have taken it.</summary>
    Unknown,
}

public enum TransportTrouble
{
    None,

    /// <summary>No connection, or the relay let nobody in: greeting, EHLO, a sign-in that fails for the moment.</summary>
    Unreachable,

    /// <summary>No TLS offered, a certificate that does not fit, a failed handshake.</summary>
    NotSecure,

    /// <summary>534 or 535: the account's name or password is wrong; 530: one is needed; or no way to sign in that we know. Tried again only after the settings change or an hour.</summary>
    SignInRefused,

    /// <summary>The relay said 421, was too slow, answered what is no SMTP, or dropped the connection; with <see cref="ReplyClass.Unknown"/> after the final dot.</summary>
    Disconnected,

    /// <summary>The message is larger than the relay's SIZE.</summary>
    NotSupported,
}

/// <param name="Code"><c>ok</c>, <c>unreachable</c>, <c>not_secure</c>, <c>sign_in_refused</c>, <c>protocol_error</c>, <c>no_such_folder</c>.</param>
/// <param name="Detail">One sentence for the person who set it up; holds no secret.</param>
public sealed record EndpointCheck(bool Works, string Code, string Detail);
