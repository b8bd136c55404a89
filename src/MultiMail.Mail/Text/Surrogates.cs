using System.Buffers;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Halves of surrogate pairs: no encoder can write them, so they are refused outward and replaced inward.</summary>
internal static class Surrogates
{
    private static readonly SearchValues<char> Any = SearchValues.Create(
        [.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    public static bool AreWhole(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny(Any);
        while (at >= 0)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var used) != OperationStatus.Done)
            {
                return false;
            }

            text = text[(at + used)..];
            at = text.IndexOfAny(Any);
        }

        return true;
    }

    /// <summary>U+FFFD for each half.</summary>
    public static string Replace(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune); // the enumerator hands out the replacement character for what is no scalar value
        }

        return result.ToString();
    }
}
