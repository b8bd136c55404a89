using System.CommandLine;
using MultiMail.Mcp.Hosting;
using Serilog.Events;

namespace MultiMail.Mcp.Commands;

/// <summary><c>stdio</c>: a full node behind one MCP client. Nothing but JSON-RPC reaches stdout.</summary>
internal static class StdioCommand
{
    public static Command Create(Desk desk)
    {
        var flags = new EdgeFlags();
        var verb = new Verb("stdio", "MCP over stdin and stdout, for Claude Desktop, Cursor and other clients", "stdio --data ~/mail");
        flags.AddTo(verb);
        verb.SetAction((parse, cancellationToken) => RunAsync(desk, flags.Apply(parse, desk.Settings(parse)), cancellationToken));
        return verb;
    }

    public static async Task<int> RunAsync(Desk desk, Settings settings, CancellationToken cancellationToken)
    {
        settings.Data.Create();
        using var loggers = Logs.Create(settings.Data, LogEventLevel.Warning);
        await new StdioNode(settings, loggers, desk.Shell.Clock)
            .RunAsync(desk.Shell.Terminal.StandardInput, desk.Shell.Terminal.StandardOutput, cancellationToken);
        return ExitCode.Done;
    }
}
