using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol.Server;
using MultiMail.Mcp.Protocol;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Protocol;

/// <summary>Which fields answers have, all the way down, so that a new one is looked at: whose words are they?</summary>
public sealed class AnswerFieldsTests
{
    [Fact]
    public void Every_field_of_every_answer_was_looked_at()
    {
        var answers = ToolCatalog.Create(new McpEdgeOptions())
            .Select(t => (t.ProtocolTool.Name, Type: t.Metadata.OfType<McpServerToolAttribute>().Single().OutputSchemaType!))
            .OrderBy(t => t.Name, StringComparer.Ordinal);

        Golden.Matches(string.Join("\n", answers.Select(a => $"{a.Name}\n{string.Concat(Fields(a.Type, "  "))}")), "answer-fields.txt");
    }

    private static IEnumerable<string> Fields(Type type, string indent)
    {
        foreach (var property in WireJson.Options.GetTypeInfo(type).Properties)
        {
            yield return $"{indent}{property.Name}\n";
            foreach (var inner in Fields(ElementOf(property), indent + "  "))
            {
                yield return inner;
            }
        }
    }

    private static Type ElementOf(JsonPropertyInfo property)
    {
        var info = WireJson.Options.GetTypeInfo(property.PropertyType);
        return info.Kind is JsonTypeInfoKind.Enumerable ? info.ElementType! : property.PropertyType;
    }
}
