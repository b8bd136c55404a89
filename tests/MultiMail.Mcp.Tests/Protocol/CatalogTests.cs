using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using MultiMail.Mcp.Protocol;
using MultiMail.Testing;

namespace MultiMail.Mcp.Tests.Protocol;

/// <summary>What every client reads first.</summary>
public sealed partial class CatalogTests
{
    private static readonly JsonSerializerOptions Readable = new(McpJsonUtilities.DefaultOptions)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Compact = new(McpJsonUtilities.DefaultOptions) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly IReadOnlyList<Tool> Tools = [.. ToolCatalog.Create(new McpEdgeOptions()).Select(t => t.ProtocolTool)];

    public static TheoryData<string> Names => [.. Tools.Select(t => t.Name)];

    [Fact]
    public void The_list_is_as_reviewed()
    {
        var list = Tools.Select(t => JsonSerializer.Serialize(t, Readable));

        Golden.Matches(string.Join("\n", list) + "\n", "tools-list.json");
    }

    [Fact]
    public void There_are_the_seventeen_tools_of_this_stage() => Assert.Equal(
        "cancel_message check_inbox create_mailbox decide_email get_account get_audit_log get_message_status get_thread " +
        "list_mailboxes list_pending read_email reply_email review_pending search_emails send_email tag_email wait_for_email",
        string.Join(' ', Tools.Select(t => t.Name).Order(StringComparer.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tool_says_everything_about_itself(string name)
    {
        var tool = Tools.Single(t => t.Name == name);

        Assert.Matches(ToolName(), tool.Name);
        Assert.False(string.IsNullOrWhiteSpace(tool.Title));
        Assert.False(string.IsNullOrWhiteSpace(tool.Description));
        Assert.NotNull(tool.OutputSchema);
        Assert.NotNull(tool.Annotations);
        Assert.All([tool.Annotations.ReadOnlyHint, tool.Annotations.DestructiveHint, tool.Annotations.IdempotentHint, tool.Annotations.OpenWorldHint], h => Assert.NotNull(h));
        Assert.False(tool.Annotations.ReadOnlyHint == true && tool.Annotations.DestructiveHint == true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_input_schema_is_one_that_every_client_can_read(string name)
    {
        var schema = JsonNode.Parse(Tools.Single(t => t.Name == name).InputSchema.GetRawText())!.AsObject();

        Assert.Equal("object", schema["type"]!.GetValue<string>());
        Assert.Empty(schema.Select(m => m.Key).Intersect(["anyOf", "oneOf", "allOf"], StringComparer.Ordinal));
        foreach (var node in Walk(schema))
        {
            Assert.False(node.ContainsKey("$ref"), "$ref");
            Assert.False(node["type"] is JsonArray, "several types: " + node.ToJsonString());
            if (node["type"]?.GetValueKind() is JsonValueKind.String && node["type"]!.GetValue<string>() == "object")
            {
                Assert.NotNull(node["additionalProperties"]);
            }

            if (node["type"]?.GetValueKind() is JsonValueKind.String && node["type"]!.GetValue<string>() == "array")
            {
                Assert.NotNull(node["items"]);
            }

            foreach (var (property, value) in node["properties"] as JsonObject ?? [])
            {
                Assert.False(string.IsNullOrWhiteSpace(value!["description"]?.GetValue<string>()), $"{property} is not described");
                Assert.NotNull(value["type"]);
            }
        }
    }

    /// <summary>
    /// The budget is in tokens (o200k_base): 2,800 for seventeen tools, 350 for one, 150 for an output schema on average.
    /// Schemas measured 4.3 to 4.5 characters a token.
    /// </summary>
    [Fact]
    public void What_a_model_pays_for_stays_small()
    {
        var cost = Tools.ToDictionary(t => t.Name, t => t.Name.Length + (t.Description?.Length ?? 0) + JsonSerializer.Serialize(t.InputSchema, Compact).Length, StringComparer.Ordinal);
        var output = Tools.Sum(t => t.OutputSchema!.Value.GetRawText().Length);

        Assert.True(cost.Values.Max() <= 350 * 4.5, string.Join(", ", cost));
        Assert.True(cost.Values.Sum() <= 2_800 * 4.3, $"{cost.Values.Sum()}: {string.Join(", ", cost)}");
        Assert.True(output <= 2_700 * 4.5, output.ToString());
    }

    [Fact]
    public void The_instructions_are_short() =>
        Assert.InRange(ServerSetup.Instructions.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 60, 150);

    [Fact]
    public void Read_only_leaves_what_changes_nothing()
    {
        var tools = ToolCatalog.Create(new McpEdgeOptions { ReadOnly = true });

        Assert.NotEmpty(tools);
        Assert.All(tools, t => Assert.True(t.ProtocolTool.Annotations!.ReadOnlyHint));
        Assert.DoesNotContain(tools, t => t.ProtocolTool.Name == "send_email");
    }

    [Fact]
    public void Toolsets_choose_and_an_unknown_one_is_named()
    {
        Assert.Equal("get_audit_log", Assert.Single(ToolCatalog.Create(new McpEdgeOptions { Toolsets = ["audit"] })).ProtocolTool.Name);
        var fault = Assert.Throws<ArgumentException>(() => ToolCatalog.Create(new McpEdgeOptions { Toolsets = ["cor"] }));
        Assert.Contains("cor", fault.Message, StringComparison.Ordinal);
        Assert.Contains("core", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_schemas_can_be_left_out() =>
        Assert.All(ToolCatalog.Create(new McpEdgeOptions { OutputSchemas = false }), t => Assert.Null(t.ProtocolTool.OutputSchema));

    [Fact]
    public void Every_tool_needs_a_scope() =>
        Assert.All(ToolCatalog.Create(new McpEdgeOptions()), t => Assert.NotEmpty(Assert.Single(t.Metadata.OfType<RequiresScopeAttribute>()).OneOf));

    private static IEnumerable<JsonObject> Walk(JsonNode? node) => node switch
    {
        JsonObject o => [o, .. o.SelectMany(m => Walk(m.Value))],
        JsonArray a => a.SelectMany(Walk),
        _ => [],
    };

    [GeneratedRegex("^[a-z_]{3,40}$", RegexOptions.None, 1000)]
    private static partial Regex ToolName();
}
