namespace MultiMail.Mail;

/// <summary>
/// A leaf that is no body: not text/plain or text/html, or with a disposition other than inline. It keeps the raw message alive
/// and is for one thread at a time.
/// </summary>
public sealed record ReadAttachment
{
    private readonly Func<ReadOnlyMemory<byte>> decode;

    internal ReadAttachment(Func<ReadOnlyMemory<byte>> decode) => this.decode = decode;

    /// <summary>Position among all leaves of the message, from 0; stable for the same raw bytes.</summary>
    public required int PartIndex { get; init; }

    /// <summary>Bare name without path, controls and invisible characters, at most 255 characters; null when the sender gave none.</summary>
    public string? FileName { get; init; }

    /// <summary>The name as the sender wrote it, decoded: for comparison and evidence, never for a file system.</summary>
    public string? DeclaredName { get; init; }

    /// <summary>As declared, <c>type/subtype</c> in lower case; nobody checked it.</summary>
    public required string ContentType { get; init; }

    /// <summary>The part's Content-ID without brackets.</summary>
    public string? ContentId { get; init; }

    public bool IsInline { get; init; }

    /// <summary>Bytes after transfer decoding.</summary>
    public required long Size { get; init; }

    /// <summary>Lower-case hex over the bytes after transfer decoding.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Of a message inside this one (<c>message/rfc822</c>) what its header says; null for everything else.</summary>
    public NestedMessage? Message { get; init; }

    /// <summary>The content. Decoded anew at each call; nothing is kept.</summary>
    public ReadOnlyMemory<byte> Decode() => decode();
}

/// <summary>A message inside a message, which stays one opaque part: read it by its own bytes.</summary>
/// <param name="Subject">Decoded; empty when missing.</param>
/// <param name="From">Its first author; null when there is none.</param>
public sealed record NestedMessage(string Subject, MailboxAddressText? From);
