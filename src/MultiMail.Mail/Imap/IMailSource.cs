namespace MultiMail.Mail;

/// <summary>Fetches what arrives in a folder of an IMAP server (RFC 9051, RFC 3501). One hostile message or server never stops the process or the folder.</summary>
public interface IMailSource
{
    /// <summary>
    /// Connects, fetches everything after the sink's position, then waits (IDLE, else polls) and fetches on, reconnecting with
    /// jittered backoff, until cancelled. Returns only by <see cref="OperationCanceledException"/>, or by
    /// <see cref="MailSourceException"/> for what only new settings can cure (wrong password, no such folder).
    /// </summary>
    Task RunAsync(ImapEndpoint endpoint, IMailSink sink, CancellationToken cancellationToken);

    /// <summary>Connects, signs in, opens the folder and leaves.</summary>
    Task<EndpointCheck> CheckAsync(ImapEndpoint endpoint, CancellationToken cancellationToken);
}

/// <summary>Where fetched mail goes. Each call returns only when what it was given is durable, position included.</summary>
public interface IMailSink
{
    /// <summary>Where the last fetch ended; null = this folder was never read: only mail from now on is fetched.</summary>
    ValueTask<ImapPosition?> PositionAsync(CancellationToken cancellationToken);

    /// <summary>Stores a batch, in order of UID, and <paramref name="after"/>, in one transaction if it can. A message may come again after a crash or a changed UIDVALIDITY: the sink knows it by its hash.</summary>
    ValueTask StoreAsync(IReadOnlyList<FetchedMail> batch, ImapPosition after, CancellationToken cancellationToken);

    /// <summary>Notes a message that could not be fetched, and moves on.</summary>
    ValueTask QuarantineAsync(uint uid, string reason, ImapPosition after, CancellationToken cancellationToken);

    /// <summary>The source's state changed; for the health of the node. <paramref name="detail"/> is one sentence without secrets.</summary>
    ValueTask ReportAsync(MailSourceState state, string detail, CancellationToken cancellationToken);
}

public enum MailSourceState
{
    Connecting,
    Idle,
    Polling,
    Fetching,
    Waiting,
    Stopped,
}

/// <param name="LastUid">The highest UID that was dealt with under this UIDVALIDITY; 0 = none.</param>
public sealed record ImapPosition(uint UidValidity, uint LastUid)
{
    /// <summary>When the folder was first read. What lay in it before was never fetched.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>
    /// The highest UID at the moment when UIDVALIDITY changed; 0 = it never did. Up to here the folder is listed anew, and
    /// what is older than <see cref="Since"/> is passed over: without that the whole archive would arrive as new mail.
    /// </summary>
    public uint RelistTo { get; init; }
}

/// <param name="Raw">BODY.PEEK[], as the server gave it.</param>
/// <param name="Truncated">The message is larger than the cap: only the first part was fetched.</param>
public sealed record FetchedMail(uint Uid, ReadOnlyMemory<byte> Raw, DateTimeOffset? InternalDate, bool Seen, bool Truncated);

/// <summary>The source cannot work until its settings change.</summary>
/// <param name="code"><c>sign_in_refused</c>, <c>no_such_folder</c> or <c>not_secure</c>.</param>
public sealed class MailSourceException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
