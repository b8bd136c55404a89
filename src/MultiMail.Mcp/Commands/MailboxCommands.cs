using System.CommandLine;
using MultiMail.Core.Mailboxes;

namespace MultiMail.Mcp.Commands;

/// <summary><c>mailbox …</c>.</summary>
internal static class MailboxCommands
{
    private const string ModeNames = "read_only, gated_all, gated_send, monitored or autonomous";

    public static Command Create(Desk desk) => new Verb("mailbox", "Mailboxes and their oversight modes", "mailbox list")
    {
        New(desk), List(desk), Mode(desk),
    };

    private static Verb New(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "name@multimail.localhost, or at a domain of yours" };
        var agentId = new Option<string?>("--agent-id") { Description = "Name of the agent that uses it; else the part before the @", HelpName = "ID" };
        var displayName = new Option<string?>("--display-name") { Description = "Name shown beside the address", HelpName = "N" };
        var mode = new Option<string?>("--mode") { Description = $"{ModeNames}; gated_send unless said otherwise", HelpName = "M" };
        mode.AcceptOnlyFromAmong([.. Modes.Names]);
        var verb = new Verb("create", "Make a mailbox", "mailbox create support@multimail.localhost --display-name Support") { address, agentId, displayName, mode, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var made = await node.Mailboxes.CreateAsync(
                    person,
                    new NewMailbox
                    {
                        Address = parse.GetValue(address),
                        AgentId = parse.GetValue(agentId),
                        DisplayName = parse.GetValue(displayName),
                        OversightMode = parse.GetValue(mode),
                    },
                    token);
                Print(desk.Shell.Out, made);
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb List(Desk desk)
    {
        var verb = new Verb("list", "List the mailboxes", "mailbox list") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                string? cursor = null;
                do
                {
                    var page = await node.Mailboxes.ListAsync(person, limit: 100, cursor, token);
                    foreach (var mailbox in page.Mailboxes)
                    {
                        Print(desk.Shell.Out, mailbox);
                    }

                    cursor = page.NextCursor;
                }
                while (cursor is not null);

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Mode(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The mailbox" };
        var mode = new Argument<string>("MODE") { Description = ModeNames, HelpName = "MODE" };
        mode.AcceptOnlyFromAmong([.. Modes.Names]);
        var verb = new Verb("mode", "Change how much a person oversees", "mailbox mode agent@multimail.localhost monitored") { address, mode, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var changed = await node.Mailboxes.ChangeAsync(
                    person, parse.GetRequiredValue(address), new MailboxChange { OversightMode = parse.GetRequiredValue(mode) }, token);
                Print(desk.Shell.Out, changed);
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static void Print(TextWriter output, MailboxView mailbox) =>
        output.WriteLine($"{mailbox.Id}  {SafeText.Line(mailbox.Address)}  {mailbox.OversightMode}  agent_id {SafeText.Line(mailbox.AgentId ?? "-")}  unread {mailbox.Unread}  pending {mailbox.Pending}");
}
