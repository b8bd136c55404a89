using System.CommandLine;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Commands;

/// <summary><c>domain …</c>: names whose mailboxes this installation keeps, and what DNS has to say about them.</summary>
internal static class DomainCommands
{
    public static Command Create(Desk desk) => new Verb("domain", "Domains of your own", "domain list")
    {
        Add(desk), List(desk), Check(desk),
    };

    private static Verb Add(Desk desk)
    {
        var name = new Argument<string>("NAME") { Description = "e.g. mail.example.com" };
        var verb = new Verb("add", "Register a domain and print the DNS records to publish", "domain add mail.example.com") { name, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk, parse, await node.Domains.AddAsync(person, parse.GetRequiredValue(name), token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb List(Desk desk)
    {
        var verb = new Verb("list", "List the domains and their state", "domain list") { desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var list = await node.Domains.ListAsync(person, token);
                if (parse.GetValue(desk.Options.Json))
                {
                    desk.Shell.Out.WriteLine(CommandJson.Write(list));
                    return ExitCode.Done;
                }

                foreach (var domain in list.Domains)
                {
                    desk.Shell.Out.WriteLine($"{domain.Id}  {SafeText.Line(domain.Name)}  {domain.State}  {Looked(domain)}");
                }

                if (list.Domains.Count == 0)
                {
                    desk.Shell.Error.WriteLine("No domain of your own yet. Next: multimail domain add NAME");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Check(Desk desk)
    {
        var name = new Argument<string>("NAME") { Description = "A domain of domain list" };
        var verb = new Verb("check", "Look whether the records are in DNS; ends with 0 once the domain is verified", "domain check mail.example.com") { name, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var domain = await node.Domains.CheckAsync(person, parse.GetRequiredValue(name), token);
                Print(desk, parse, domain);
                return domain.State == "verified" ? ExitCode.Done : ExitCode.Failed;
            },
            cancellationToken));
        return verb;
    }

    private static void Print(Desk desk, ParseResult parse, DomainView domain)
    {
        if (parse.GetValue(desk.Options.Json))
        {
            desk.Shell.Out.WriteLine(CommandJson.Write(domain));
            return;
        }

        desk.Shell.Out.WriteLine($"{domain.Id}  {SafeText.Line(domain.Name)}  {domain.State}");
        DomainText.Write(desk.Shell.Out, domain);
        if (domain.State != "verified")
        {
            desk.Shell.Error.WriteLine($"Publish these at the provider of the domain, then run: multimail domain check {SafeText.Line(domain.Name)}");
        }
    }

    private static string Looked(DomainView domain) => domain.CheckedAt is { } at ? $"looked at {Rfc3339.Format(at)}" : "not looked at yet";
}
