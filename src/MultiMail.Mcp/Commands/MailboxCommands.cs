using System.CommandLine;
using System.Globalization;
using MultiMail.Core.Mailboxes;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary><c>mailbox …</c>.</summary>
internal static class MailboxCommands
{
    private const string ModeNames = "read_only, gated_all, gated_send, monitored or autonomous";

    public static Command Create(Desk desk) => new Verb("mailbox", "Mailboxes and their oversight modes", "mailbox list")
    {
        New(desk), List(desk), Mode(desk), Retention(desk), EvidenceCommand.Create(desk), Link(desk), Unlink(desk), Check(desk),
    };

    private static Verb New(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "name@multimail.localhost, at a domain of yours, or with --smtp or --imap one that you have elsewhere" };
        var agentId = new Option<string?>("--agent-id") { Description = "Name of the agent that uses it; else the part before the @", HelpName = "ID" };
        var displayName = new Option<string?>("--display-name") { Description = "Name shown beside the address", HelpName = "N" };
        var mode = new Option<string?>("--mode") { Description = $"{ModeNames}; gated_send unless said otherwise", HelpName = "M" };
        mode.AcceptOnlyFromAmong([.. Modes.Names]);
        var verb = new Verb("create", "Make a mailbox", "mailbox create support@multimail.localhost --display-name Support") { address, agentId, displayName, mode, desk.Options.As };
        var urls = new MailUrls();
        urls.AddTo(verb);
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
                        Link = urls.Read(parse, desk.Shell),
                    },
                    token);
                Print(desk.Shell.Out, ((MailboxMade)made).Mailbox); // a person asks nobody
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

    private static Verb Retention(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The mailbox" };
        var days = new Argument<string>("DAYS") { Description = "1 to 36500, or off: mail is kept for ever", HelpName = "DAYS" };
        var verb = new Verb("retention", "Say after how many days a mailbox's mail is erased", "mailbox retention agent@multimail.localhost 365") { address, days, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var given = parse.GetRequiredValue(days);
                var number = given == "off" ? 0 : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
                    ? n : throw new SetupException("DAYS is no number of days.", "Give a whole number from 1 to 36500, or off.");
                Print(desk.Shell.Out, await node.Mailboxes.ChangeAsync(person, parse.GetRequiredValue(address), new MailboxChange { RetentionDays = number }, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Link(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The mailbox" };
        var urls = new MailUrls();
        var verb = new Verb("link", "Set through which server a mailbox sends and from which its mail is fetched", "mailbox link ann@example.com --smtp smtps://ann@example.com@smtp.example.com:465") { address, desk.Options.As };
        urls.AddTo(verb);
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var change = urls.Read(parse, desk.Shell) ?? throw new SetupException("There is nothing to set.", "Give --smtp URL, --imap URL or both.");
                Print(desk.Shell.Out, await node.Links.SetAsync(person, parse.GetRequiredValue(address), change, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Unlink(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The mailbox" };
        var verb = new Verb("unlink", "Forget a mailbox's own relay and source", "mailbox unlink ann@example.com") { address, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk.Shell.Out, await node.Links.SetAsync(person, parse.GetRequiredValue(address), new LinkChange { SmtpUrl = string.Empty, ImapUrl = string.Empty }, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Check(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The mailbox" };
        var verb = new Verb("check", "Sign in where a mailbox sends and fetches, and leave", "mailbox check ann@example.com") { address, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var test = await node.Links.TestAsync(person, parse.GetRequiredValue(address), token);
                Print(desk.Shell, "relay", test.Relay);
                Print(desk.Shell, "source", test.Source);
                return test.Works ? ExitCode.Done : ExitCode.Failed;
            },
            cancellationToken));
        return verb;
    }

    private static void Print(Shell shell, string what, CheckView? check)
    {
        if (check is null)
        {
            shell.Out.WriteLine($"{what}  none of its own");
            return;
        }

        shell.Out.WriteLine($"{what}  {check.Code}  {SafeText.Line(check.Detail, 500)}");
        if (check.Fix is not null)
        {
            shell.Error.WriteLine($"fix: {check.Fix}");
        }
    }

    private static void Print(TextWriter output, MailboxLinkView? link) => output.WriteLine(link is null
        ? "It has no relay and no source of its own any more."
        : $"{link.MailboxId}  {SafeText.Line(link.Address)}  relay {link.Relay ?? "-"}  source {link.Source ?? "-"}");

    private static void Print(TextWriter output, MailboxView mailbox) =>
        output.WriteLine($"{mailbox.Id}  {SafeText.Line(mailbox.Address)}  {mailbox.OversightMode}  agent_id {SafeText.Line(mailbox.AgentId ?? "-")}{(mailbox.HostedElsewhere ? "  hosted elsewhere" : string.Empty)}  unread {mailbox.Unread}  pending {mailbox.Pending}{(mailbox.RetentionDays is { } days ? $"  kept {days} days" : string.Empty)}");
}
