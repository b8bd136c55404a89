namespace MultiMail.Mail;

/// <summary>
/// Finds the end of a message and takes stuffed dots out (RFC 5321 §4.5.2). Only CRLF . CRLF ends it. A CR or LF that stands
/// alone (§2.3.8) ends nothing and is remembered: what other servers might read as an end must not be taken as a message.
/// </summary>
internal sealed class DataDecoder
{
    private Place _place = Place.LineStart;

    private enum Place
    {
        /// <summary>Behind a CRLF, that of the DATA command included.</summary>
        LineStart,

        Text,

        /// <summary>Behind a CR that was handed on and may be the first half of a line end.</summary>
        Cr,

        /// <summary>Behind a dot at the start of a line, which is held back: stuffing, or the end.</summary>
        Dot,

        /// <summary>Behind such a dot and a CR, both held back.</summary>
        DotCr,
    }

    public bool Done { get; private set; }

    /// <summary>There was a CR or LF that stood alone.</summary>
    public bool Bare { get; private set; }

    /// <summary>Reads on; what is wanted of the chunk goes to <paramref name="into"/>.</summary>
    /// <returns>How many octets belong to the message: all of them unless it ended.</returns>
    public int Feed(ReadOnlySpan<byte> chunk, MessageBuffer into)
    {
        var at = 0;
        while (at < chunk.Length && !Done)
        {
            at += _place is Place.Text ? Text(chunk[at..], into) : One(chunk[at], into);
        }

        return at;
    }

    /// <summary>The few octets around line ends that may decide something.</summary>
    /// <returns>1 when the octet was taken, 0 when it is to be looked at again from the new place.</returns>
    private int One(byte octet, MessageBuffer into)
    {
        switch (_place, octet)
        {
            case (Place.LineStart, (byte)'.'):
                _place = Place.Dot;
                return 1;
            case (Place.Dot, (byte)'\r'):
                _place = Place.DotCr;
                return 1;
            case (Place.DotCr, (byte)'\n'):
                Done = true;
                return 1;
            case (Place.DotCr, _):
                into.Append("\r"u8);
                _place = Place.Cr;
                return 0;
            case (Place.Cr, (byte)'\n'):
                into.Append("\n"u8);
                _place = Place.LineStart;
                return 1;
            default:
                Bare |= _place is Place.Cr;
                _place = Place.Text;
                return 0;
        }
    }

    /// <summary>As many lines as follow without a dot in front, handed on as one piece.</summary>
    private int Text(ReadOnlySpan<byte> chunk, MessageBuffer into)
    {
        var end = 0;
        while (true)
        {
            var next = chunk[end..].IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0)
            {
                end = chunk.Length;
                break;
            }

            end += next + 1;
            if (chunk[end - 1] == '\n')
            {
                Bare = true;
            }
            else if (end == chunk.Length)
            {
                _place = Place.Cr;
                break;
            }
            else if (chunk[end] != '\n')
            {
                Bare = true;
            }
            else if (++end == chunk.Length || chunk[end] == '.')
            {
                _place = Place.LineStart;
                break;
            }
        }

        into.Append(chunk[..end]);
        return end;
    }
}
