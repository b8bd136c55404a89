using System.Text.Json;
using System.Text.RegularExpressions;
using MultiMail.Mcp.Commands;
using MultiMail.Mcp.Protocol;
using MultiMail.Testing;

namespace Scenarios.CommandLine;

/// <summary>What the README tells people to type is what the program takes.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void It_is_short_enough_to_be_read() => Assert.InRange(Readme.Split('\n').Length, 45, 130);

    [Fact]
    public void Every_command_in_it_parses()
    {
        var shell = new Shell(new Terminal(TextWriter.Null, TextWriter.Null, Stream.Null, Stream.Null, true, () => null), new Dictionary<string, string>(StringComparer.Ordinal), TimeProvider.System);
        var commands = Run().Matches(Readme).Select(m => m.Groups["args"].Value).ToList();
        Assert.True(commands.Count >= 5, "the commands were not found");
        Assert.Empty(commands.SelectMany(c => MultiMail.Mcp.Commands.CommandLine.Build(shell).Parse(c).Errors.Select(e => $"{c}: {e.Message}")));
    }

    [Fact]
    public void Every_client_configuration_in_it_starts_stdio_by_an_absolute_path()
    {
        var blocks = Block().Matches(Readme).Select(m => m.Groups["json"].Value).ToList();
        Assert.Equal(3, blocks.Count);
        foreach (var block in blocks)
        {
            using var json = JsonDocument.Parse(block);
            var server = json.RootElement.EnumerateObject().Single().Value.GetProperty("multimail");
            Assert.StartsWith("/", server.GetProperty("command").GetString(), StringComparison.Ordinal);
            Assert.Equal("stdio", server.GetProperty("args")[0].GetString());
        }
    }

    [Fact]
    public void Its_table_names_every_tool_and_no_other()
    {
        var there = ToolCatalog.Create(new McpEdgeOptions()).Select(t => t.ProtocolTool.Name);
        var told = Readme.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).SelectMany(l => Tool().Matches(l).Select(m => m.Groups["name"].Value));
        Assert.Equal(there.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Its_links_and_those_of_the_documents_lead_somewhere()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Repository.Root, "README.md"));
        var dead = pages.SelectMany(page => Link().Matches(File.ReadAllText(page))
            .Select(m => m.Groups["to"].Value)
            .Where(to => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, to)))
            .Select(to => $"{Path.GetFileName(page)} → {to}"));
        Assert.Empty(dead);
    }

    [GeneratedRegex(@"dotnet run --project src/MultiMail\.Mcp(?: -c Release)? -- (?<args>[^#\n]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Run();

    [GeneratedRegex(@"```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?<name>[a-z]+(_[a-z]+)+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tool();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<to>[^)#]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
