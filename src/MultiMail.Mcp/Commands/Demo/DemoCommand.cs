using System.CommandLine;

namespace MultiMail.Mcp.Commands.Demo;

/// <summary><c>demo</c>: the main job, step by step, on a folder that is thrown away.</summary>
internal static class DemoCommand
{
    public static Command Create(Desk desk)
    {
        var verb = new Verb("demo", "Watch the main job on a throw-away data folder: send, wait, approve, deliver, verify, reply, prove", "demo");
        verb.SetAction((_, cancellationToken) => RunAsync(desk.Shell, cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(Shell shell, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("multimail-demo-");
        try
        {
            await using var stage = await DemoStage.OpenAsync(shell, folder, cancellationToken);
            await new DemoStory(stage, new Narrator(shell.Out)).TellAsync(cancellationToken);
            return ExitCode.Done;
        }
        catch (DemoException e)
        {
            shell.Error.WriteLine($"The demo stopped: {e.Message}");
            shell.Error.WriteLine("fix: this is a fault of MultiMail; please report it with the lines above.");
            return ExitCode.Failed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
