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
    public static AIJsonSchemaCreateOptions Input { get; } = new()
    {
        TransformSchemaNode = static (context, node) => Plain(context, node),
        TransformOptions = new AIJsonSchemaTransformOptions { DisallowAdditionalProperties = true },
    };

    public static JsonElement OutputOf(Type type) =>
        AIJsonUtilities.CreateJsonSchema(type, serializerOptions: ToolJson.Wire, inferenceOptions: Output);

    private static AIJsonSchemaCreateOptions Output { get; } = new()
    {
        TransformSchemaNode = static (context, node) => Plain(context, node),
    };

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
