using System.Net;
using System.Text;
using MultiMail.Mail;

namespace MultiMail.Core.Templates;

/// <summary>Writes values into a template, each as its place wants it. Nothing that a value says is markup.</summary>
internal static class TemplateRendering
{
    public static string? Text(string? template, IReadOnlyDictionary<string, string> values) =>
        template is null ? null : Pieces.Of(template).Fill((_, name) => values[name]);

    /// <param name="faults">Gets the values that are no URL where one is needed.</param>
    public static string? Marked(string field, string? template, IReadOnlyDictionary<string, string> values, Faults faults)
    {
        if (template is null)
        {
            return null;
        }

        var pieces = Pieces.Of(template);
        var places = TemplateCheck.PlacesOf(field, pieces);
        return pieces.Fill((i, name) => Value(field, places[i], name, values[name], faults));
    }

    private static string Value(string field, InsertPlace place, string name, string value, Faults faults) => place.Kind switch
    {
        InsertKind.Text => Escaped(field, value),
        InsertKind.UrlPart => Part(name, value, faults),
        InsertKind.MailtoAddress => UrlValues.Address(value),
        InsertKind.Link => Url(field, name, value, isLink: true, faults),
        InsertKind.Picture => Url(field, name, value, isLink: false, faults),
        _ => throw new InvalidOperationException("A template with such a place is not saved."),
    };

    private static string Part(string name, string value, Faults faults)
    {
        if (UrlValues.IsDotted(value))
        {
            faults.Invalid($"variables.{name}", $"variables.{name} is dots alone, which is a step in a URL's path.", "Give a value with letters or digits.");
        }

        return UrlValues.Part(value);
    }

    private static string Url(string field, string name, string value, bool isLink, Faults faults)
    {
        if (UrlValues.Whole(value, mailto: isLink) is { } url)
        {
            return Escaped(field, url);
        }

        faults.Invalid(
            $"variables.{name}", $"variables.{name} is no URL that can stand there.",
            isLink ? "Give an http or https URL without a user name, or mailto: and one address." : "Give an http or https URL without a user name.");
        return string.Empty;
    }

    private static string Escaped(string field, string value) =>
        field == "html" ? WebUtility.HtmlEncode(value).Replace("`", "&#96;", StringComparison.Ordinal) : Markdown(value);

    // CommonMark §2.4: a backslash makes every ASCII punctuation mark a letter. Blanks at a line's start would make code of it.
    private static string Markdown(string value)
    {
        var text = new StringBuilder(value.Length * 2);
        var isStart = false;
        foreach (var c in value)
        {
            if (isStart && c is (' ' or '\t'))
            {
                continue;
            }

            isStart = c == '\n';
            if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)))
            {
                text.Append('\\');
            }

            text.Append(c == '\t' ? ' ' : c);
        }

        return text.ToString();
    }
}
