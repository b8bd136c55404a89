using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiMail.Core.Privacy;

/// <summary>JSON whose strings name an address, without it.</summary>
internal static class JsonWithout
{
    public static string Of(byte[] json, AddressTrace trace)
    {
        try
        {
            return Clean(JsonNode.Parse(json), trace)?.ToJsonString() ?? "null";
        }
        catch (JsonException)
        {
            return "{}";
        }
    }

    private static JsonNode? Clean(JsonNode? node, AddressTrace trace) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(trace.Without(m.Key), Clean(m.Value, trace)))),
        JsonArray items => new JsonArray([.. items.Select(i => Clean(i, trace))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(trace.Without(text)),
        _ => node?.DeepClone(),
    };
}
