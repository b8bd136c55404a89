using System.CommandLine;
using MultiMail.Core.Identity;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary><c>verify</c>: whether a message is what an agent's installation signed. Ends with 0 verified, 1 not, 2 cannot tell, 64 wrong usage.</summary>
internal static class VerifyCommand
{
    private const int CannotTell = 2;
    private const int WrongUsage = 64;

    public static Command Create(Desk desk)
    {
        var options = new VerifyOptions();
        var verb = new Verb("verify", "Check agent identity and DKIM of a message file: ends with 0 verified, 1 not verified, 2 cannot tell", "verify message.eml --keys jwks.json")
        {
            UsageCode = WrongUsage,
            FailedCode = CannotTell,
        };
        foreach (var option in options.All.Append(desk.Options.Json).Append(desk.Options.As))
        {
            verb.Options.Add(option);
        }

        verb.Arguments.Add(options.File);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(options.Proof) is null != (result.GetValue(options.VerifierKeys) is null))
            {
                result.AddError("--proof and --vkeys go together.");
            }
        });
        verb.SetAction((parse, cancellationToken) => RunAsync(desk, options, parse, cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(Desk desk, VerifyOptions options, ParseResult parse, CancellationToken cancellationToken)
    {
        (byte[] Message, VerificationWish Wish) given;
        try
        {
            given = await options.ReadAsync(parse, cancellationToken);
        }
        catch (SetupException e)
        {
            desk.Shell.Error.WriteLine(SafeText.Line(e.Message, 500));
            desk.Shell.Error.WriteLine($"fix: {e.Fix}");
            return WrongUsage;
        }

        var found = VerificationView.Of(await VerifyAsync(desk, parse, given.Message, given.Wish, cancellationToken));
        if (parse.GetValue(desk.Options.Json))
        {
            desk.Shell.Out.WriteLine(CommandJson.Write(found));
        }
        else
        {
            Print(desk.Shell.Out, found);
            if (found.Overall == Verification.Undetermined && given.Wish.Keys is null)
            {
                desk.Shell.Error.WriteLine("fix: Give the sender's keys, from a place that you trust: --keys jwks.json (the sender serves it at /.well-known/jwks.json).");
            }
        }

        return found.Overall switch
        {
            Verification.Verified => ExitCode.Done,
            Verification.Undetermined => CannotTell,
            _ => ExitCode.Failed,
        };
    }

    /// <summary>An installation on this machine knows its own keys and agents; without one there is what the caller brings.</summary>
    private static async Task<Verification> VerifyAsync(Desk desk, ParseResult parse, byte[] message, VerificationWish wish, CancellationToken cancellationToken)
    {
        if (!File.Exists(desk.Settings(parse).DatabasePath))
        {
            return await MailVerification.VerifyAsync(message, wish, desk.Shell.Clock, cancellationToken);
        }

        Verification? found = null;
        await desk.AsPersonAsync(
            parse,
            async (Core.Node.MultiMailNode node, Core.Accounts.Principal person, CancellationToken token) =>
            {
                found = await node.Verification.VerifyAsync(person, message, wish, token);
                return ExitCode.Done;
            },
            cancellationToken);
        return found!; // set just above
    }

    private static void Print(TextWriter output, VerificationView found)
    {
        output.WriteLine(found.Overall);
        foreach (var part in found.Parts)
        {
            output.WriteLine(SafeText.Line($"  {part.Name}: {part.Result}{(part.Detail is null ? string.Empty : $" ({part.Detail})")}", 500));
        }

        if (found.Claims is { } claims)
        {
            output.WriteLine(SafeText.Line($"  {claims.Iss} says: agent {claims.AgentId ?? "(none)"} of {claims.Operator}, approval {claims.Approval}, mode {claims.OversightMode}, signed {claims.Iat}", 500));
        }
    }
}
