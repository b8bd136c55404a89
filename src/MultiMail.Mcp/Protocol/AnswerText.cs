using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// The compact text of a structured answer. <see cref="Facts"/> holds what we vouch for, <see cref="Words"/> what
/// strangers wrote, item by item under the same numbers.
/// </summary>
internal sealed record AnswerText(string Facts, string Words)
{
    public static AnswerText Of(JsonObject content)
    {
        var facts = new StringBuilder();
        var words = new StringBuilder();
        Root(content, facts, words);
        return new AnswerText(facts.ToString().TrimEnd('\n'), words.ToString().TrimEnd('\n'));
    }

    private static void Root(JsonObject content, StringBuilder facts, StringBuilder words)
    {
        foreach (var (name, value) in content)
        {
            if (IsUntrusted(name))
            {
                Spoken(name, value, string.Empty, words);
            }
            else if (value is JsonArray items && items.Any(i => i is JsonObject))
            {
                facts.Append(name).Append(": ").Append(items.Count).Append('\n');
                Items(name, items, string.Empty, facts, words);
            }
            else if (value is JsonObject members && HasParts(members))
            {
                Item(members, name, facts, words);
            }
            else
            {
                facts.Append(name).Append(": ").Append(Inline(value)).Append('\n');
            }
        }
    }

    private static void Items(string name, JsonArray items, string prefix, StringBuilder facts, StringBuilder words)
    {
        var number = 0;
        foreach (var item in items)
        {
            number++;
            if (item is JsonObject members)
            {
                Item(members, $"{prefix}{name} {number.ToString(CultureInfo.InvariantCulture)}", facts, words);
            }
        }
    }

    private static void Item(JsonObject members, string label, StringBuilder facts, StringBuilder words)
    {
        var nested = new List<(string Name, JsonNode Value)>();
        facts.Append(label).Append(':');
        var separator = " ";
        foreach (var (name, value) in members)
        {
            if (IsUntrusted(name))
            {
                Spoken(name, value, label + " ", words);
            }
            else if (value is JsonArray items && items.Any(i => i is JsonObject))
            {
                nested.Add((name, items));
            }
            else if (value is JsonObject inner && HasParts(inner))
            {
                nested.Add((name, inner));
            }
            else
            {
                facts.Append(separator).Append(name).Append('=').Append(Inline(value));
                separator = "; ";
            }
        }

        facts.Append('\n');
        foreach (var (name, value) in nested)
        {
            if (value is JsonArray items)
            {
                Items(name, items, label + " ", facts, words);
            }
            else
            {
                Item((JsonObject)value, $"{label} {name}", facts, words);
            }
        }
    }

    /// <summary>Texts with a block of their own are not repeated here.</summary>
    private static void Spoken(string name, JsonNode? value, string label, StringBuilder words)
    {
        if (name != ToolAnswer.BodyField)
        {
            words.Append(label).Append(name.AsSpan(ToolAnswer.UntrustedPrefix.Length)).Append(": ").Append(Inline(value)).Append('\n');
        }
    }

    private static bool HasParts(JsonObject members) => members.Any(m => IsUntrusted(m.Key) || m.Value is JsonObject or JsonArray);

    private static bool IsUntrusted(string name) => name.StartsWith(ToolAnswer.UntrustedPrefix, StringComparison.Ordinal);

    private static string Inline(JsonNode? value) => value switch
    {
        null => "none",
        JsonValue v when v.TryGetValue<string>(out var text) => OneLine(text),
        JsonValue v when v.TryGetValue<bool>(out var yes) => yes ? "yes" : "no",
        JsonArray items => items.Count == 0 ? "none" : string.Join(", ", items.Select(Inline)),
        JsonObject members => members.Count == 0 ? "none" : string.Join(", ", members.Select(m => $"{m.Key}={Inline(m.Value)}")),
        _ => value.ToJsonString(),
    };

    private static string OneLine(string text) => text.AsSpan().ContainsAny('\n', '\r') ? text.ReplaceLineEndings(" ") : text;
}
