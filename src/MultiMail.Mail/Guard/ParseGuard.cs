using System.Buffers;
using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// One linear pass that keeps every header field, of the message and of its parts, to a size at which the parser stays linear:
/// MimeKit's work grows with the square of a field. Bodies are passed over. Nothing is copied unless something changes.
/// </summary>
internal sealed class ParseGuard(ReadOnlyMemory<byte> raw, HashSet<string> defects)
{
    public const int MaxBlock = 256 * 1024;
    public const int MaxFields = 2_000;
    public const int MaxDelimiters = 1_000;
    private const int MaxBoundaries = 2_000;
    private const int MaxBoundary = 200;

    private readonly HashSet<string> boundaries = new(StringComparer.Ordinal);
    private ArrayBufferWriter<byte>? copy;
    private int copied;
    private int fields;
    private int blockBytes;
    private int delimiters;
    private bool isMessage;

    public ReadOnlyMemory<byte> Run()
    {
        var at = 0;
        var inHeader = true;
        var isTop = true;
        var mayRepeat = false;
        var bytes = raw.Span;
        while (at >= 0 && at < bytes.Length)
        {
            var line = Line(bytes, at, out var next);
            if (!inHeader)
            {
                at = Delimiter(bytes, at);
                inHeader = at >= 0;
                mayRepeat = true;
                Block();
            }
            else if (line.IsEmpty)
            {
                // A part without fields (multipart/digest) and a message/ part are followed by the header of a message.
                inHeader = isMessage || (fields == 0 && mayRepeat && !isTop);
                mayRepeat = isMessage;
                isTop = false;
                Block();
                BlankLine(at, next);
                at = next;
            }
            else if (line.StartsWith("--"u8) && fields > 0)
            {
                inHeader = false;
            }
            else if (fields == 0 && !isTop && !HeaderStart.IsField(line))
            {
                inHeader = false;
                at = Delimited(line) ? at : next;
            }
            else
            {
                at = Field(bytes, at, next);
            }
        }

        if (isTop && inHeader)
        {
            // The parser gives up on a header that the end of the message cuts short.
            Replace(bytes.Length, bytes.Length, "\r\n\r\n"u8);
        }

        return Finish(at < 0 ? -at : bytes.Length);
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> bytes, int at, out int next)
    {
        var end = bytes[at..].IndexOf((byte)'\n');
        next = end < 0 ? bytes.Length : at + end + 1;
        return bytes[at..(end < 0 ? bytes.Length : at + end)].TrimEnd((byte)'\r');
    }

    private static bool Delimited(ReadOnlySpan<byte> line) => line.StartsWith("--"u8);

    private void Block()
    {
        fields = 0;
        blockBytes = 0;
        isMessage = false;
    }

    /// <summary>After the next line that starts with two hyphens; the length when there is none; minus its place when it is one too many.</summary>
    private int Delimiter(ReadOnlySpan<byte> bytes, int at)
    {
        if (!bytes[at..].StartsWith("--"u8))
        {
            var found = bytes[at..].IndexOf("\n--"u8);
            if (found < 0)
            {
                return bytes.Length;
            }

            at += found + 1;
        }

        var line = Line(bytes, at, out var next);
        if (boundaries.Count > 0 && IsDeclared(line) && ++delimiters > MaxDelimiters)
        {
            defects.Add("too_many_parts");
            return at == 0 ? bytes.Length : -at;
        }

        return next;
    }

    private bool IsDeclared(ReadOnlySpan<byte> line)
    {
        var text = line[2..].TrimEnd(" \t"u8);
        if (text.Length > MaxBoundary + 2)
        {
            return false;
        }

        var name = Encoding.Latin1.GetString(text);
        return boundaries.Contains(name) || (name.EndsWith("--", StringComparison.Ordinal) && boundaries.Contains(name[..^2]));
    }

    /// <summary>More than one CR before the LF: blank to a person, not to the parser. Both must see the header end here.</summary>
    private void BlankLine(int start, int next)
    {
        if (next - start > 2)
        {
            Replace(start, next, "\r\n"u8);
        }
    }

    private int Field(ReadOnlySpan<byte> bytes, int start, int next)
    {
        while (next < bytes.Length && bytes[next] is (byte)' ' or (byte)'\t' && !Line(bytes, next, out _).IsEmpty)
        {
            _ = Line(bytes, next, out next);
        }

        var field = bytes[start..next];
        fields++;
        if (fields > MaxFields || blockBytes >= MaxBlock)
        {
            defects.Add("header_too_large");
            Replace(start, next, []);
            return next;
        }

        if (FieldName.IsContentType(field))
        {
            ContentType(field);
        }

        var changed = FieldLimits.Apply(field, defects);
        blockBytes += changed?.Length ?? field.Length;
        if (changed is not null)
        {
            Replace(start, next, changed);
        }

        return next;
    }

    private void ContentType(ReadOnlySpan<byte> field)
    {
        var head = Encoding.Latin1.GetString(field[..Math.Min(field.Length, FieldLimits.MaxField)]);
        isMessage |= head.Contains("message/", StringComparison.OrdinalIgnoreCase);
        var at = 0;
        while (boundaries.Count < MaxBoundaries && (at = head.IndexOf("boundary", at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            at += 8;
            var rest = head.AsSpan(at).TrimStart(" \t\r\n*0123456789");
            if (rest.StartsWith("="))
            {
                rest = rest[1..].TrimStart(" \t\r\n");
                var quoted = rest.StartsWith("\"");
                rest = quoted ? rest[1..] : rest;
                var end = quoted ? rest.IndexOf('"') : rest.IndexOfAny("; \t\r\n");
                boundaries.Add((end < 0 ? rest : rest[..end])[..Math.Min(end < 0 ? rest.Length : end, MaxBoundary)].TrimEnd().ToString());
            }
        }
    }

    private void Replace(int start, int end, ReadOnlySpan<byte> by)
    {
        copy ??= new ArrayBufferWriter<byte>(raw.Length);
        copy.Write(raw.Span[copied..start]);
        copy.Write(by);
        copied = end;
    }

    private ReadOnlyMemory<byte> Finish(int length)
    {
        if (copy is null)
        {
            return raw[..length];
        }

        copy.Write(raw.Span[copied..Math.Max(copied, length)]);
        return copy.WrittenMemory;
    }
}
