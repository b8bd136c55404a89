using System.Globalization;

namespace MultiMail.Mail;

/// <summary>The three tables of <c>unicode.txt</c>, read once when a text first needs them.</summary>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> Loaded = new(() => new UnicodeTables());
    private readonly Dictionary<int, byte> classes = [];
    private readonly HashSet<int> compatibility = [];

    private UnicodeTables()
    {
        using var stream = typeof(UnicodeTables).Assembly.GetManifestResourceStream("unicode.txt")
            ?? throw new InvalidOperationException("unicode.txt is not embedded");
        using var reader = new StreamReader(stream);
        var section = string.Empty;
        while (reader.ReadLine() is { } line)
        {
            if (line[0] == '[')
            {
                section = line;
            }
            else if (line[0] != '#')
            {
                Add(section, line);
            }
        }
    }

    public static UnicodeTables Instance => Loaded.Value;

    public Dictionary<int, int[]> Decompositions { get; } = [];

    public Dictionary<(int First, int Second), int> Compositions { get; } = [];

    public int Class(int point) => classes.GetValueOrDefault(point);

    public bool IsCompatibility(int point) => compatibility.Contains(point);

    private void Add(string section, string line)
    {
        switch (section)
        {
            case "[decompositions]":
                AddDecomposition(line);
                break;
            case "[classes]":
                var blank = line.IndexOf(' ', StringComparison.Ordinal);
                var value = byte.Parse(line.AsSpan(blank + 1), CultureInfo.InvariantCulture);
                foreach (var point in Range(line[..blank]))
                {
                    classes[point] = value;
                }

                break;
            default:
                compatibility.UnionWith(Range(line));
                break;
        }
    }

    private void AddDecomposition(string line)
    {
        var at = line.AsSpan().IndexOfAny('=', '>');
        var point = Hex(line[..at]);
        int[] parts = [.. line[(at + 1)..].Split(' ').Select(Hex)];
        Decompositions[point] = parts;
        if (line[at] == '=')
        {
            Compositions[(parts[0], parts[1])] = point;
        }
    }

    private static IEnumerable<int> Range(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = Hex(dash < 0 ? text : text[..dash]);
        var last = dash < 0 ? first : Hex(text[(dash + 1)..]);
        return Enumerable.Range(first, last - first + 1);
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
