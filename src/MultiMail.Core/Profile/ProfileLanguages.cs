namespace MultiMail.Core.Profile;

/// <summary>The languages in which this server writes into mail.</summary>
public static class ProfileLanguages
{
    public const string English = "en";

    public static IReadOnlyList<string> All { get; } = [English, "de", "fr", "es", "it", "nl", "pl", "pt"];

    /// <summary>The language of a tag such as <c>de-AT</c> (RFC 5646 §2.1: the first subtag); null when it is none of them.</summary>
    public static string? Of(string? tag)
    {
        if (tag is null)
        {
            return null;
        }

        var end = tag.AsSpan().IndexOfAny('-', '_');
        var first = (end < 0 ? tag : tag[..end]).ToLowerInvariant();
        return All.Contains(first, StringComparer.Ordinal) ? first : null;
    }
}
