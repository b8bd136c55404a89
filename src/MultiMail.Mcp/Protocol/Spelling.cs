namespace MultiMail.Mcp.Protocol;

/// <summary>Whether a name is another one misspelt.</summary>
internal static class Spelling
{
    /// <summary>The same but for case, or for one or two characters in a word that is long enough to tell.</summary>
    public static bool IsNear(string known, string given) =>
        string.Equals(known, given, StringComparison.OrdinalIgnoreCase) ||
        (Math.Abs(known.Length - given.Length) <= 2 && Distance(known, given) <= (known.Length >= 6 ? 2 : known.Length >= 4 ? 1 : 0));

    /// <summary>Levenshtein's distance, row by row.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
