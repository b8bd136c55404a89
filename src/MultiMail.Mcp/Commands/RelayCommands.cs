using System.CommandLine;
using MultiMail.Core.Mailboxes;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary><c>relay …</c>: the mail server that carries the mail of own domains.</summary>
internal static class RelayCommands
{
    public static Command Create(Desk desk) => new Verb("relay", "The mail server that carries the mail of your domains", "relay show")
    {
        Show(desk), Set(desk), Remove(desk),
    };

    private static Verb Show(Desk desk)
    {
        var verb = new Verb("show", "Show which relay is used and where it is set", "relay show") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk.Shell, await node.Relay.ShowAsync(person, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Set(Desk desk)
    {
        var url = new Argument<string>("URL") { Description = "smtps://user@host:465 or smtp://user@host:587?starttls=required" };
        var password = new Option<FileInfo?>("--password-file") { Description = "File whose first line is the password; else it is asked for, or the next line of stdin", HelpName = "FILE" };
        var noCheck = new Option<bool>("--no-check") { Description = "Keep it without signing in there first" };
        var verb = new Verb("set", "Store a relay, sealed with the master key; MULTIMAIL_SMTP_URL wins over it", "relay set smtps://postmaster@smtp.example.com:465") { url, password, noCheck, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var asked = new Lazy<string>(() => Secrets.Ask(desk.Shell, "Password of the relay: "));
                var whole = MailUrls.Whole(parse.GetRequiredValue(url), parse.GetValue(password), asked);
                Print(desk.Shell, await node.Relay.SetAsync(person, whole, !parse.GetValue(noCheck), token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Remove(Desk desk)
    {
        var verb = new Verb("remove", "Forget the stored relay", "relay remove") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk.Shell, await node.Relay.RemoveAsync(person, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static void Print(Shell shell, RelayView relay)
    {
        shell.Out.WriteLine(relay.Relay is null ? "none" : $"{SafeText.Line(relay.Relay)}  {(relay.SignsIn ? "signs in" : "without sign-in")}  {relay.Origin}");
        if (relay.Origin == "unreadable")
        {
            shell.Error.WriteLine("The stored relay does not open with this master key. Set it again: multimail relay set URL");
        }

        if (relay.Origin == "settings")
        {
            shell.Error.WriteLine($"Set by {Settings.SmtpUrl} in the environment or multimail.json, which wins over what is stored.");
        }
    }
}
