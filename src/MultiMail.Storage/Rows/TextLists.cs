using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MultiMail.Storage.Rows;

/// <summary>Small lists inside a column: JSON, so that no address can break out of its list.</summary>
internal static class TextLists
{
    private static readonly TextListsContext Json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? "[]" : JsonSerializer.Serialize(texts, Json.IReadOnlyListString);

    public static IReadOnlyList<string> Read(string text) =>
        text == "[]" ? [] : JsonSerializer.Deserialize(text, Json.IReadOnlyListString) ?? [];

    public static IReadOnlyDictionary<string, string> ReadTags(string? text) =>
        text is null or "{}" ? new Dictionary<string, string>(StringComparer.Ordinal) : JsonSerializer.Deserialize(text, Json.DictionaryStringString) ?? [];

    /// <summary>Null stays null: no condition.</summary>
    public static string? WriteIds(IReadOnlyList<MailboxId>? ids) =>
        ids is null ? null : $"[{string.Join(',', ids.Select(i => i.Value.ToString(CultureInfo.InvariantCulture)))}]";

    public static IReadOnlyList<MailboxId>? ReadIds(string? text) =>
        text is null ? null : [.. (JsonSerializer.Deserialize(text, Json.Int64Array) ?? []).Select(v => new MailboxId(v))];

    /// <summary>An empty list is no condition.</summary>
    public static string? WriteStates(IReadOnlyList<MessageState> states) =>
        states.Count == 0 ? null : $"[{string.Join(',', states.Select(s => $"\"{MessageStates.Name(s)}\""))}]";
}

[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(long[]))]
internal sealed partial class TextListsContext : JsonSerializerContext;
