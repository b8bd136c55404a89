using System.Text.Json;
using MultiMail.Core.Errors;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// Holds arguments against the schema that the client was shown, so that what is said and what is enforced cannot differ.
/// Reports every fault, up to twenty. Knows the keywords that <see cref="SchemaShape"/> produces.
/// </summary>
internal static class ArgumentCheck
{
    private const int MostShown = 20;

    /// <param name="alsoArrays">Parameters of type string that take an array of strings too.</param>
    public static IReadOnlyList<Violation> Find(
        JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>> arguments, IReadOnlySet<string> alsoArrays)
    {
        var faults = new List<Violation>();
        Members(schema, [.. arguments], string.Empty, alsoArrays, faults);
        return faults.Count <= MostShown ? faults : faults[..MostShown];
    }

    private static void Members(
        JsonElement schema,
        IReadOnlyList<KeyValuePair<string, JsonElement>> members,
        string path,
        IReadOnlySet<string> alsoArrays,
        List<Violation> faults)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var open = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind is JsonValueKind.Object;
        foreach (var (name, value) in members)
        {
            var field = path + Shown(name);
            if (known.ValueKind is JsonValueKind.Object && known.TryGetProperty(name, out var property))
            {
                Value(property, value, field, alsoArrays.Contains(field), faults);
            }
            else if (open)
            {
                Value(additional, value, field, alsoArray: false, faults);
            }
            else
            {
                faults.Add(Unknown(field, known));
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray().Select(r => r.GetString() ?? string.Empty)
                .Where(r => !members.Any(m => m.Key == r))
                .Select(r => Bad(path + r, $"{path}{r} is missing.", $"Pass {path}{r}: {Description(known.GetProperty(r))}")));
        }
    }

    private static void Value(JsonElement schema, JsonElement value, string field, bool alsoArray, List<Violation> faults)
    {
        if (alsoArray && value.ValueKind is JsonValueKind.Array)
        {
            if (value.EnumerateArray().Any(v => v.ValueKind is not JsonValueKind.String))
            {
                faults.Add(Bad(field, $"{field} must be a string or an array of strings.", $"Pass {field} as a string of comma-separated addresses."));
            }

            return;
        }

        var type = schema.TryGetProperty("type", out var t) ? t.GetString() : null;
        if (!IsOf(type, value))
        {
            faults.Add(Bad(field, $"{field} must be {Article(type)}, not {Kind(value)}.", $"Pass {field} as {Article(type)}."));
            return;
        }

        switch (type)
        {
            case "string":
                Text(schema, value.GetString() ?? string.Empty, field, faults);
                break;
            case "integer":
                Between(schema, value.GetInt64(), "minimum", "maximum", field, field, string.Empty, faults);
                break;
            case "array":
                Items(schema, value, field, faults);
                break;
            case "object":
                Members(schema, [.. value.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, m.Value))], field + ".", Empty, faults);
                break;
            default:
                break;
        }
    }

    private static void Text(JsonElement schema, string value, string field, List<Violation> faults)
    {
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => a.GetString() == value))
        {
            var names = string.Join(", ", allowed.EnumerateArray().Select(a => a.GetString()));
            faults.Add(Bad(field, $"{field} must be one of {names}.", $"Pass {field} as one of {names}."));
        }

        Between(schema, value.Length, "minLength", "maxLength", field, $"the length of {field}", " characters", faults);
    }

    private static void Items(JsonElement schema, JsonElement value, string field, List<Violation> faults)
    {
        Between(schema, value.GetArrayLength(), "minItems", "maxItems", field, $"the number of {field}", string.Empty, faults);
        if (!schema.TryGetProperty("items", out var items))
        {
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Value(items, item, $"{field}[{index++}]", alsoArray: false, faults);
        }
    }

    private static void Between(
        JsonElement schema, long value, string low, string high, string field, string what, string unit, List<Violation> faults)
    {
        var min = schema.TryGetProperty(low, out var l) ? l.GetInt64() : long.MinValue;
        var max = schema.TryGetProperty(high, out var h) ? h.GetInt64() : long.MaxValue;
        if (value >= min && value <= max)
        {
            return;
        }

        var bounds = (min, max) switch
        {
            (long.MinValue, _) => $"at most {max}",
            (_, long.MaxValue) => $"at least {min}",
            _ => $"between {min} and {max}",
        };
        faults.Add(Bad(field, $"{field} is out of bounds: {what} must be {bounds}{unit}, not {value}.", $"Keep {what} {bounds}{unit}."));
    }

    private static bool IsOf(string? type, JsonElement value) => type switch
    {
        "string" => value.ValueKind is JsonValueKind.String,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind is JsonValueKind.Array,
        "object" => value.ValueKind is JsonValueKind.Object,
        _ => true,
    };

    private static Violation Unknown(string field, JsonElement known)
    {
        string[] names = known.ValueKind is JsonValueKind.Object ? [.. known.EnumerateObject().Select(p => p.Name)] : [];
        var name = field[(field.LastIndexOf('.') + 1)..];
        var fix = names.FirstOrDefault(n => Spelling.IsNear(n, name)) is { } near ? $"Did you mean {near}?"
            : names.Length == 0 ? "Pass no parameters."
            : $"Leave {field} out. Known are: {string.Join(", ", names)}.";
        return new Violation(ErrorCodes.UnknownParameter, field, $"There is no parameter {field}.", fix);
    }

    private static Violation Bad(string field, string message, string fix) =>
        new(ErrorCodes.InvalidParameter, field, message, fix);

    private static string Description(JsonElement property) =>
        property.TryGetProperty("description", out var text) ? text.GetString() ?? string.Empty : Article(property.GetProperty("type").GetString()) + ".";

    private static string Article(string? type) => type is "integer" or "array" or "object" ? $"an {type}" : $"a {type}";

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => "a string",
    };

    /// <summary>A name that the caller made up goes back short and on one line.</summary>
    private static string Shown(string name)
    {
        var plain = new string([.. name.Where(c => !char.IsControl(c)).Take(60)]);
        return plain.Length == 0 ? "\"\"" : plain;
    }

    private static readonly HashSet<string> Empty = [];
}
