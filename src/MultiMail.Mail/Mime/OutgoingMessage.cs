namespace MultiMail.Mail;

/// <summary>
/// What <see cref="MessageComposer"/> turns into bytes. There is no Bcc and no Date: the first never appears on the wire,
/// the second is put in front of the frozen bytes when the message leaves.
/// </summary>
public sealed record OutgoingMessage
{
    public required MailboxAddress From { get; init; }

    /// <summary>Without To and Cc the field says <c>undisclosed-recipients:;</c>.</summary>
    public IReadOnlyList<MailboxAddress> To { get; init; } = [];

    public IReadOnlyList<MailboxAddress> Cc { get; init; } = [];

    public IReadOnlyList<MailboxAddress> ReplyTo { get; init; } = [];

    public string Subject { get; init; } = string.Empty;

    /// <summary>The plain text. With <see cref="Html"/> or <see cref="Markdown"/> it is the alternative to them.</summary>
    public string? Text { get; init; }

    public string? Html { get; init; }

    /// <summary>Makes both the HTML and, without <see cref="Text"/>, the plain text. Not together with <see cref="Html"/>.</summary>
    public string? Markdown { get; init; }

    /// <summary>Language tag of the bodies (RFC 3282), such as <c>de</c>; null = the message does not say.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];

    /// <summary>Message-ID without brackets: <c>left@right</c>.</summary>
    public required string MessageIdField { get; init; }

    /// <summary>Message-ID of the parent, without brackets.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The parent's own References, oldest first, without brackets. The composer adds the parent.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>How many ids of a long thread are written: the first and the last half of this number.</summary>
    public int MaxReferences { get; init; } = 20;

    /// <summary>Boundaries are derived from it: same message, same seed, same bytes.</summary>
    public required string BoundarySeed { get; init; }

    /// <summary>
    /// Further fields, in order, folded at blanks; ASCII stays as given, other text becomes encoded words. Fields that the composer
    /// writes itself are refused.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> ExtraHeaders { get; init; } = [];
}

/// <summary>A file that goes with the message.</summary>
/// <param name="FileName">Bare name, at most 255 characters, no path.</param>
/// <param name="ContentType"><c>type/subtype</c>, with parameters if need be. <c>multipart</c> is refused.</param>
/// <param name="Content">The file itself, not encoded.</param>
public sealed record OutgoingAttachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);
