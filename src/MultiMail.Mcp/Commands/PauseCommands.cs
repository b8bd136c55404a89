using System.CommandLine;
using MultiMail.Core.Pausing;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Commands;

/// <summary><c>pause …</c>: stop sending, and let it go on.</summary>
internal static class PauseCommands
{
    private const int MaxReason = 500;

    public static Command Create(Desk desk) => new Verb("pause", "Stop all sending, and let it go on", "pause on") { On(desk), Off(desk) };

    private static Verb On(Desk desk)
    {
        var address = Address("The mailbox; all of the account if absent");
        var reason = new Option<string?>("--reason") { Description = "Why; people read it when they resume", HelpName = "R" };
        var verb = new Verb("on", "Nothing leaves any more, approved mail included", "pause on agent@multimail.localhost --reason \"wrong prices\"") { address, reason, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk, parse, await node.Pauses.PauseAsync(person, parse.GetValue(address), parse.GetValue(reason), token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Off(Desk desk)
    {
        var address = Address("The mailbox; the pause of the whole account if absent");
        var verb = new Verb("off", "Let mail leave again", "pause off agent@multimail.localhost") { address, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk, parse, await node.Pauses.ResumeAsync(person, parse.GetValue(address), token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Argument<string?> Address(string description) => new("ADDRESS") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>What rests now.</summary>
    private static void Print(Desk desk, ParseResult parse, PauseList list)
    {
        if (parse.GetValue(desk.Options.Json))
        {
            desk.Shell.Out.WriteLine(CommandJson.Write(list));
            return;
        }

        if (list.Paused.Count == 0)
        {
            desk.Shell.Out.WriteLine("Nothing is paused.");
        }

        foreach (var one in list.Paused)
        {
            desk.Shell.Out.WriteLine($"paused  {SafeText.Line(one.Mailbox ?? "all mailboxes")}  since {Rfc3339.Format(one.PausedAt)}  {SafeText.Line(one.Reason ?? string.Empty, MaxReason)}".TrimEnd());
        }
    }
}
