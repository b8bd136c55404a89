using System.Globalization;

namespace MultiMail.Mail;

/// <summary>The prototypes of <c>confusables.txt</c>, read once when an address is first looked at.</summary>
internal static class ConfusableTable
{
    private static readonly Lazy<Dictionary<int, int[]>> Loaded = new(Load);

    /// <summary>What a code point looks like; itself when it is its own prototype.</summary>
    public static void Append(int point, List<int> into)
    {
        if (Loaded.Value.TryGetValue(point, out var prototype))
        {
            into.AddRange(prototype);
        }
        else
        {
            into.Add(point);
        }
    }

    private static Dictionary<int, int[]> Load()
    {
        using var stream = typeof(ConfusableTable).Assembly.GetManifestResourceStream("confusables.txt")
            ?? throw new InvalidOperationException("confusables.txt is not embedded");
        using var reader = new StreamReader(stream);
        var table = new Dictionary<int, int[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line[0] != '#')
            {
                var points = line.Split(' ').Select(text => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
                table[points[0]] = points[1..];
            }
        }

        return table;
    }
}
