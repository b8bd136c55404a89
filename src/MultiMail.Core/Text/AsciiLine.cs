namespace MultiMail.Core.Text;

/// <summary>A stranger's words inside a text of ours that is ASCII and counts lines: a DNS record, a relay's reply.</summary>
internal static class AsciiLine
{
    /// <summary>Whatever is not printable ASCII becomes <c>?</c>.</summary>
    /// <param name="most">Characters; what is longer is cut and ends in <c>...</c>.</param>
    public static string Of(string text, int most)
    {
        var line = new string([.. text.Take(most + 1).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 3), "...");
    }
}
