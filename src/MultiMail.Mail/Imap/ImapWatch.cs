using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// Follows the bytes of an IMAP server (RFC 9051 §9) before MailKit reads them, with MailKit's own ideas of where a string
/// and a literal end, so that both always agree on what is a list and what is a message. Where it could not be sure that
/// they agree, it throws: a server could hide a list in what only we take for a literal.
/// </summary>
internal sealed class ImapWatch(ImapLimits limits)
{
    private const int StatusMost = 256;

    private readonly StringBuilder _status = new();
    private readonly StringBuilder _word = new();
    private State _state = State.Start;
    private State _afterQuote;
    private bool _escaped;
    private int _depth;
    private int _line;
    private long _literal;

    private enum State
    {
        /// <summary>Nothing of the line but blanks.</summary>
        Start,

        /// <summary>After <c>*</c>: the name of the response, or a number.</summary>
        Name,
        Tag,
        TagStatus,

        /// <summary>After OK, NO, BAD, BYE, PREAUTH: a response code or text.</summary>
        StatusText,

        /// <summary>Between the brackets of a response code.</summary>
        Code,

        /// <summary>For people: no strings, no literals, to the end of the line.</summary>
        Text,
        Data,
        Quoted,

        /// <summary>After a quotation mark that may be a closing one.</summary>
        QuotedEnd,
        LiteralSize,
        LiteralPlus,
        LiteralLine,
        Literal,
    }

    /// <summary>Head of the last line that said OK, NO, BAD or BYE, at most 256 characters; a stranger's text.</summary>
    public string LastStatus { get; private set; } = string.Empty;

    /// <exception cref="ImapGuardException">Nothing of these bytes may be read.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_state is State.Literal)
            {
                var taken = (int)Math.Min(_literal, bytes.Length);
                bytes = bytes[taken..];
                _literal -= taken;
                if (_literal == 0)
                {
                    _state = State.Data;
                }

                continue;
            }

            Step(bytes[0]);
            bytes = bytes[1..];
        }
    }

    private void Step(byte b)
    {
        if (++_line > limits.Line)
        {
            throw new ImapGuardException("The server sent an endless line.");
        }

        switch (_state)
        {
            case State.Quoted:
                Quoted(b);
                break;
            case State.QuotedEnd:
                QuotedEnd(b);
                break;
            case State.LiteralSize or State.LiteralPlus or State.LiteralLine:
                LiteralHead(b);
                break;
            case State.Data:
                Data(b);
                break;
            default:
                Note(b);
                Head(b);
                break;
        }
    }

    /// <summary>The part of a line that tells what kind of line it is.</summary>
    private void Head(byte b)
    {
        if (b == '\n')
        {
            EndLine();
            return;
        }

        switch (_state)
        {
            case State.Start:
                Start(b);
                break;
            case State.Name:
                Word(b, State.Data, IsStatus);
                break;
            case State.Tag:
                Word(b, State.TagStatus, static _ => false);
                break;
            case State.TagStatus:
                Word(b, State.Data, IsTagged);
                break;
            case State.StatusText:
                StatusText(b);
                break;
            case State.Code:
                Code(b);
                break;
        }
    }

    private void Start(byte b)
    {
        // Exchange sends response codes without "* OK", which MailKit takes for one.
        _state = b switch
        {
            (byte)' ' or (byte)'\r' => State.Start,
            (byte)'*' => State.Name,
            (byte)'+' => State.Text,
            (byte)'[' => State.Code,
            _ => State.Tag,
        };
        if (_state is State.Tag)
        {
            Head(b);
        }
    }

    /// <summary>Gathers an atom; what follows depends on which one it is.</summary>
    private void Word(byte b, State otherwise, Func<string, bool> leadsToText)
    {
        if (_word.Length == 0 && b is (byte)' ' or (byte)'\r')
        {
            return;
        }

        if (IsAtom(b))
        {
            if (_word.Length < 64)
            {
                _word.Append((char)b);
            }

            return;
        }

        var status = leadsToText(_word.ToString());
        var bracket = _word.Length == 0 && b == '[' && _state is State.Name;
        _word.Clear();
        if (status || bracket)
        {
            _state = State.StatusText;
            StatusText(b);
        }
        else if (otherwise is State.TagStatus && b is (byte)' ' or (byte)'\r')
        {
            _state = State.TagStatus;
        }
        else
        {
            _state = State.Data;
            Data(b);
        }
    }

    private void StatusText(byte b)
    {
        _state = b switch
        {
            (byte)' ' or (byte)'\r' => State.StatusText,
            (byte)'[' => State.Code,

            // MailKit reads one token here, and a string or a literal would run past the end of the line.
            (byte)'"' or (byte)'{' => throw Unclear(),
            _ => State.Text,
        };
    }

    private void Code(byte b)
    {
        switch (b)
        {
            case (byte)']':
                _state = State.Text;
                break;
            case (byte)'"':
                OpenQuote();
                break;
            case (byte)'{':
                throw Unclear(); // an unknown code's literal is read by MailKit as tokens
            default:
                Nest(b);
                break;
        }
    }

    private void Data(byte b)
    {
        switch (b)
        {
            case (byte)'\n':
                EndLine();
                break;
            case (byte)'"':
                OpenQuote();
                break;
            case (byte)'{':
                _literal = -1;
                _state = State.LiteralSize;
                break;
            default:
                Nest(b);
                break;
        }
    }

    private void Nest(byte b)
    {
        if (b == '(' && ++_depth > limits.Depth)
        {
            throw new ImapGuardException("The server sent lists within lists without end.");
        }

        if (b == ')' && _depth > 0)
        {
            _depth--;
        }
    }

    private void OpenQuote()
    {
        _afterQuote = _state;
        _escaped = false;
        _state = State.Quoted;
    }

    private void Quoted(byte b)
    {
        if (b is (byte)'\r' or (byte)'\n')
        {
            throw Unclear(); // RFC 9051 §4.3 forbids it, MailKit reads on
        }

        if (b == '"' && !_escaped)
        {
            _state = State.QuotedEnd;
        }
        else
        {
            _escaped = b == '\\' && !_escaped;
        }
    }

    private void QuotedEnd(byte b)
    {
        if (b is (byte)']' or (byte)')' or (byte)' ' or (byte)'\r' or (byte)'\n')
        {
            _state = _afterQuote;
            if (_state is State.Data)
            {
                Data(b);
            }
            else
            {
                Head(b);
            }

            return;
        }

        // Some servers do not escape quotation marks; MailKit takes one for the end only before a delimiter.
        _state = State.Quoted;
        Quoted(b);
    }

    /// <summary><c>{n}</c> or <c>{n+}</c> and the end of the line.</summary>
    private void LiteralHead(byte b)
    {
        switch (_state, b)
        {
            case (State.LiteralSize, >= (byte)'0' and <= (byte)'9'):
                _literal = (Math.Max(_literal, 0) * 10) + (b - '0');
                if (_literal > limits.Literal)
                {
                    throw new ImapGuardException("The server announced a literal beyond the cap.");
                }

                break;
            case (State.LiteralSize, (byte)'+') when _literal >= 0:
                _state = State.LiteralPlus;
                break;
            case (State.LiteralSize or State.LiteralPlus, (byte)'}') when _literal >= 0:
                _state = State.LiteralLine;
                break;
            case (State.LiteralLine, (byte)'\r'):
                break;
            case (State.LiteralLine, (byte)'\n'):
                _state = _literal == 0 ? State.Data : State.Literal;
                _line = 0;
                break;
            default:
                throw Unclear();
        }
    }

    private void EndLine()
    {
        if (_status.Length > 0 && _state is State.Text or State.StatusText or State.Code)
        {
            LastStatus = _status.ToString();
        }

        _status.Clear();
        _word.Clear();
        _state = State.Start;
        _depth = 0;
        _line = 0;
    }

    private void Note(byte b)
    {
        if (_status.Length < StatusMost && b is >= 0x20 and < 0x7F)
        {
            _status.Append((char)b);
        }
    }

    private static ImapGuardException Unclear() => new("The server sent what readers understand differently.");

    private static bool IsAtom(byte b) => b > 0x20 && b != 0x7F && "[](){%*\\\"".IndexOf((char)b) < 0;

    private static bool IsStatus(string word) => IsTagged(word) || Is(word, "BYE") || Is(word, "PREAUTH");

    private static bool IsTagged(string word) => Is(word, "OK") || Is(word, "NO") || Is(word, "BAD");

    private static bool Is(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
