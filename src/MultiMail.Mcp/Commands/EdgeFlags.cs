using System.CommandLine;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary>Which tools a node lists: on the command line, above environment and file.</summary>
internal sealed class EdgeFlags
{
    private readonly Option<string?> _toolsets = new("--toolsets") { Description = "Only these groups of tools, separated by commas; all unless given", HelpName = "LIST" };
    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Only tools that change nothing" };
    private readonly Option<string?> _outputSchemas = new("--output-schemas") { Description = "on (default) or off: leave the output schemas out of the list", HelpName = "on|off" };

    public EdgeFlags() => _outputSchemas.AcceptOnlyFromAmong("on", "off");

    public void AddTo(Command command)
    {
        command.Add(_toolsets);
        command.Add(_readOnly);
        command.Add(_outputSchemas);
    }

    public Settings Apply(ParseResult parse, Settings settings) => settings with
    {
        Toolsets = parse.GetValue(_toolsets)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? settings.Toolsets,
        ReadOnly = parse.GetValue(_readOnly) || settings.ReadOnly,
        OutputSchemas = parse.GetValue(_outputSchemas) != "off",
    };
}
