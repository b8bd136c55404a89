using MultiMail.Core.Text;

namespace MultiMail.Core.Templates;

/// <summary>The values of a template's variables: all of them, no others, within bounds.</summary>
internal static class TemplateValues
{
    private const int MaxValue = 2_000;
    private const int MaxNamed = 20;

    public static IReadOnlyDictionary<string, string> Check(TemplateContent content, IReadOnlyDictionary<string, string> given, Faults faults)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var inSubject = Pieces.Of(content.Subject).Names.ToHashSet(StringComparer.Ordinal);
        foreach (var name in content.Variables)
        {
            values[name] = given.TryGetValue(name, out var value) ? Checked(name, value, inSubject.Contains(name), faults) : Missing(name, faults);
        }

        var known = content.Variables.Count == 0 ? "This template has no variables." : $"It has {string.Join(", ", content.Variables)}.";
        foreach (var name in given.Keys.Except(content.Variables, StringComparer.Ordinal).Take(MaxNamed))
        {
            // What is no name of ours is not repeated: it may be anything.
            var field = Pieces.IsName(name) ? $"variables.{name}" : "variables";
            faults.Add(ErrorCodes.UnknownParameter, field, $"The template has no variable {(Pieces.IsName(name) ? name : "of a given name")}.", $"Take it out. {known}");
        }

        return values;
    }

    private static string Missing(string name, Faults faults)
    {
        faults.Invalid($"variables.{name}", $"variables.{name} is missing.", $"Give variables.{name} a value; an empty text is one.");
        return string.Empty;
    }

    private static string Checked(string name, string given, bool isLine, Faults faults)
    {
        var field = $"variables.{name}";
        faults.MaxLength(field, given, MaxValue);
        if (given.Length > MaxValue)
        {
            return string.Empty;
        }

        var value = given.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!GivenText.IsPlain(value, lines: !isLine))
        {
            faults.Invalid(
                field, $"{field} holds a control character or half of a character.",
                isLine ? $"Remove line breaks and other control characters: {field} stands in the subject." : $"Remove control characters from {field}; line breaks and tabs may stay.");
            return string.Empty;
        }

        return value;
    }
}
