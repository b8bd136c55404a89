using System.CommandLine;
using MultiMail.Core.Audit;
using MultiMail.Mcp.Hosting;
using MultiMail.TransparencyLog;

namespace MultiMail.Mcp.Commands;

/// <summary><c>audit …</c>: check the log, and hand out proofs that a stranger can check without us.</summary>
internal static class AuditCommands
{
    public static Command Create(Desk desk) => new Verb("audit", "The tamper-evident log", "audit verify")
    {
        Verify(desk), Prove(desk),
    };

    private static Verb Verify(Desk desk)
    {
        var old = new Option<FileInfo?>("--old-checkpoint") { Description = "A checkpoint kept elsewhere: the log must still contain it", HelpName = "FILE" };
        var verb = new Verb("verify", "Recompute the whole log and check every checkpoint", "audit verify --old-checkpoint kept.txt") { old, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var checkpoint = parse.GetValue(old) is { } file ? await ReadAsync(file, token) : null;
                return Report(desk.Shell, await node.Audit.VerifyAsync(person, checkpoint, token));
            },
            cancellationToken));
        return verb;
    }

    private static int Report(Shell shell, AuditVerification found)
    {
        shell.Out.WriteLine($"{found.Size} leaves, {found.Checkpoints} checkpoints, root {found.Root}");
        if (found.Ok)
        {
            shell.Out.WriteLine("The log verifies.");
            return ExitCode.Done;
        }

        foreach (var fault in found.Faults)
        {
            shell.Error.WriteLine(SafeText.Line(fault, 500));
        }

        shell.Error.WriteLine("fix: stop this node, keep a copy of the data folder as evidence, and compare it with your last backup.");
        return ExitCode.Failed;
    }

    private static Verb Prove(Desk desk)
    {
        var id = new Argument<string>("MESSAGE_ID") { Description = "msg_…" };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Where the files go; the working folder unless given", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo(".") };
        var verb = new Verb("prove", "Write proofs of a message's history that a stranger can check", "audit prove msg_01JAB… --out proofs") { id, folder, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var proof = await node.Audit.ProveAsync(person, parse.GetRequiredValue(id), token);
                foreach (var file in await ProofFiles.WriteAsync(proof, parse.GetRequiredValue(folder), token))
                {
                    desk.Shell.Out.WriteLine(file);
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            var note = await File.ReadAllTextAsync(file.FullName, cancellationToken);
            // A file that is no checkpoint at all says nothing about the log.
            return Checkpoint.Open(note, [], out var fault) is null && fault == NoteFault.Malformed
                ? throw new SetupException($"The file {file} is no signed checkpoint.", "Name a file that holds a signed checkpoint.")
                : note;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The checkpoint {file} cannot be read: {e.Message}", "Name a file that holds a signed checkpoint.", e);
        }
    }
}
