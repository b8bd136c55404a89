namespace MultiMail.Mail;

/// <summary>Walks over the fields at the top of a message whose lines end with CRLF, without copying.</summary>
internal ref struct HeaderFields(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>The first line is a field, or there is no header at all.</summary>
    public readonly bool StartsWithField
    {
        get
        {
            var line = _message[..LineEnd(0)].TrimEnd("\r\n"u8);
            return line.IsEmpty || HeaderStart.IsField(line);
        }
    }

    public static bool IsNamed(ReadOnlySpan<byte> field, ReadOnlySpan<byte> lowerName)
    {
        var colon = field.IndexOf((byte)':');
        return colon > 0 && System.Text.Ascii.EqualsIgnoreCase(field[..colon].TrimEnd(" \t"u8), lowerName);
    }

    /// <summary>The next field with its folds and its last CRLF; false at the blank line or the end.</summary>
    public bool Next(out int start, out int end)
    {
        start = end = _at;
        if (_at >= _message.Length || _message[_at..].StartsWith("\r\n"u8))
        {
            return false;
        }

        end = LineEnd(_at);
        while (end < _message.Length && _message[end] is (byte)' ' or (byte)'\t')
        {
            end = LineEnd(end);
        }

        _at = end;
        return true;
    }

    private readonly int LineEnd(int at)
    {
        var found = _message[at..].IndexOf((byte)'\n');
        return found < 0 ? _message.Length : at + found + 1;
    }
}
