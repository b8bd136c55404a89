using System.CommandLine;

namespace MultiMail.Mcp.Commands;

/// <summary><c>domain …</c>: names whose mailboxes this installation may keep.</summary>
internal static class DomainCommands
{
    public static Command Create(Desk desk) => new Verb("domain", "Domains of your own", "domain list")
    {
        Add(desk), List(desk),
    };

    private static Verb Add(Desk desk)
    {
        var name = new Argument<string>("NAME") { Description = "e.g. mail.example.com" };
        var verb = new Verb("add", "Register a domain, so that mailboxes at it can be made", "domain add mail.example.com") { name, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                desk.Shell.Out.WriteLine(SafeText.Line(await node.People.AddDomainAsync(person, parse.GetRequiredValue(name), token)));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb List(Desk desk)
    {
        var verb = new Verb("list", "List the domains", "domain list") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var names = await node.People.DomainsAsync(person, token);
                foreach (var name in names)
                {
                    desk.Shell.Out.WriteLine(SafeText.Line(name));
                }

                if (names.Count == 0)
                {
                    desk.Shell.Error.WriteLine("No domain of your own yet. Next: multimail domain add NAME");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }
}
