using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Protocol;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// A result record as the two forms of an answer. The text is made from the structured form, so both say the same,
/// and the name of a field alone decides where its value may appear: <c>untrusted_*</c> stands behind the fence or nowhere.
/// </summary>
internal static class ToolAnswer
{
    public const string UntrustedPrefix = "untrusted_";

    /// <summary>Holds a whole text: gets a block of its own, and the markers in both forms.</summary>
    public const string BodyField = "untrusted_body";

    public static CallToolResult Of<T>(T result, JsonTypeInfo<T> type, UntrustedFence fence)
    {
        var content = (JsonObject)(JsonSerializer.SerializeToNode(result, type) ?? new JsonObject());
        var blocks = new List<(string Label, string Text)>();
        Clean(content, string.Empty, fence, untrusted: false, blocks);
        if (fence.Removed > 0)
        {
            content["fence_lookalikes_removed"] = fence.Removed;
        }

        var text = AnswerText.Of(content);
        return new CallToolResult
        {
            Content = [.. Blocks(text, blocks, fence)],
            StructuredContent = Element(content),
        };
    }

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node, ToolJson.Default.JsonNode);

    private static IEnumerable<ContentBlock> Blocks(AnswerText text, List<(string Label, string Text)> blocks, UntrustedFence fence)
    {
        yield return new TextContentBlock { Text = text.Facts };
        var notice = UntrustedFence.Notice + "\n";
        if (text.Words.Length > 0)
        {
            yield return new TextContentBlock { Text = notice + fence.Wrap(text.Words) };
            notice = string.Empty;
        }

        foreach (var (label, body) in blocks)
        {
            yield return new TextContentBlock { Text = $"{notice}{label}:\n{body}" };
            notice = string.Empty;
        }
    }

    private static void Clean(JsonObject content, string path, UntrustedFence fence, bool untrusted, List<(string, string)> blocks)
    {
        foreach (var (name, value) in content.ToArray())
        {
            // Within a stranger's object, such as tags, the names are theirs too.
            var key = untrusted ? fence.CleanLine(name) : name;
            if (key != name)
            {
                content.Remove(name);
                content[key] = value?.DeepClone();
            }

            var marked = untrusted || key.StartsWith(UntrustedPrefix, StringComparison.Ordinal);
            switch (content[key])
            {
                case JsonObject inner:
                    Clean(inner, $"{path}{key}.", fence, marked, blocks);
                    break;
                case JsonArray items:
                    CleanItems(items, $"{path}{key}", fence, marked, blocks);
                    break;
                case JsonValue text when marked && text.TryGetValue<string>(out var words):
                    content[key] = Words(key, words, path, fence, blocks);
                    break;
                case null or JsonValue:
                    break;
            }
        }
    }

    private static string Words(string name, string words, string path, UntrustedFence fence, List<(string, string)> blocks)
    {
        if (name != BodyField)
        {
            return fence.CleanLine(words);
        }

        var fenced = fence.Wrap(fence.Clean(words));
        blocks.Add((path + name, fenced));
        return fenced;
    }

    private static void CleanItems(JsonArray items, string path, UntrustedFence fence, bool marked, List<(string, string)> blocks)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item)
            {
                Clean(item, $"{path}[{i + 1}].", fence, marked, blocks);
            }
            else if (marked && items[i] is JsonValue value && value.TryGetValue<string>(out var words))
            {
                items[i] = fence.CleanLine(words);
            }
        }
    }
}
