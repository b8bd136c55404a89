using System.CommandLine;
using MultiMail.Core.Privacy;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary><c>privacy …</c>: what is kept about one address, and its end.</summary>
internal static class PrivacyCommands
{
    public static Command Create(Desk desk) => new Verb("privacy", "What is kept about one address, and its erasure", "privacy export ann@example.com") { Export(desk), Erase(desk) };

    private static Verb Export(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whose" };
        var folder = new Option<DirectoryInfo?>("--out") { Description = "Write export.json and each message as a file into this folder; else one JSON document goes to stdout, raw messages in base64", HelpName = "DIR" };
        var verb = new Verb("export", "Everything kept about an address", "privacy export ann@example.com --out ann") { address, folder, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var export = await node.Privacy.ExportAsync(person, parse.GetRequiredValue(address), token);
                if (parse.GetValue(folder) is not { } into)
                {
                    desk.Shell.Out.WriteLine(CommandJson.Write(export));
                    return ExitCode.Done;
                }

                foreach (var path in await ExportFiles.WriteAsync(export, into, token))
                {
                    desk.Shell.Out.WriteLine(path);
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Erase(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whose; no mailbox of this installation" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask for the address once more" };
        var verb = new Verb("erase", "Take away everything that names an address, for good", "privacy erase ann@example.com") { address, yes, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var given = parse.GetRequiredValue(address);
                var confirmed = parse.GetValue(yes) ? given : Ask(desk.Shell, given);
                var report = await node.Privacy.EraseAsync(person, given, confirmed, new Looked(desk.Shell), token);
                Print(desk, parse, report);
                return report.Complete ? ExitCode.Done : ExitCode.Failed;
            },
            cancellationToken));
        return verb;
    }

    /// <exception cref="SetupException">Nobody can be asked.</exception>
    private static string? Ask(Shell shell, string address)
    {
        if (shell.Terminal.InputIsPiped)
        {
            throw new SetupException("An erasure cannot be undone, and nobody is there to confirm it.", "Add --yes, or run it in a terminal.");
        }

        shell.Error.WriteLine($"Every message that names {SafeText.Line(address)} loses its content, mail between others too. This cannot be undone.");
        shell.Error.Write("Type the address once more (it is not shown): ");
        return shell.Terminal.ReadSecret();
    }

    private static void Print(Desk desk, ParseResult parse, ErasureReport report)
    {
        if (parse.GetValue(desk.Options.Json))
        {
            desk.Shell.Out.WriteLine(CommandJson.Write(report));
        }
        else
        {
            desk.Shell.Out.WriteLine($"messages {report.Messages}  mentions in mail between others {report.Mentions}  stopped first {report.Stopped}  other texts {report.Texts}  rules {report.Rules}  requests {report.Requests}  contact {(report.Contact ? "yes" : "no")}");
        }

        if (report.Leaving > 0)
        {
            desk.Shell.Error.WriteLine($"Mail is being delivered at this moment and was left alone: {report.Leaving}. Its next attempt is stopped.");
            desk.Shell.Error.WriteLine("fix: Run it again in some minutes, with `multimail serve` running.");
        }
        else if (!report.Complete)
        {
            desk.Shell.Error.WriteLine("Another program reads the database without a pause, so its journal could not be emptied.");
            desk.Shell.Error.WriteLine("fix: Close other programs that have it open, and run it again.");
        }
    }

    /// <summary>Says how far it is, once for some thousand messages.</summary>
    private sealed class Looked(Shell shell) : IProgress<int>
    {
        private const int Every = 2_000;
        private int _next = Every;

        public void Report(int value)
        {
            if (value >= _next)
            {
                shell.Error.WriteLine($"looked at {value} messages");
                _next = value + Every;
            }
        }
    }
}

/// <summary>The files of an export: personal data, for their owner alone.</summary>
internal static class ExportFiles
{
    /// <exception cref="SetupException">The folder cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(AddressExport export, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        try
        {
            folder.Create();
            var paths = new List<string> { Path.Combine(folder.FullName, "export.json") };
            var light = export with { Messages = [.. export.Messages.Select(m => m with { Raw = [] })] };
            await WriteAsync(paths[0], System.Text.Encoding.UTF8.GetBytes(CommandJson.Write(light)), cancellationToken);
            foreach (var message in export.Messages.Where(m => m.Raw.Length > 0))
            {
                paths.Add(Path.Combine(folder.FullName, message.Id + ".eml"));
                await WriteAsync(paths[^1], message.Raw, cancellationToken);
            }

            return paths;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The export cannot be written to {folder.FullName}: {e.Message}", "Name a folder you may write to with --out DIR.", e);
        }
    }

    private static async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        await file.WriteAsync(bytes, cancellationToken);
    }
}
