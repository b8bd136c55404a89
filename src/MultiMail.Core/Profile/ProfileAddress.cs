namespace MultiMail.Core.Profile;

/// <summary>A postal address as people type it into one field.</summary>
public static class ProfileAddress
{
    /// <summary>Line breaks, <c>\n</c> as typed in a shell, <c>|</c> and <c>;</c> part the lines.</summary>
    public static IReadOnlyList<string> Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Replace("\\n", "\n", StringComparison.Ordinal).Split(['\n', '\r', '|', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}
