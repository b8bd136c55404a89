using System.CommandLine;
using System.CommandLine.Help;
using MultiMail.Core.Errors;
using MultiMail.Core.Storage;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary>The whole command line: parse, run, and say what went wrong in one sentence with its fix.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Shell shell)
    {
        var parse = Build(shell).Parse(args);
        var verb = parse.CommandResult.Command as Verb;
        var failed = verb?.FailedCode ?? ExitCode.Failed;
        if (Mistyped.In(parse) is { } mistyped)
        {
            return Fail(shell, mistyped.Sentence, mistyped.Fix, verb?.UsageCode ?? ExitCode.Usage);
        }

        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration
            {
                Output = shell.Out,
                Error = shell.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = EndWithin,
            });
        }
        catch (RefusalException e)
        {
            return e.Violations.Count > 1 ? FailAll(shell, e.Violations, failed) : Fail(shell, e.Message, TerminalFix.Of(e, parse), failed);
        }
        catch (SetupException e)
        {
            return Fail(shell, e.Message, e.Fix, failed);
        }
        catch (StoreUnavailableException e)
        {
            return Fail(shell, Redaction.Apply(e.Message), "Look at the disk and at other programs that use the data folder, then try again.", failed);
        }
        catch (OperationCanceledException)
        {
            return Fail(shell, "Stopped.", "Run it again.", failed);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Fail(shell, $"Something is wrong in MultiMail itself: {Redaction.Apply(e.ToString())}", "Please report it with these lines.", failed);
        }
    }

    public static RootCommand Build(Shell shell)
    {
        var options = new CommonOptions();
        var desk = new Desk(shell, options);
        var root = new RootCommand("Email for AI agents with a person in control.")
        {
            StdioCommand.Create(desk),
            ServeCommand.Create(desk),
            Demo.DemoCommand.Create(desk),
            InitCommand.Create(desk),
            OperatorCommands.Create(desk),
            KeyCommands.Create(desk),
            MailboxCommands.Create(desk),
            RelayCommands.Create(desk),
            DomainCommands.Create(desk),
            ProfileCommands.Create(desk),
            PendingCommands.Create(desk),
            RequestCommands.Create(desk),
            RuleCommands.Create(desk),
            SuppressionCommands.Create(desk),
            PauseCommands.Create(desk),
            PrivacyCommands.Create(desk),
            CanaryCommands.Create(desk),
            AuditCommands.Create(desk),
            DoctorCommand.Create(desk),
            IdentityCommands.Create(desk),
            VerifyCommand.Create(desk),
            options.Data,
        };
        root.SetAction((parse, cancellationToken) => WithoutVerbAsync(desk, root, parse, cancellationToken));
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExample((HelpAction)help.Action!); // The option's own action, set by its constructor.
        }

        return root;
    }

    /// <summary>A pipe on stdin is an MCP client; a terminal is a newcomer.</summary>
    private static Task<int> WithoutVerbAsync(Desk desk, RootCommand root, ParseResult parse, CancellationToken cancellationToken)
    {
        if (desk.Shell.Terminal.InputIsPiped)
        {
            return StdioCommand.RunAsync(desk, desk.Settings(parse), cancellationToken);
        }

        root.Parse("--help").Invoke(parse.InvocationConfiguration);
        desk.Shell.Out.WriteLine("""
            What a newcomer does next:
              multimail demo     watch an agent send, a person approve and the proof verify, in under a minute
              multimail serve    start it; prints a sign-in link, a client configuration and a request to paste
              multimail init     only make the data folder, then connect a client with `multimail stdio`
            """);
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>Each fault with its own fix below it.</summary>
    private static int FailAll(Shell shell, IReadOnlyList<Violation> violations, int code)
    {
        foreach (var violation in violations)
        {
            Fail(shell, violation.Message, violation.Fix, code);
        }

        return code;
    }

    private static int Fail(Shell shell, string sentence, string fix, int code)
    {
        shell.Error.WriteLine(sentence);
        shell.Error.WriteLine($"fix: {fix}");
        return code;
    }
}
