using System.Text;

namespace MultiMail.Mail;

/// <summary>One header field exactly as it stands in the message, folds and its last line end included.</summary>
/// <param name="Bytes">From the first octet of the name to the line end (CRLF or LF) of the last line; only a message that ends in its header may lack that.</param>
/// <param name="NameLength">Octets of the name without blanks before the colon; 0 = the lines are no field (no colon, or a blank in front).</param>
public readonly record struct RawField(ReadOnlyMemory<byte> Bytes, int NameLength)
{
    public ReadOnlySpan<byte> NameBytes => Bytes.Span[..NameLength];

    /// <summary>The name as written, octets as Latin-1 characters; empty when the lines are no field.</summary>
    public string Name => Encoding.Latin1.GetString(NameBytes);

    /// <summary>Everything after the colon, folds and line ends included.</summary>
    public ReadOnlySpan<byte> ValueBytes
    {
        get
        {
            var colon = NameLength == 0 ? -1 : Bytes.Span.IndexOf((byte)':');
            return colon < 0 ? [] : Bytes.Span[(colon + 1)..];
        }
    }

    /// <summary>Case does not matter (RFC 5322 §1.2.2).</summary>
    public bool Is(ReadOnlySpan<char> name) => NameLength > 0 && Ascii.EqualsIgnoreCase(NameBytes, name);
}
