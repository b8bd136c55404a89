using System.Buffers;
using System.Globalization;
using System.Text;

namespace MultiMail.Core.Audit;

/// <summary>
/// Writes RFC 8785 JSON for the values we use: strings, integers, booleans, null, arrays, objects. No floats.
/// The caller gives object members in ordinal order; the writer checks it, so that a digest never depends on luck.
/// </summary>
public sealed class CanonicalJson
{
    private const long MaxInteger = (1L << 53) - 1;
    private readonly ArrayBufferWriter<byte> _out = new(512);
    private readonly Stack<string?> _lastName = new();
    private bool _needsComma;

    public byte[] ToBytes() => _out.WrittenSpan.ToArray();

    public CanonicalJson BeginObject()
    {
        Separate();
        Raw("{"u8);
        _lastName.Push(null);
        _needsComma = false;
        return this;
    }

    public CanonicalJson EndObject()
    {
        _lastName.Pop();
        Raw("}"u8);
        _needsComma = true;
        return this;
    }

    public CanonicalJson BeginArray()
    {
        Separate();
        Raw("["u8);
        _needsComma = false;
        return this;
    }

    public CanonicalJson EndArray()
    {
        Raw("]"u8);
        _needsComma = true;
        return this;
    }

    /// <exception cref="InvalidOperationException">Out of order or twice: RFC 8785 §3.2.3 sorts by UTF-16 code units.</exception>
    public CanonicalJson Name(string name)
    {
        var last = _lastName.Pop();
        if (last is not null && string.CompareOrdinal(last, name) >= 0)
        {
            throw new InvalidOperationException($"Member {name} may not follow {last}.");
        }

        _lastName.Push(name);
        Separate();
        Text(name);
        Raw(":"u8);
        _needsComma = false;
        return this;
    }

    public CanonicalJson Value(string? text)
    {
        Separate();
        if (text is null)
        {
            Raw("null"u8);
        }
        else
        {
            Text(text);
        }

        _needsComma = true;
        return this;
    }

    /// <exception cref="ArgumentOutOfRangeException">|n| ≥ 2^53: not exact in every reader.</exception>
    public CanonicalJson Value(long number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxInteger);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, -MaxInteger);
        Separate();
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        Raw(digits[..length]);
        _needsComma = true;
        return this;
    }

    public CanonicalJson Value(bool truth)
    {
        Separate();
        Raw(truth ? "true"u8 : "false"u8);
        _needsComma = true;
        return this;
    }

    public CanonicalJson Member(string name, string value) => Name(name).Value(value);

    public CanonicalJson Member(string name, long value) => Name(name).Value(value);

    /// <summary>Writes the member only where there is a value.</summary>
    public CanonicalJson Optional(string name, string? value) => value is null ? this : Member(name, value);

    public CanonicalJson Member(string name, IEnumerable<string> values)
    {
        Name(name).BeginArray();
        foreach (var value in values)
        {
            Value(value);
        }

        return EndArray();
    }

    private void Separate()
    {
        if (_needsComma)
        {
            Raw(","u8);
        }
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _out.Write(bytes);

    /// <exception cref="ArgumentException">A lone surrogate has no UTF-8.</exception>
    private void Text(string text)
    {
        Raw("\""u8);
        foreach (var rune in new StrictRunes(text))
        {
            WriteRune(rune);
        }

        Raw("\""u8);
    }

    // RFC 8785 §3.2.2.2: two escapes, five short forms, the other controls as lower-case \u00xx, all else as it is.
    private void WriteRune(Rune rune)
    {
        ReadOnlySpan<byte> escape = rune.Value switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => default,
        };
        if (!escape.IsEmpty)
        {
            Raw(escape);
        }
        else if (rune.Value < 0x20)
        {
            Raw(Encoding.ASCII.GetBytes($"\\u{rune.Value:x4}"));
        }
        else
        {
            _out.Advance(rune.EncodeToUtf8(_out.GetSpan(4)));
        }
    }

    private ref struct StrictRunes(string text)
    {
        private int _at;

        public Rune Current { get; private set; }

        public readonly StrictRunes GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_at >= text.Length)
            {
                return false;
            }

            if (!Rune.TryGetRuneAt(text, _at, out var rune))
            {
                throw new ArgumentException("A lone surrogate cannot be written.", nameof(text));
            }

            Current = rune;
            _at += rune.Utf16SequenceLength;
            return true;
        }
    }
}
