using MultiMail.Mail;

namespace MultiMail.Core.Compliance.Rules;

/// <summary>How a recipient gets off the list: CS-05, CS-06, CS-13.</summary>
internal static class UnsubscribeChecks
{
    private const string NoPublicAddress = "Commercial mail needs an unsubscribe link, and this server has no public https address.";
    private const string SetPublicUrl = "Have a person set MULTIMAIL_PUBLIC_URL to the https address under which this server is reached.";
    private static readonly char[] Delimiters = [' ', '\t', '\u00A0', '<', '>', '"', '(', ')'];
    private const string OneByOne = "Send to each recipient by itself: an unsubscribe link is one recipient's.";

    public static IEnumerable<RuleFault> Visible(RuleScene scene)
    {
        if (scene.Facts.EnvelopeSize != 1)
        {
            yield return new RuleFault("Several recipients cannot share one unsubscribe link.", Fix: OneByOne);
            yield break;
        }

        if (scene.Facts.IsUnsubscribePage is not { } isPage)
        {
            if (scene.Kind is MailKinds.Commercial)
            {
                yield return new RuleFault(NoPublicAddress, Fix: SetPublicUrl);
                yield break;
            }

            isPage = static _ => false; // the way out is an answer by mail
        }

        foreach (var (field, text) in scene.Bytes.Texts())
        {
            var shown = scene.Facts.IsUnsubscribePage is null ? RuleWords.SaysUnsubscribe(text, scene.Language)
                : field == "html" ? IsLinked(scene.Bytes.Html!, isPage, scene.Language)
                : IsWritten(text, isPage, scene.Language);
            if (!shown)
            {
                yield return new RuleFault($"The {(field == "html" ? "HTML" : "plain text")} does not show this message's own way to unsubscribe, with a word that says so.", field);
            }
        }
    }

    public static IEnumerable<RuleFault> Header(RuleScene scene)
    {
        if (scene.Facts.EnvelopeSize != 1)
        {
            yield return new RuleFault("Several recipients cannot share one List-Unsubscribe.", Fix: OneByOne);
            yield break;
        }

        var isPage = scene.Facts.IsUnsubscribePage;
        if (isPage is null && scene.Kind is MailKinds.Commercial)
        {
            yield return new RuleFault(NoPublicAddress, Fix: SetPublicUrl);
            yield break;
        }

        var fields = scene.Bytes.Values("List-Unsubscribe");
        if (fields.Count != 1 || Targets(fields[0]) is not { } targets)
        {
            yield return new RuleFault(fields.Count == 1 ? "List-Unsubscribe is not a list of https and mailto addresses in angle brackets." : $"List-Unsubscribe stands {fields.Count} times; once is right.");
            yield break;
        }

        if (TargetFault(targets, isPage, scene.Facts.UnsubscribeMailto) is { } fault)
        {
            yield return new RuleFault(fault);
        }

        var post = scene.Bytes.Values("List-Unsubscribe-Post");
        if (isPage is null ? post.Count != 0 : post is not ["List-Unsubscribe=One-Click"])
        {
            yield return new RuleFault(isPage is null
                ? "List-Unsubscribe-Post stands there without an https address that it could be about."
                : "List-Unsubscribe-Post does not stand there once, as List-Unsubscribe=One-Click.");
        }

        if (!DkimSigner.Covers("List-Unsubscribe") || !DkimSigner.Covers("List-Unsubscribe-Post"))
        {
            yield return new RuleFault("The DKIM signature would not cover both fields.");
        }
    }

    public static IEnumerable<RuleFault> Endpoint(RuleScene scene)
    {
        if (scene.Facts is { IsUnsubscribePage: not null, UnsubscribeFault: { } fault })
        {
            yield return new RuleFault($"The unsubscribe page did not work when it was last tried: {fault}");
        }
    }

    private static string? TargetFault(List<string> targets, Func<string, bool>? isPage, string mailto)
    {
        var pages = targets.Where(t => !IsMailto(t)).ToList();
        var mails = targets.Where(IsMailto).ToList();
        return (isPage, pages) switch
        {
            (not null, not [_]) => $"List-Unsubscribe has {pages.Count} https addresses; exactly one is right.",
            (not null, [var page]) when !isPage(page) => "The address in List-Unsubscribe is not this recipient's.",
            (null, not []) => "List-Unsubscribe has an https address, and this server has none.",
            (null, []) when mails is not [_] => "List-Unsubscribe does not name the one mailbox that takes an unsubscribe by mail.",
            _ when !mails.TrueForAll(mail => mail.StartsWith(mailto, StringComparison.OrdinalIgnoreCase)) => "List-Unsubscribe names a mailbox that takes no unsubscribe of this mail.",
            _ => null,
        };
    }

    private static bool IsMailto(string target) => target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The address stands in the text, not within a longer one and not in a quoted line, with the word beside it.</summary>
    private static bool IsWritten(string text, Func<string, bool> isPage, string? language)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines.Index().Any(line => !line.Item.StartsWith('>') && line.Item.Split(Delimiters).Any(word => isPage(word.TrimEnd('.', ',', ';')))
            && RuleWords.SaysUnsubscribe(Beside(lines, line.Index), language));
    }

    /// <summary>A link that can be seen leads there, and its text or the line around it says so.</summary>
    private static bool IsLinked(ShownHtml html, Func<string, bool> isPage, string? language)
    {
        var lines = html.Text.Split('\n');
        return html.Links.Any(link => link.Text.Trim() is { Length: > 0 } text && isPage(link.Target)
            && (RuleWords.SaysUnsubscribe(text, language)
                || lines.Index().Any(line => line.Item.Contains(text, StringComparison.Ordinal) && RuleWords.SaysUnsubscribe(Beside(lines, line.Index), language))));
    }

    // The addresses themselves do not count as words: ours may say anything.
    private static string Beside(string[] lines, int at) => string.Join(
        ' ', lines[Math.Max(0, at - 1)..Math.Min(lines.Length, at + 2)].SelectMany(line => line.Split(Delimiters)).Where(word => !word.Contains("://", StringComparison.Ordinal)));

    /// <summary>RFC 2369 §2: URIs in angle brackets, separated by commas, no blank within.</summary>
    private static List<string>? Targets(string value)
    {
        var targets = new List<string>();
        foreach (var item in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (item is not ['<', .. var uri, '>'] || uri.Length == 0 || uri.AsSpan().IndexOfAny(" \t<>") >= 0
                || !(uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            targets.Add(uri);
        }

        return targets;
    }
}
