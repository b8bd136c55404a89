using System.Runtime.InteropServices;
using System.Text;

namespace MultiMail.Mail;

/// <summary>
/// A message cut into header fields and body without a parser: octets are only found, never changed. Linear in the size of the
/// message. A line ends with LF, with or without a CR before it; a CR elsewhere is an octet like any other.
/// </summary>
public sealed class RawFields
{
    private const int MaxName = 256;
    private readonly List<RawField> all;
    private Dictionary<string, List<int>>? byName;

    private RawFields(List<RawField> all, ReadOnlyMemory<byte> body)
    {
        this.all = all;
        Body = body;
    }

    /// <summary>In the order of the message, lines that are no field among them with an empty name.</summary>
    public IReadOnlyList<RawField> Fields => all;

    /// <summary>What follows the first empty line; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    public static RawFields Split(ReadOnlyMemory<byte> message)
    {
        var fields = new List<RawField>();
        var start = 0;
        var at = 0;
        while (at < message.Length)
        {
            var line = Line(message.Span, at);
            if (IsEmpty(line))
            {
                Add(fields, message[start..at]);
                return new RawFields(fields, message[(at + line.Length)..]);
            }

            // RFC 5322 §2.2.3: a line that begins with a blank goes on with the field before it.
            if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                Add(fields, message[start..at]);
                start = at;
            }

            at += line.Length;
        }

        Add(fields, message[start..at]);
        return new RawFields(fields, ReadOnlyMemory<byte>.Empty);
    }

    /// <summary>All fields of a name, from the top.</summary>
    public IReadOnlyList<RawField> Named(string name) => [.. Indexes(name).Select(index => all[index])];

    /// <summary>
    /// The fields that a list of names (h= of DKIM) stands for: each mention of a name takes the lowest field of that name that is
    /// not taken yet, and takes nothing when none is left (RFC 6376 §5.4.2).
    /// </summary>
    /// <param name="except">Index in <see cref="Fields"/> of a field that is never taken (the signature under check); -1 = none.</param>
    public IReadOnlyList<RawField> Select(IEnumerable<string> names, int except = -1)
    {
        ArgumentNullException.ThrowIfNull(names);
        var taken = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var selected = new List<RawField>();
        foreach (var name in names)
        {
            var same = Indexes(name);
            ref var used = ref CollectionsMarshal.GetValueRefOrAddDefault(taken, name, out _);
            if (used < same.Count && same[^(used + 1)] == except)
            {
                used++;
            }

            if (used < same.Count)
            {
                used++;
                selected.Add(all[same[^used]]);
            }
        }

        return selected;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> message, int at)
    {
        var end = message[at..].IndexOf((byte)'\n');
        return end < 0 ? message[at..] : message.Slice(at, end + 1);
    }

    private static bool IsEmpty(ReadOnlySpan<byte> line) => line.SequenceEqual("\n"u8) || line.SequenceEqual("\r\n"u8);

    private static void Add(List<RawField> fields, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 0)
        {
            fields.Add(new RawField(bytes, NameLength(bytes.Span)));
        }
    }

    private static int NameLength(ReadOnlySpan<byte> field)
    {
        var colon = field[..Math.Min(field.Length, MaxName)].IndexOf((byte)':');
        var name = colon < 0 ? [] : field[..colon].TrimEnd(" \t"u8);
        // RFC 5322 §2.2: a name is printable US-ASCII without a blank; a line end in it means that its line has no colon.
        return name.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? 0 : name.Length;
    }

    private List<int> Indexes(string name)
    {
        byName ??= Index();
        return byName.TryGetValue(name, out var indexes) ? indexes : [];
    }

    private Dictionary<string, List<int>> Index()
    {
        var index = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].NameLength == 0)
            {
                continue;
            }

            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(index, Encoding.Latin1.GetString(all[i].NameBytes), out _);
            (list ??= []).Add(i);
        }

        return index;
    }
}
