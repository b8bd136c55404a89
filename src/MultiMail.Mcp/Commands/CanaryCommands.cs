using System.CommandLine;
using MultiMail.Core.Evidence;

namespace MultiMail.Mcp.Commands;

/// <summary><c>canary …</c>: mails that test the reviewers.</summary>
internal static class CanaryCommands
{
    public static Command Create(Desk desk) => new Verb("canary", "Mails that test whether reviewers look; never sent", "canary add agent@multimail.localhost --to you@multimail.localhost --subject Invoice --text \"Pay at once.\"")
    {
        Add(desk),
    };

    private static Verb Add(Desk desk)
    {
        var mailbox = new Argument<string>("ADDRESS") { Description = "The mailbox that it seems to come from" };
        var to = new Option<string[]>("--to") { Description = "Whom it seems to go to; may be repeated", HelpName = "ADDRESS", Required = true };
        var subject = new Option<string>("--subject") { Description = "Its subject", HelpName = "S", Required = true };
        var text = new Option<string>("--text") { Description = "Its text: something that nobody should approve", HelpName = "T", Required = true };
        var verb = new Verb("add", "Put one into the queue", "canary add agent@multimail.localhost --to you@multimail.localhost --subject Invoice --text \"Pay at once.\"")
        {
            mailbox, to, subject, text, desk.Options.As,
        };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var wanted = new NewCanary(parse.GetRequiredValue(mailbox), parse.GetValue(to) ?? [], parse.GetValue(subject), parse.GetValue(text));
                desk.Shell.Out.WriteLine($"{await node.Canaries.SeedAsync(person, wanted, token)}  waits; it will never be sent");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }
}
