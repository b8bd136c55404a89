using System.CommandLine;
using MultiMail.Core.Node;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary><c>init</c>: everything an installation needs before its first message.</summary>
internal static class InitCommand
{
    public static Command Create(Desk desk)
    {
        var operatorEmail = new Option<string?>("--operator") { Description = "E-mail address of the person in control; set at the first sign-in if left out", HelpName = "EMAIL" };
        var verb = new Verb("init", "Create data folder, keys, operator, default agent and two mailboxes; safe to repeat", "init --operator me@example.com") { desk.Options.Json, operatorEmail };
        verb.SetAction((parse, cancellationToken) => RunAsync(desk, parse, parse.GetValue(operatorEmail), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(Desk desk, ParseResult parse, string? email, CancellationToken cancellationToken)
    {
        var settings = desk.Settings(parse);
        await using var host = await NodeHost.OpenAsync(settings, desk.Shell.Clock, cancellationToken);
        var stands = await host.Node.Installation.InitialiseAsync(email, cancellationToken);
        var result = new InitResult(settings.Data.Root, stands.OperatorEmail ?? stands.OperatorId, stands.AgentMailbox, Links.Base(settings.Listen));
        if (parse.GetValue(desk.Options.Json))
        {
            desk.Shell.Out.WriteLine(CommandJson.Write(result));
        }
        else
        {
            Print(desk.Shell.Out, stands, result, Desk.DataHint(settings));
        }

        return ExitCode.Done;
    }

    private static void Print(TextWriter output, InstallationView stands, InitResult result, string dataHint)
    {
        output.WriteLine($"{(stands.Created ? "Created" : "Already there")}: {result.Data}");
        output.WriteLine($"  operator   {result.Operator}");
        output.WriteLine($"  mailboxes  {stands.AgentMailbox} (the agent's), {stands.PersonMailbox} (yours)");
        output.WriteLine();
        output.WriteLine($"Next: multimail serve{dataHint}");
    }
}
