using MultiMail.Core.Storage;
using System.Globalization;

namespace MultiMail.Core.Search;

/// <summary>
/// The search language: words, "phrases", prefix*, -not, and <c>from: to: subject: tag: before: after: has:attachment is:unread is:read</c>.
/// Whatever it does not understand is a word to look for, so no query is an error and none reaches the engine as syntax.
/// </summary>
internal static class SearchLanguage
{
    public static (SearchTerms Terms, MessageQuery Query) Parse(string text, MessageQuery query)
    {
        var terms = new List<SearchTerm>();
        foreach (var token in Tokens(text))
        {
            if (Narrow(token, query) is { } narrowed)
            {
                query = narrowed;
            }
            else if (Term(token) is { } term)
            {
                terms.Add(term);
            }
        }

        return (new SearchTerms(terms), query);
    }

    private static IEnumerable<string> Tokens(string text)
    {
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var end = i == text.Length || (!quoted && char.IsWhiteSpace(text[i]));
            if (end && start >= 0)
            {
                yield return text[start..i];
                start = -1;
            }
            else if (!end)
            {
                start = start < 0 ? i : start;
                quoted ^= text[i] == '"';
            }
        }
    }

    private static MessageQuery? Narrow(string token, MessageQuery query)
    {
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == token.Length - 1)
        {
            return null;
        }

        var value = token[(colon + 1)..].Trim('"');
        return (token[..colon].ToLowerInvariant(), value.ToLowerInvariant()) switch
        {
            ("from", _) => query with { From = value },
            ("to", _) => query with { To = value },
            ("subject", _) => query with { Subject = value },
            ("tag", _) => Tagged(query, value),
            ("has", "attachment" or "attachments") => query with { HasAttachments = true },
            ("is", "unread") => query with { Unread = true },
            ("is", "read") => query with { Unread = false },
            ("before", _) when Day(value) is { } day => query with { Before = day },
            ("after" or "since", _) when Day(value) is { } day => query with { Since = day },
            _ => null,
        };
    }

    private static MessageQuery Tagged(MessageQuery query, string value)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? query with { Tag = value } : query with { Tag = value[..equals], TagValue = value[(equals + 1)..] };
    }

    private static DateTimeOffset? Day(string value) =>
        Text.Rfc3339.TryParse(value, out var time) ||
        DateTimeOffset.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            ? time
            : null;

    private static SearchTerm? Term(string token)
    {
        var not = token.Length > 1 && token[0] == '-';
        var body = not ? token[1..] : token;
        var prefix = body.EndsWith('*');
        var phrase = body.Replace('"', ' ').Replace('*', ' ').Trim();
        return phrase.Count(char.IsLetterOrDigit) >= 2 ? new SearchTerm(phrase, prefix, not) : null;
    }
}
