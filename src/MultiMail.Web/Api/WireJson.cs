using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MultiMail.Web.Api;

/// <summary>The options that answers are written with.</summary>
internal static class WireJson
{
    /// <summary>Members that a caller finds in every answer, null or not.</summary>
    private static readonly HashSet<string> AlwaysThere = new(StringComparer.Ordinal)
    {
        "next_cursor", "approval_url", "from_name", "display_name", "agent_id", "expires_at",
    };

    /// <summary>Non-ASCII mail stays readable; the type is application/json with nosniff, never HTML.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(ApiJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ApiJson.Default.WithAddedModifier(KeepNulls),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void KeepNulls(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(p => AlwaysThere.Contains(p.Name)))
        {
            member.ShouldSerialize = static (_, _) => true;
        }
    }
}
