using System.CommandLine;
using MultiMail.Core.Policy;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Commands;

/// <summary><c>rule …</c>: whom mailboxes may write to and get mail from.</summary>
internal static class RuleCommands
{
    public static Command Create(Desk desk) => new Verb("rule", "Whom mailboxes may write to and get mail from", "rule list")
    {
        List(desk), Add(desk), Remove(desk),
    };

    private static Verb List(Desk desk)
    {
        var mailbox = Mailbox("Only what is about this one");
        var verb = new Verb("list", "List the rules, oldest first", "rule list") { mailbox, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var all = new List<AccessRuleView>();
                string? cursor = null;
                do
                {
                    var page = await node.Rules.ListAsync(person, new AccessRuleRequest { Mailbox = parse.GetValue(mailbox), Limit = 100, Cursor = cursor }, token);
                    all.AddRange(page.AccessRules);
                    cursor = page.NextCursor;
                }
                while (cursor is not null);

                if (parse.GetValue(desk.Options.Json))
                {
                    desk.Shell.Out.WriteLine(CommandJson.Write(new AccessRuleList(all, NextCursor: null)));
                    return ExitCode.Done;
                }

                if (all.Count == 0)
                {
                    desk.Shell.Error.WriteLine("There are no rules.");
                }

                foreach (var rule in all)
                {
                    desk.Shell.Out.WriteLine($"{Line(rule)}  {Rfc3339.Format(rule.CreatedAt)}  {SafeText.Line(rule.Note ?? string.Empty)}".TrimEnd());
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Add(Desk desk)
    {
        var direction = new Argument<string>("DIRECTION") { Description = "send or receive" };
        var type = new Argument<string>("TYPE") { Description = "allow or block" };
        var pattern = new Argument<string>("PATTERN") { Description = "An address, *@domain, or * for everybody" };
        var mailbox = Mailbox("The mailbox; every one if absent");
        var note = new Option<string?>("--note") { Description = "Why, for people; at most 500 characters", HelpName = "TEXT" };
        var verb = new Verb("add", "Make a rule; a block wins over every allow", "rule add send block \"*@example.com\"") { direction, type, pattern, mailbox, note, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var wanted = new NewAccessRule
                {
                    Direction = parse.GetRequiredValue(direction),
                    Type = parse.GetRequiredValue(type),
                    Pattern = parse.GetRequiredValue(pattern),
                    Mailbox = parse.GetValue(mailbox),
                    Note = parse.GetValue(note),
                };
                if (await node.Rules.AddAsync(person, wanted, token) is RuleSet(var rule))
                {
                    desk.Shell.Out.WriteLine(Line(rule));
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Remove(Desk desk)
    {
        var id = new Argument<string>("ID") { Description = "As rule list shows it" };
        var verb = new Verb("remove", "Take a rule away", "rule remove rul_01j9z3k4m5n6p7q8r9s0t1v2w3") { id, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                await node.Rules.RemoveAsync(person, parse.GetRequiredValue(id), token);
                desk.Shell.Out.WriteLine($"{SafeText.Line(parse.GetRequiredValue(id))} is no more");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Option<string?> Mailbox(string description) => new("--mailbox") { Description = description, HelpName = "ADDRESS" };

    private static string Line(AccessRuleView rule) =>
        $"{rule.Id}  {rule.Direction}  {rule.Type}  {SafeText.Line(rule.Pattern)}  {SafeText.Line(rule.Mailbox ?? "(every mailbox)")}";
}
