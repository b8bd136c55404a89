namespace MultiMail.Mail;

/// <summary>A message as bytes, 7-bit clean with CRLF line ends, without Date and Bcc.</summary>
/// <param name="Wire">Header fields, blank line, body. Later fields go in front (<see cref="FrozenForm.Prepend"/>).</param>
/// <param name="Parts">The leaves in the order of the wire.</param>
/// <param name="TextBody">The plain text, or the visible text of the HTML where there is no plain text; LF line ends.</param>
public sealed record ComposedMessage(byte[] Wire, IReadOnlyList<ComposedPart> Parts, string TextBody)
{
    /// <summary>The text/plain body as it was written down; null when there is none.</summary>
    public string? PlainText { get; init; }

    /// <summary>The text/html body as it was written down; null when there is none.</summary>
    public string? Html { get; init; }
}

/// <summary>A leaf of the composed message.</summary>
/// <param name="ContentType"><c>type/subtype</c> in lower case, without parameters.</param>
/// <param name="FileName">Null for the bodies.</param>
/// <param name="Size">Bytes after transfer decoding.</param>
/// <param name="Sha256">Lower-case hex over the bytes after transfer decoding; text has CRLF line ends and a final one.</param>
/// <param name="Disposition"><c>inline</c> or <c>attachment</c>.</param>
public sealed record ComposedPart(string ContentType, string? FileName, long Size, string Sha256, string Disposition);
