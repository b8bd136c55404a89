using System.Net;
using MultiMail.Core.Compliance.Disclosure;

namespace MultiMail.Core.Compliance.Footers;

/// <summary>What mail to the outside ends with: who sends it, and how to get no more of it (CS-05, CS-07, CS-08).</summary>
/// <param name="PostalLines">Name, address, country.</param>
/// <param name="IsAdvertisement">It is said that this is one.</param>
internal sealed record Footer(FooterText Words, IReadOnlyList<string> PostalLines, WaysOut Out, bool IsAdvertisement)
{
    // Two dashes would begin a signature, which mail programs and we ourselves leave out of answers.
    private const string Line = "* * *";

    /// <summary>What the text part lacks; empty when it says all itself.</summary>
    public string OfText(string body)
    {
        var blocks = new List<string>();
        if (IsAdvertisement)
        {
            blocks.Add(Words.Advertisement);
        }

        if (!HasPostalLines(body))
        {
            blocks.Add(string.Join('\n', PostalLines));
        }

        if (!HasWayOut(body))
        {
            blocks.Add(Out.Page is { } page ? $"{Words.Unsubscribe}: {page}" : Words.Reply);
        }

        return blocks.Count == 0 ? string.Empty : $"\n\n{Line}\n{string.Join("\n\n", blocks)}\n";
    }

    /// <summary>What the HTML lacks.</summary>
    /// <param name="visible">The text that a reader of the HTML sees.</param>
    public string OfHtml(string html, string visible)
    {
        var blocks = new List<string>();
        if (IsAdvertisement)
        {
            blocks.Add(Encoded(Words.Advertisement));
        }

        if (!HasPostalLines(visible))
        {
            blocks.Add(string.Join("<br>", PostalLines.Select(Encoded)));
        }

        if (Out.Page is { } page ? !html.Contains(page, StringComparison.Ordinal) : !HasWayOut(visible))
        {
            blocks.Add(Out.Page is { } link ? HtmlNotes.Link(link, Words.Unsubscribe) : Encoded(Words.Reply));
        }

        return string.Concat(blocks.Select(block => HtmlNotes.Paragraph(Words.Language, block)));
    }

    private bool HasPostalLines(string body)
    {
        var folded = DisclosureCheck.Folded(body);
        return PostalLines.All(line => folded.Contains(DisclosureCheck.Folded(line), StringComparison.Ordinal));
    }

    private bool HasWayOut(string body) => body.Contains(Out.Page ?? Words.Reply, StringComparison.Ordinal);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
