using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ModelContextProtocol.Server;
using MultiMail.Mcp.Toolsets.Accounts;
using MultiMail.Mcp.Toolsets.Audit;
using MultiMail.Mcp.Toolsets.Inbox;
using MultiMail.Mcp.Toolsets.Mailboxes;
using MultiMail.Mcp.Toolsets.Messages;
using MultiMail.Mcp.Toolsets.Oversight;

namespace MultiMail.Mcp.Protocol;

/// <summary>Every tool, made from the attributes and doc comments of its method.</summary>
internal static class ToolCatalog
{
    /// <summary>In the order of the list, which never changes for one version.</summary>
    private static readonly Source[] Sources =
    [
        Source.Of(c => new MessageTools(c)),
        Source.Of(c => new InboxTools(c)),
        Source.Of(c => new OversightTools(c)),
        Source.Of(c => new MailboxTools(c)),
        Source.Of(c => new AccountTools(c)),
        Source.Of(c => new AuditTools(c)),
    ];

    /// <summary>A tool is made once in a process: reflection and schemas are the longest part of a cold start.</summary>
    private static readonly ConcurrentDictionary<(MethodInfo Method, bool OutputSchema), Lazy<McpServerTool>> Made = new();

    public static IReadOnlyList<string> ToolsetNames { get; } =
        [.. Sources.SelectMany(s => s.Methods).Select(ToolsetOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <exception cref="ArgumentException">An unknown toolset is asked for.</exception>
    public static McpServerPrimitiveCollection<McpServerTool> Create(McpEdgeOptions options)
    {
        if (options.Toolsets?.FirstOrDefault(t => !ToolsetNames.Contains(t, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ArgumentException($"There is no toolset {unknown}. Known: {string.Join(", ", ToolsetNames)}.", nameof(options));
        }

        var tools = new McpServerPrimitiveCollection<McpServerTool>();
        foreach (var (source, method) in Sources.SelectMany(s => s.Methods.Select(m => (s, m))).Where(p => IsWanted(p.m, options)))
        {
            tools.Add(source.Tool(method, options.OutputSchemas));
        }

        return tools;
    }

    /// <summary>Begins to make the tools beside whatever else a process starts with; <see cref="Create"/> waits for what is not done.</summary>
    public static Task PrepareAsync() => Task.Run(() =>
    {
        foreach (var (source, method) in Sources.SelectMany(s => s.Methods.Select(m => (s, m))))
        {
            source.Tool(method, outputSchema: true);
        }
    });

    private static bool IsWanted(MethodInfo method, McpEdgeOptions options) =>
        (options.Toolsets is not { Count: > 0 } wanted || wanted.Contains(ToolsetOf(method), StringComparer.Ordinal)) &&
        (!options.ReadOnly || method.GetCustomAttribute<McpServerToolAttribute>()?.ReadOnly == true);

    private static string ToolsetOf(MethodInfo method) =>
        method.GetCustomAttribute<ToolsetAttribute>()?.Name ?? throw new InvalidOperationException($"{method.Name} names no toolset.");

    private sealed record Source(IReadOnlyList<MethodInfo> Methods, Func<ToolCall, object> Target)
    {
        public static Source Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T>(Func<ToolCall, T> target)
            where T : class =>
            new([.. typeof(T).GetMethods().Where(m => m.IsDefined(typeof(McpServerToolAttribute)))], target);

        public McpServerTool Tool(MethodInfo method, bool outputSchema) =>
            Made.GetOrAdd((method, outputSchema), key => new Lazy<McpServerTool>(() => Make(key.Method, key.OutputSchema))).Value;

        private McpServerTool Make(MethodInfo method, bool outputSchema)
        {
            var tool = McpServerTool.Create(method, request => Target(CallOf(request)), new McpServerToolCreateOptions
            {
                SerializerOptions = WireJson.Options,
                SchemaCreateOptions = SchemaShape.Input,
                OutputSchema = method.GetCustomAttribute<McpServerToolAttribute>()?.OutputSchemaType is { } type && outputSchema
                    ? SchemaShape.OutputOf(type)
                    : null,
            });
            if (!outputSchema)
            {
                tool.ProtocolTool.OutputSchema = null;
            }

            return tool;
        }

        private static ToolCall CallOf(RequestContext<ModelContextProtocol.Protocol.CallToolRequestParams> request) =>
            request.Items.TryGetValue(ToolCall.Key, out var call) && call is ToolCall known
                ? known
                : throw new InvalidOperationException("The scope filter did not run.");
    }
}
