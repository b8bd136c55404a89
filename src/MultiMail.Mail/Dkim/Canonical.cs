using System.Buffers;

namespace MultiMail.Mail;

/// <summary>How much a message may change on its way before a signature breaks (RFC 6376 §3.4).</summary>
public enum Canonicalization
{
    /// <summary>Nothing but empty lines at the end of the body.</summary>
    Simple,

    /// <summary>Blanks, folds and the case of field names.</summary>
    Relaxed,
}

/// <summary>
/// The canonical forms of RFC 6376 §3.4 over octets as they are, line ends LF or CRLF; what comes out has CRLF. Linear, and no
/// larger copy of the message is made.
/// </summary>
public static class Canonical
{
    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t"u8);

    /// <summary>A field as §3.4.1 or §3.4.2 wants it, with its CRLF.</summary>
    public static void WriteField(IBufferWriter<byte> output, ReadOnlySpan<byte> field, Canonicalization form)
    {
        WriteFieldWithoutEnd(output, field, form);
        output.Write("\r\n"u8);
    }

    /// <summary>The same without the CRLF: the last piece of what a DKIM signature covers (§3.7).</summary>
    public static void WriteFieldWithoutEnd(IBufferWriter<byte> output, ReadOnlySpan<byte> field, Canonicalization form)
    {
        ArgumentNullException.ThrowIfNull(output);
        field = WithoutLineEnd(field);
        if (form is Canonicalization.Relaxed)
        {
            RelaxedField(output, field);
            return;
        }

        while (field.IndexOf((byte)'\n') is >= 0 and var end)
        {
            output.Write(WithoutLineEnd(field[..(end + 1)]));
            output.Write("\r\n"u8);
            field = field[(end + 1)..];
        }

        output.Write(field);
    }

    /// <summary>A body as §3.4.3 or §3.4.4 wants it.</summary>
    public static void WriteBody(IBufferWriter<byte> output, ReadOnlySpan<byte> body, Canonicalization form)
    {
        ArgumentNullException.ThrowIfNull(output);
        var emptyLines = 0L;
        var wrote = false;
        while (!body.IsEmpty)
        {
            var end = body.IndexOf((byte)'\n');
            var line = WithoutLineEnd(end < 0 ? body : body[..(end + 1)]);
            body = end < 0 ? [] : body[(end + 1)..];
            if (form is Canonicalization.Relaxed)
            {
                line = line.TrimEnd(" \t"u8);
            }

            if (line.IsEmpty)
            {
                emptyLines++;
                continue;
            }

            for (; emptyLines > 0; emptyLines--)
            {
                output.Write("\r\n"u8);
            }

            WriteLine(output, line, form);
            wrote = true;
        }

        // §3.4.3: an empty body is one CRLF in the simple form, and nothing at all in the relaxed one.
        if (!wrote && form is Canonicalization.Simple)
        {
            output.Write("\r\n"u8);
        }
    }

    /// <summary>SHA-256 of the canonical body: the bh= of DKIM. There is no l=: what it leaves out could be anything.</summary>
    public static byte[] BodyHash(ReadOnlySpan<byte> body, Canonicalization form)
    {
        using var hash = new HashOutput();
        WriteBody(hash, body, form);
        return hash.Finish();
    }

    /// <summary>SHA-256 of what a DKIM signature signs (§3.7): the fields, then its own field with an empty b= and no line end.</summary>
    /// <param name="selected">See <see cref="RawFields.Select"/>.</param>
    /// <param name="signature">The whole DKIM-Signature field, the value of b= cut out.</param>
    public static byte[] HeaderHash(IEnumerable<RawField> selected, ReadOnlySpan<byte> signature, Canonicalization form)
    {
        ArgumentNullException.ThrowIfNull(selected);
        using var hash = new HashOutput();
        foreach (var field in selected)
        {
            WriteField(hash, field.Bytes.Span, form);
        }

        WriteFieldWithoutEnd(hash, signature, form);
        return hash.Finish();
    }

    private static void WriteLine(IBufferWriter<byte> output, ReadOnlySpan<byte> line, Canonicalization form)
    {
        if (form is Canonicalization.Relaxed)
        {
            Collapse(output, line);
        }
        else
        {
            output.Write(line);
        }

        output.Write("\r\n"u8);
    }

    // §3.4.2: name in lower case, no blanks around the colon, lines unfolded, each run of blanks one space, none at the end.
    private static void RelaxedField(IBufferWriter<byte> output, ReadOnlySpan<byte> field)
    {
        var colon = field.IndexOf((byte)':');
        var name = (colon < 0 ? field : field[..colon]).TrimEnd(" \t"u8);
        var lower = output.GetSpan(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            lower[i] = name[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(name[i] | 0x20) : name[i];
        }

        output.Advance(name.Length);
        if (colon < 0)
        {
            return;
        }

        output.Write(":"u8);
        RelaxedValue(output, field[(colon + 1)..]);
    }

    private static void RelaxedValue(IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        var pending = false;
        while (!value.IsEmpty)
        {
            var end = value.IndexOf((byte)'\n');
            var line = WithoutLineEnd(end < 0 ? value : value[..(end + 1)]);
            value = end < 0 ? [] : value[(end + 1)..];
            // A blank before the line end and one after it are one run.
            var text = line.Trim(" \t"u8);
            if (pending && !text.IsEmpty && line[0] is (byte)' ' or (byte)'\t')
            {
                output.Write(" "u8);
            }

            Collapse(output, text);
            pending |= !text.IsEmpty;
        }
    }

    private static void Collapse(IBufferWriter<byte> output, ReadOnlySpan<byte> line)
    {
        while (line.IndexOfAny(Blank) is >= 0 and var blank)
        {
            output.Write(line[..blank]);
            output.Write(" "u8);
            var rest = line[blank..].IndexOfAnyExcept(Blank);
            line = rest < 0 ? [] : line[(blank + rest)..];
        }

        output.Write(line);
    }

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith("\n"u8))
        {
            return line;
        }

        return line.EndsWith("\r\n"u8) ? line[..^2] : line[..^1];
    }
}
