using MultiMail.Core.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Templates;

/// <summary>Checks a template when it is saved, so that making mail from it can fail for its values only.</summary>
internal static class TemplateCheck
{
    private const int MaxName = 200;
    private const int MaxSubject = 998;
    private const int MaxBodies = 1_000_000;
    private const int MaxVariables = 50;
    private const int MaxPlaces = 500;

    public static TemplateContent Check(TemplateFields given)
    {
        var faults = new Faults();
        var name = GivenText.Line(faults, "name", given.Name, MaxName);
        var subject = GivenText.Line(faults, "subject", given.Subject, MaxSubject);
        CheckNeeded(name, subject, given, faults);
        var variables = Variables(given.Variables, faults);
        var used = new List<string>();
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[("subject", subject), ("text", given.Text), ("html", given.Html), ("markdown", given.Markdown)])
        {
            used.AddRange(Used(field, text, faults));
        }

        CheckUse(variables, used, faults);
        IdempotencyKeys.Check(given.IdempotencyKey, faults);
        faults.ThrowIfAny();
        return new TemplateContent(name!, subject!, given.Text, given.Html, given.Markdown, variables);
    }

    private static void CheckNeeded(string? name, string? subject, TemplateFields given, Faults faults)
    {
        if (name is null)
        {
            faults.Invalid("name", "name is empty.", "Give the template a name of 1 to 200 characters.");
        }

        if (subject is null)
        {
            faults.Invalid("subject", "subject is empty.", "Give subject 1 to 998 characters.");
        }

        if (string.IsNullOrWhiteSpace(given.Text) && string.IsNullOrWhiteSpace(given.Html) && string.IsNullOrWhiteSpace(given.Markdown))
        {
            faults.Invalid("text", "The template has no body.", "Give text, markdown or html.");
        }

        if (given.Html is not null && given.Markdown is not null)
        {
            faults.Invalid("markdown", "html and markdown are both given.", "Give one of them; markdown makes the HTML itself.");
        }

        var chars = (given.Text?.Length ?? 0) + (given.Html?.Length ?? 0) + (given.Markdown?.Length ?? 0);
        if (chars > MaxBodies)
        {
            faults.Add(ErrorCodes.MessageTooLarge, "text", $"The bodies have {chars} characters; {MaxBodies} is the most.", "Shorten the bodies.");
        }
    }

    private static List<string> Variables(IReadOnlyList<string> given, Faults faults)
    {
        if (given.Count > MaxVariables)
        {
            faults.Invalid("variables", $"There are {given.Count} variables; {MaxVariables} is the most.", "Use fewer variables.");
            return [];
        }

        for (var i = 0; i < given.Count; i++)
        {
            if (!Pieces.IsName(given[i]))
            {
                faults.Invalid($"variables[{i}]", $"variables[{i}] is no name.", "Use a small letter, then small letters, digits and '_', at most 40 characters.");
            }
        }

        return [.. given.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<string> Used(string field, string? text, Faults faults)
    {
        if (text is null)
        {
            return [];
        }

        if (!GivenText.IsPlain(text.Replace("\r\n", "\n", StringComparison.Ordinal), lines: true))
        {
            faults.Invalid(field, $"{field} holds a control character or half of a character.", $"Remove control characters from {field}; line breaks and tabs may stay.");
        }

        var pieces = Pieces.Of(text);
        if (pieces.Broken is { } at)
        {
            faults.Invalid(field, $"{field} has braces at character {at + 1} that are no placeholder.", "Write placeholders as {{name}}, without blanks; other double braces cannot stand in a template.");
            return [];
        }

        if (pieces.Names.Count > MaxPlaces)
        {
            faults.Invalid(field, $"{field} has {pieces.Names.Count} placeholders; {MaxPlaces} is the most.", "Use fewer placeholders.");
            return pieces.Names;
        }

        var places = PlacesOf(field, pieces);
        foreach (var (place, name) in places.Zip(pieces.Names).Where(p => p.First.Kind is InsertKind.None).DistinctBy(p => (p.First.Where, p.Second)))
        {
            faults.Invalid(
                field, $"{field} has {{{{{name}}}}} {place.Where}, where no value can be written safely.",
                "Put it into text, into a quoted title or alt attribute, or into a link's URL as the whole of it or behind its host.");
        }

        return pieces.Names;
    }

    /// <summary>What each placeholder's value is there; empty for text without markup.</summary>
    public static IReadOnlyList<InsertPlace> PlacesOf(string field, Pieces pieces) => field switch
    {
        "html" => HtmlInserts.OfHtml(pieces.Literals),
        "markdown" => HtmlInserts.OfMarkdown(pieces.Literals),
        _ => [],
    };

    private static void CheckUse(List<string> declared, List<string> used, Faults faults)
    {
        foreach (var name in used.Distinct(StringComparer.Ordinal).Except(declared, StringComparer.Ordinal))
        {
            faults.Invalid("variables", $"{{{{{name}}}}} is used and not declared.", $"Add {name} to variables, or take the placeholder out.");
        }

        foreach (var name in declared.Where(Pieces.IsName).Except(used, StringComparer.Ordinal))
        {
            faults.Invalid("variables", $"{name} is declared and never used.", $"Take {name} out of variables, or write {{{{{name}}}}} where it belongs.");
        }
    }
}
