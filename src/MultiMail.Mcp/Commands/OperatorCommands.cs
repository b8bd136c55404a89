using System.CommandLine;
using MultiMail.Core.Accounts;
using MultiMail.Core.Node;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary><c>operator …</c>: the people in control.</summary>
internal static class OperatorCommands
{
    public static Command Create(Desk desk) => new Verb("operator", "People who decide: add, list, set a password, sign in", "operator login")
    {
        Add(desk), List(desk), Password(desk), Login(desk),
    };

    private static Verb Add(Desk desk)
    {
        var email = new Argument<string>("EMAIL") { Description = "The person's e-mail address" };
        var verb = new Verb("add", "Add a person; the password is asked for, or the first line of stdin", "operator add ann@example.com") { email, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var added = await node.People.AddAsync(person, parse.GetRequiredValue(email), AskPassword(desk.Shell), token);
                desk.Shell.Out.WriteLine($"{added.Id}  {SafeText.Line(added.Email)}");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb List(Desk desk)
    {
        var verb = new Verb("list", "List the people", "operator list") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                foreach (var one in await node.People.ListAsync(person, token))
                {
                    var state = one.Disabled ? "disabled" : one.SignedUp ? "signed up" : "not signed up";
                    desk.Shell.Out.WriteLine($"{one.Id}  {SafeText.Line(one.Email ?? "(no address yet)")}  {state}");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Password(Desk desk)
    {
        var email = new Option<string?>("--email") { Description = "The person's new e-mail address; needed while there is none", HelpName = "EMAIL" };
        var verb = new Verb("password", "Set a person's password; asked for, or the first line of stdin", "operator password --email ann@example.com") { email, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                await node.People.SetCredentialsAsync(person, parse.GetValue(email), AskPassword(desk.Shell), token);
                desk.Shell.Out.WriteLine("The password is set.");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Login(Desk desk)
    {
        var verb = new Verb("login", "Print a sign-in link: 15 minutes, once", "operator login") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (NodeHost host, Principal person, CancellationToken token) =>
            {
                await LinkToPageAsync(desk.Shell, host, token);
                desk.Shell.Out.WriteLine(await SignInLinkAsync(host.Node, person, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    /// <summary>Links lead to where a node of this folder serves the page now.</summary>
    private static async Task LinkToPageAsync(Shell shell, NodeHost host, CancellationToken cancellationToken)
    {
        if (await PageRecord.FindAsync(host, cancellationToken) is not { } page)
        {
            shell.Error.WriteLine($"No node of this data folder serves the page now; start one first: multimail serve{Desk.DataHint(host.Settings)}");
        }
        else if (host.Settings.PublicUrl is null)
        {
            host.Node.Options.PublicUrl = Links.Base(page);
        }
    }

    internal static async Task<string> SignInLinkAsync(MultiMailNode node, Principal person, CancellationToken cancellationToken) =>
        $"{node.Options.PublicUrl}/login/{await node.People.LoginTokenAsync(person, cancellationToken)}";

    private static string AskPassword(Shell shell)
    {
        var first = Secrets.Ask(shell, "New password: ");
        if (!shell.Terminal.InputIsPiped && Secrets.Ask(shell, "Once more: ") != first)
        {
            throw new SetupException("The two passwords differ.", "Type the same password twice.");
        }

        return first;
    }
}
