namespace MultiMail.Core.Notices;

/// <summary>Words that stand for themselves.</summary>
internal static class NoticeWords
{
    /// <summary>A code as it is; whatever is none becomes <c>other</c>.</summary>
    public static string Code(string text) =>
        text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') ? text : "other";
}
