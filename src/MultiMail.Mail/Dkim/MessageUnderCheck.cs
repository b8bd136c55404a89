namespace MultiMail.Mail;

/// <summary>A message and its hashes, each body form hashed once however many signatures there are.</summary>
internal sealed class MessageUnderCheck(RawFields fields)
{
    private readonly byte[]?[] bodyHashes = new byte[]?[2];

    public RawFields Fields { get; } = fields;

    public byte[] BodyHash(Canonicalization form) => bodyHashes[(int)form] ??= Canonical.BodyHash(Fields.Body.Span, form);

    /// <param name="index">Of the signature's own field, which is never among those it signs but as the last, its b= empty.</param>
    public byte[] HeaderHash(int index, VerifiedSignature signature) => Canonical.HeaderHash(
        Fields.Select(signature.SignedHeaders, except: index), WithoutSignature(Fields.Fields[index].Bytes.Span), signature.HeaderForm);

    // RFC 6376 §3.7: everything between "b=" and the next ";" goes, blanks included. A tag list has one tag of this name.
    internal static byte[] WithoutSignature(ReadOnlySpan<byte> field)
    {
        var at = field.IndexOf((byte)':') + 1;
        while (at < field.Length)
        {
            var length = field[at..].IndexOf((byte)';');
            var tag = length < 0 ? field[at..] : field.Slice(at, length);
            var equals = tag.IndexOf((byte)'=');
            if (equals > 0 && tag[..equals].Trim(" \t\r\n"u8).SequenceEqual("b"u8))
            {
                return [.. field[..(at + equals + 1)], .. field[(at + tag.Length)..]];
            }

            at += tag.Length + 1;
        }

        return field.ToArray();
    }
}
