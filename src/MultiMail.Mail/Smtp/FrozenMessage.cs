using MimeKit;

namespace MultiMail.Mail;

/// <summary>
/// Finished bytes in the guise of a MimeKit message, which otherwise encodes anew what it holds as objects: one header whose raw
/// value is the whole header block after its first colon, and a body that copies. MimeKit writes the blank line between.
/// </summary>
internal sealed class FrozenMessage : MimeMessage
{
    /// <param name="wire">In frozen form, and <see cref="HasHeader"/>.</param>
    /// <param name="written">Called when all bytes are handed over and the final dot may follow.</param>
    public FrozenMessage(ReadOnlyMemory<byte> wire, Action written)
    {
        var octets = wire.Span;
        var colon = octets.IndexOf((byte)':');
        var blank = octets.IndexOf("\r\n\r\n"u8);
        if (blank < 0 || !Header.TryParse([.. octets[..(colon + 1)], .. " x\r\n"u8], out var only))
        {
            throw new ArgumentException("The message has no header and blank line.", nameof(wire));
        }

        only.SetRawValue(octets[(colon + 1)..(blank + 2)].ToArray());
        Body = new FrozenBody(wire[(blank + 4)..], written);
        Body.Headers.Clear();
        Headers.Clear();
        Headers.Add(only);
        Size = wire.Length;
    }

    public int Size { get; }

    /// <summary>A field name at the start, and a blank line somewhere (RFC 5322 §2.1 lets a message without body end before it; none of ours does).</summary>
    public static bool HasHeader(ReadOnlySpan<byte> wire)
    {
        var colon = wire.IndexOf((byte)':');
        return colon > 0 && wire.IndexOf("\r\n\r\n"u8) > colon && Atoms.IsFieldName(System.Text.Encoding.ASCII.GetString(wire[..colon]));
    }

    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
    }

    private sealed class FrozenBody(ReadOnlyMemory<byte> wire, Action written) : MimePart
    {
        private const int Block = 64 * 1024;

        public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(stream);
            for (var left = wire; !left.IsEmpty; left = left[Math.Min(Block, left.Length)..])
            {
                await stream.WriteAsync(left[..Math.Min(Block, left.Length)], cancellationToken).ConfigureAwait(false);
            }

            written();
        }

        public override void WriteTo(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Mail goes out asynchronously only.");
    }
}
