using System.CommandLine;
using MultiMail.Core.Identity;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Commands;

/// <summary><c>identity …</c>: the keys that sign mail.</summary>
internal static class IdentityCommands
{
    public static Command Create(Desk desk) => new Verb("identity", "The keys that sign your mail", "identity list")
    {
        List(desk), Rotate(desk), Revoke(desk),
    };

    private static Verb List(Desk desk)
    {
        var verb = new Verb("list", "List the signing keys: identity key and DKIM keys of your domains", "identity list") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var keys = await node.SigningKeys.ListAsync(person, token);
                Print(desk.Shell, keys);
                if (keys.Count == 0)
                {
                    desk.Shell.Error.WriteLine("No signing key yet: the first message that leaves makes one.");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Rotate(Desk desk)
    {
        var domain = Domain("Rotate the DKIM keys of this domain; else the identity key");
        var verb = new Verb("rotate", "Make the next key; it takes over in 24 hours", "identity rotate") { domain, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk.Shell, await node.SigningKeys.RotateAsync(person, parse.GetValue(domain), token));
                if (parse.GetValue(domain) is { } name)
                {
                    desk.Shell.Error.WriteLine("Publish this now; leave the old record for a week after the new key has taken over:");
                    foreach (var record in await node.SigningKeys.DnsRecordsOfAsync(person.Account, name, token))
                    {
                        desk.Shell.Error.WriteLine($"{SafeText.Line(record.Name)} TXT {SafeText.Line(record.Value, 1_000)}");
                    }
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Revoke(Desk desk)
    {
        var name = new Argument<string>("KID") { Description = "Key id, or the selector of a DKIM key" };
        var reason = new Option<string>("--reason") { Description = "Why, in a few words; it is published", HelpName = "R", Required = true };
        var domain = Domain("Whose selector, where several domains have one of this name");
        var verb = new Verb("revoke", "Revoke a signing key at once and erase its private part", "identity revoke mm202611a --reason \"laptop stolen\"")
        {
            name, reason, domain, desk.Options.As,
        };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk.Shell, await node.SigningKeys.RevokeAsync(person, parse.GetRequiredValue(name), parse.GetValue(domain), parse.GetRequiredValue(reason), token));
                desk.Shell.Error.WriteLine("Of a DKIM key: publish an empty p= for the old selector, and the new record (multimail domain list).");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Option<string?> Domain(string description) => new("--domain") { Description = description, HelpName = "NAME" };

    private static void Print(Shell shell, IReadOnlyList<SigningKeyView> keys)
    {
        foreach (var key in keys)
        {
            var why = key.Reason is null ? string.Empty : $"  {key.Reason}";
            shell.Out.WriteLine(SafeText.Line($"{key.Name}  {key.Use}{(key.Domain is null ? string.Empty : " " + key.Domain)}  {key.Algorithm}  {key.State}  from {Rfc3339.Format(key.NotBefore)}{why}", 400));
        }
    }
}
