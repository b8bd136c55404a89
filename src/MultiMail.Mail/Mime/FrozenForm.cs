using System.Buffers;
using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// The form in which a message is kept and signed: CRLF line ends only, 7-bit, lines of at most 998 octets, a final CRLF
/// (RFC 5321 §2.3.8, §4.5.3.1.6). Anything else could be changed, or read as two messages, on its way.
/// </summary>
public static class FrozenForm
{
    private const int MaxLine = 998;
    private static readonly SearchValues<byte> SevenBit = SearchValues.Create([.. Enumerable.Range(1, 127).Select(b => (byte)b)]);

    /// <summary>Every rule that <paramref name="wire"/> breaks, each once; none when it is in frozen form.</summary>
    public static IReadOnlyList<string> Faults(ReadOnlySpan<byte> wire)
    {
        var faults = new List<string>();
        if (wire.ContainsAnyExcept(SevenBit))
        {
            faults.Add("an octet is NUL or above 127");
        }

        if (!wire.EndsWith("\r\n"u8))
        {
            faults.Add("the final CRLF is missing");
        }

        var bare = false;
        var tooLong = false;
        while (!wire.IsEmpty)
        {
            var end = wire.IndexOf("\r\n"u8);
            var line = end < 0 ? wire : wire[..end];
            bare |= line.IndexOfAny((byte)'\r', (byte)'\n') >= 0;
            tooLong |= line.Length > MaxLine;
            wire = end < 0 ? [] : wire[(end + 2)..];
        }

        if (bare)
        {
            faults.Add("a CR or LF stands alone");
        }

        if (tooLong)
        {
            faults.Add($"a line is longer than {MaxLine} octets");
        }

        return faults;
    }

    /// <summary>
    /// Fields in front of the frozen bytes, in the order given. A value may be folded (CRLF and a blank); anything else that is
    /// not printable ASCII is refused.
    /// </summary>
    /// <exception cref="MailFormatException">A name or value cannot be a header field.</exception>
    public static byte[] Prepend(byte[] wire, IReadOnlyList<(string Name, string Value)> headers)
    {
        ArgumentNullException.ThrowIfNull(wire);
        ArgumentNullException.ThrowIfNull(headers);
        var faults = headers.Select(Fault).OfType<MailFault>().ToList();
        if (faults.Count > 0)
        {
            throw new MailFormatException(faults);
        }

        var front = new StringBuilder();
        foreach (var (name, value) in headers)
        {
            front.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        var result = new byte[front.Length + wire.Length];
        var used = Encoding.ASCII.GetBytes(front.ToString(), result);
        wire.CopyTo(result, used);
        return result;
    }

    private static MailFault? Fault((string Name, string Value) header)
    {
        if (!Atoms.IsFieldName(header.Name))
        {
            return new MailFault("headers", "header_name", "a field name has a character that is not allowed", "Use letters, digits and hyphens.");
        }

        var lines = header.Value.Split("\r\n");
        var first = lines[0].Length + header.Name.Length + 2;
        var fits = first <= MaxLine && lines.All(line => line.Length <= MaxLine && !line.AsSpan().ContainsAnyExceptInRange(' ', '~'));
        var folded = lines.Skip(1).All(line => line.StartsWith(' ') && !string.IsNullOrWhiteSpace(line));
        return fits && folded
            ? null
            : new MailFault(header.Name, "header_value", "the value is not printable ASCII in lines of at most 998 octets", "Fold long values with CRLF and a blank.");
    }
}
