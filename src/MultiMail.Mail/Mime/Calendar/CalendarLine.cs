using System.Text;

namespace MultiMail.Mail;

/// <summary>One content line (RFC 5545 §3.1): name, parameters, value.</summary>
internal readonly record struct CalendarLine(string Name, string Parameters, string Value)
{
    private const int MaxLine = 8_000;

    /// <summary>The lines of a calendar, unfolded; what is no content line is left out.</summary>
    public static IEnumerable<CalendarLine> Of(string text)
    {
        var line = new StringBuilder();
        foreach (var piece in text.Split('\n'))
        {
            var raw = piece.TrimEnd('\r');
            if (raw.StartsWith(' ') || raw.StartsWith('\t'))
            {
                Append(line, raw.AsSpan(1));
                continue;
            }

            if (Parse(line.ToString()) is { } done)
            {
                yield return done;
            }

            line.Clear();
            Append(line, raw);
        }

        if (Parse(line.ToString()) is { } last)
        {
            yield return last;
        }
    }

    public string? Parameter(string name)
    {
        var marked = $";{name}=";
        var at = Parameters.IndexOf(marked, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var rest = Parameters[(at + marked.Length)..];
        return rest.StartsWith('"') ? rest[1..].Split('"')[0] : rest.Split(';')[0];
    }

    /// <summary>RFC 5545 §3.3.11.</summary>
    public string Text()
    {
        var text = new StringBuilder(Value.Length);
        for (var i = 0; i < Value.Length; i++)
        {
            var escapes = Value[i] == '\\' && i + 1 < Value.Length;
            text.Append(escapes ? Value[++i] is 'n' or 'N' ? '\n' : Value[i] : Value[i]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> piece) =>
        line.Append(piece[..Math.Min(piece.Length, Math.Max(0, MaxLine - line.Length))]);

    private static CalendarLine? Parse(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (line[i] == ':' && !quoted)
            {
                var semicolon = line.IndexOf(';', 0, i);
                var end = semicolon < 0 ? i : semicolon;
                return new CalendarLine(line[..end].Trim().ToUpperInvariant(), line[end..i], line[(i + 1)..]);
            }
        }

        return null;
    }
}
