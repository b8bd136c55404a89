using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace MultiMail.Mcp.Protocol;

/// <summary>
/// Schemas that every client can read: no null in types, no default null, closed objects, no bare <c>true</c>.
/// Optional means absent.
/// </summary>
internal static class SchemaShape
{
    /// <summary>An answer with so few members is a list with its cursor and counts.</summary>
    private const int ListMembers = 6;

    public static AIJsonSchemaCreateOptions Input { get; } = new()
    {
        TransformSchemaNode = static (context, node) => Plain(context, node),
        TransformOptions = new AIJsonSchemaTransformOptions { DisallowAdditionalProperties = true },
    };

    /// <summary>
    /// The members of an answer and, where it is a list, of its items; what lies deeper is an object. Members may be absent,
    /// so none is required: every word here is paid for in every conversation.
    /// </summary>
    public static JsonElement OutputOf(Type answer)
    {
        var shown = answer.GetProperties().Length <= ListMembers ? 1 : 0;
        return AIJsonUtilities.CreateJsonSchema(answer, serializerOptions: WireJson.Options, inferenceOptions: new AIJsonSchemaCreateOptions
        {
            TransformSchemaNode = (context, node) =>
            {
                var schema = Plain(context, node);
                if (schema is JsonObject members)
                {
                    members.Remove("required");
                    if (Depth(context.Path) > shown)
                    {
                        members.Remove("properties");
                    }
                }

                return schema;
            },
        });
    }

    private static int Depth(ReadOnlySpan<string> path)
    {
        var depth = 0;
        foreach (var step in path)
        {
            depth += step == "properties" ? 1 : 0;
        }

        return depth;
    }

    private static JsonNode Plain(AIJsonSchemaCreateContext context, JsonNode node)
    {
        if (context.TypeInfo.Type == typeof(AddressList))
        {
            var description = node is JsonObject old ? old["description"]?.DeepClone() : null;
            node = new JsonObject { ["type"] = "string" };
            if (description is not null)
            {
                node["description"] = description;
            }
        }

        if (node is not JsonObject schema)
        {
            return node;
        }

        if (schema["type"] is JsonArray types && types.FirstOrDefault(t => t?.GetValue<string>() != "null") is { } type)
        {
            schema["type"] = type.DeepClone();
        }

        if (schema.TryGetPropertyValue("default", out var value) && value is null)
        {
            schema.Remove("default");
        }

        if (schema["enum"] is JsonArray values)
        {
            foreach (var absent in values.Where(v => v is null).ToArray())
            {
                values.Remove(absent);
            }
        }

        return schema;
    }
}
