using System.Buffers;

namespace MultiMail.Mail;

/// <summary>Links with where they lead and whether their text says something else.</summary>
internal static class LinkList
{
    private const int MaxLinks = 500;
    private const int MaxTarget = 2_000;
    private const int MaxText = 200;
    private static readonly SearchValues<char> AddressEnds = SearchValues.Create(" \t\r\n<>\"");

    public static IReadOnlyList<LinkFound> Of(IEnumerable<(string Target, string Text)> links) =>
        [.. links.Take(MaxLinks).Select(link => Of(link.Target, link.Text))];

    /// <summary>The http and https addresses that stand in a plain text.</summary>
    public static IReadOnlyList<LinkFound> InText(string text)
    {
        var found = new List<(string, string)>();
        var at = 0;
        while (found.Count < MaxLinks && (at = text.IndexOf("http", at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            var rest = text.AsSpan(at);
            if (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            {
                var end = rest.IndexOfAny(AddressEnds);
                var target = (end < 0 ? rest : rest[..end]).TrimEnd(".,;:!?)'").ToString();
                found.Add((target, target));
                at += target.Length;
            }
            else
            {
                at += 4;
            }
        }

        return Of(found);
    }

    /// <summary>Where a target leads: A-labels; empty when it names no host.</summary>
    public static string HostOf(string target) => Host(BodyText.Clean(target.Trim()));

    private static LinkFound Of(string target, string text)
    {
        var clean = BodyText.Clean(target.Trim());
        var host = Host(clean);
        var named = NamedHost(text);
        return new LinkFound(
            host,
            Cut(clean, MaxTarget),
            Cut(BodyText.Clean(text), MaxText),
            named is not null && host.Length > 0 && !SameSite(named, host))
        {
            DisplayHost = HostName.ToULabels(host),
            MixedScript = Scripts.AreMixed(HostName.ToULabels(host)),
        };
    }

    private static string Cut(string text, int max) => text.Length <= max ? text : BodyText.Clean(text[..max]);

    /// <summary>Host between the slashes and the next delimiter, without user part and port, as browsers read it.</summary>
    private static string Host(string target)
    {
        var scheme = target.IndexOf(':', StringComparison.Ordinal);
        var named = scheme > 0 && target[..scheme].ToLowerInvariant() is "http" or "https" or "mailto";
        if (!named && !target.StartsWith("//", StringComparison.Ordinal))
        {
            return string.Empty; // a path has no host, and what follows javascript: or data: is none
        }

        var rest = target.AsSpan(Math.Max(0, scheme + 1));
        if (scheme > 0 && target.AsSpan(0, scheme).Equals("mailto", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[..Until(rest, "?")];
        }
        else
        {
            // WHATWG URL §4.4: backslashes are read as slashes, and any number of them.
            rest = rest.TrimStart("/\\");
            rest = rest[..Until(rest, "/\\?#")];
        }

        var host = rest[(rest.LastIndexOf('@') + 1)..];
        host = host[..Until(host, ":")].TrimEnd('.');
        return HostName.ToALabels(host.ToString(), out var domain) is null || domain.Length > 0 ? domain : host.ToString().ToLowerInvariant();
    }

    private static int Until(ReadOnlySpan<char> text, ReadOnlySpan<char> stops)
    {
        var at = text.IndexOfAny(stops);
        return at < 0 ? text.Length : at;
    }

    /// <summary>A host that the text itself names: a whole address, or a word that looks like one.</summary>
    private static string? NamedHost(string text)
    {
        var word = text.Trim();
        if (word.Contains("://", StringComparison.Ordinal))
        {
            var start = word.IndexOf("://", StringComparison.Ordinal);
            return Host("http" + word[start..].Split(' ', '\n')[0]) is { Length: > 0 } host ? host : null;
        }

        word = word[(word.LastIndexOf('@') + 1)..].Split('/')[0];
        var looksLikeHost = word.Contains('.', StringComparison.Ordinal) && !word.Contains(' ', StringComparison.Ordinal)
            && HostName.ToALabels(word, out _) is null;
        return looksLikeHost && word[(word.LastIndexOf('.') + 1)..].Length >= 2 && HostName.ToALabels(word, out var domain) is null ? domain : null;
    }

    // www.example.org and example.org are one to a reader.
    private static bool SameSite(string named, string host) =>
        named == host || host.EndsWith("." + named, StringComparison.Ordinal) || named == "www." + host;
}
