using System.CommandLine;
using MultiMail.Core.ApiKeys;

namespace MultiMail.Mcp.Commands;

/// <summary><c>key …</c>: what agents and programs prove themselves with.</summary>
internal static class KeyCommands
{
    public static Command Create(Desk desk) => new Verb("key", "API keys of agents and programs", "key create --name crm --scopes read,send")
    {
        New(desk), List(desk), Revoke(desk),
    };

    private static Verb New(Desk desk)
    {
        var name = new Option<string>("--name") { Description = "What the key is for", HelpName = "N", Required = true };
        var scopes = new Option<string?>("--scopes") { Description = "read, send, oversight, admin, separated by commas; never send with oversight", HelpName = "LIST" };
        var stands = new Option<bool>("--operator") { Description = "An operator key: stands for a person, provisions and decides over REST, never sends" };
        var mailboxes = new Option<string[]>("--mailbox") { Description = "Only this mailbox; may be repeated", HelpName = "ADDRESS" };
        var world = new Option<string?>("--env") { Description = "live (default) or test: a test key does everything but deliver", HelpName = "live|test" };
        world.AcceptOnlyFromAmong("live", "test");
        var verb = new Verb("create", "Make a key; its secret is shown once", "key create --name crm --scopes read,send --mailbox agent@multimail.localhost")
        {
            name, scopes, stands, mailboxes, world, desk.Options.Json, desk.Options.As,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(stands) == result.GetValue(scopes) is not null)
            {
                result.AddError("A key has either --scopes or --operator.");
            }
        });
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var key = await node.Keys.CreateAsync(
                    person,
                    new NewKey
                    {
                        Name = parse.GetValue(name),
                        Scopes = parse.GetValue(scopes)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                        Operator = parse.GetValue(stands),
                        Mailboxes = parse.GetValue(mailboxes) ?? [],
                        Env = parse.GetValue(world),
                    },
                    token);
                Print(desk.Shell, key, parse.GetValue(desk.Options.Json), parse.GetValue(stands));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static void Print(Shell shell, CreatedKey key, bool json, bool isOperatorKey)
    {
        if (json)
        {
            shell.Out.WriteLine(CommandJson.Write(new KeyResult(key.Id, key.Name, key.Key, key.Scopes, key.Env)));
            return;
        }

        shell.Out.WriteLine($"{key.Id}  {SafeText.Line(key.Name)}  {string.Join(',', key.Scopes)}  {key.Env}");
        shell.Out.WriteLine(key.Key);
        shell.Error.WriteLine(isOperatorKey
            ? "This key stands for a person: never hand it to an agent. It is not shown again."
            : "Keep it now: it is not shown again.");
    }

    private static Verb List(Desk desk)
    {
        var verb = new Verb("list", "List the keys, without secrets", "key list") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                foreach (var key in await node.Keys.ListAsync(person, token))
                {
                    var state = key.RevokedAt is null ? "active" : "revoked";
                    desk.Shell.Out.WriteLine($"{key.Id}  {SafeText.Line(key.Name)}  {string.Join(',', key.Scopes)}  {key.Env}  {state}");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Revoke(Desk desk)
    {
        var id = new Argument<string>("ID") { Description = "key_…" };
        var leaked = new Option<bool>("--leaked") { Description = "Somebody else may have it: every mailbox that it sends from waits for people again" };
        var verb = new Verb("revoke", "Revoke a key at once", "key revoke key_01JAB… --leaked") { id, leaked, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                await node.Keys.RevokeAsync(person, parse.GetRequiredValue(id), token, parse.GetValue(leaked));
                desk.Shell.Out.WriteLine("Revoked.");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }
}
