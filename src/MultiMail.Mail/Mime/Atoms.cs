using System.Buffers;

namespace MultiMail.Mail;

/// <summary>Character classes of RFC 5322 §3.2.3 and RFC 2045 §5.1.</summary>
internal static class Atoms
{
    private static readonly SearchValues<char> AtomText = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");

    private static readonly SearchValues<char> TokenText = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~");

    public static bool IsAtomText(char c) => AtomText.Contains(c);

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenText);

    /// <summary>RFC 5322 §3.6.8: printable ASCII without the colon.</summary>
    public static bool IsFieldName(ReadOnlySpan<char> text) => IsToken(text) && text.Length <= 76;
}
