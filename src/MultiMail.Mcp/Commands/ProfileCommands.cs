using System.CommandLine;
using MultiMail.Core.Notices;
using MultiMail.Core.Profile;

namespace MultiMail.Mcp.Commands;

/// <summary><c>profile …</c>: who sends, as mail to the outside must name it, and where people are notified.</summary>
internal static class ProfileCommands
{
    public static Command Create(Desk desk) => new Verb("profile", "Who sends: name, postal address and language of your mail, and where you are notified", "profile show")
    {
        Show(desk), Set(desk), NotifyTest(desk),
    };

    private static Verb Show(Desk desk)
    {
        var verb = new Verb("show", "Show the sender profile", "profile show") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                Print(desk.Shell, await node.Profiles.ShowAsync(person, token));
                Print(desk.Shell, await node.Notices.StatusAsync(person, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Set(Desk desk)
    {
        var name = new Option<string?>("--name") { Description = "The organisation's name, or yours", HelpName = "N" };
        var address = new Option<string[]>("--address") { Description = "Postal address without name and country: lines parted by | or \\n, or the option once for each line", HelpName = "LINES" };
        var country = new Option<string?>("--country") { Description = "Two letters, such as DE, FR or US", HelpName = "CC" };
        var language = new Option<string?>("--language") { Description = string.Join(", ", ProfileLanguages.All), HelpName = "L" };
        var notify = new Option<string?>("--notify") { Description = "Where you are told what waits; a later change takes effect after 24 hours", HelpName = "EMAIL" };
        var verb = new Verb("set", "Set what is named; the rest stays", "profile set --name \"Example GmbH\" --address \"Hauptstr. 1|10115 Berlin\" --country DE --language de")
        {
            name, address, country, language, notify, desk.Options.As,
        };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var lines = (parse.GetValue(address) ?? []).SelectMany(ProfileAddress.Lines).ToList();
                var change = new ProfileChange
                {
                    Name = parse.GetValue(name),
                    AddressLines = parse.GetResult(address) is null ? null : lines,
                    Country = parse.GetValue(country),
                    Language = parse.GetValue(language),
                    Notify = parse.GetValue(notify),
                };
                Print(desk.Shell, await node.Profiles.SetAsync(person, change, token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb NotifyTest(Desk desk)
    {
        var verb = new Verb("notify-test", "Send a test notice to the notify address", "profile notify-test") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var test = await node.Notices.TestAsync(person, token);
                desk.Shell.Out.WriteLine($"{test.Result}: {test.Detail}");
                return test.Result == "failed" ? ExitCode.Failed : ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static void Print(Shell shell, NoticeStatus notices)
    {
        if (notices.Problem is { } problem)
        {
            shell.Error.WriteLine($"{problem.Sentence} {problem.Fix}");
        }
        else if (notices is { Failure: { } failure, FailedAt: { } at })
        {
            shell.Error.WriteLine($"The last notice did not go out ({at:yyyy-MM-dd HH:mm} UTC): {failure}");
        }
        else if (notices.LastSentAt is { } sent)
        {
            shell.Out.WriteLine($"{"told",-10}last {sent:yyyy-MM-dd HH:mm} UTC");
        }
    }

    private static void Print(Shell shell, ProfileView profile)
    {
        void Line(string label, string? value) => shell.Out.WriteLine($"{label,-10}{SafeText.Line(value ?? "not set")}");
        Line("name", profile.Name);
        Line("address", profile.AddressLines.Count == 0 ? null : string.Join(" | ", profile.AddressLines));
        Line("country", profile.Country);
        Line("language", profile.Language ?? "en, unless another is set");
        Line("notify", profile.Notify);
        if (profile is { NotifyPending: { } next, NotifyPendingAt: { } at })
        {
            Line("", $"{next} from {at:yyyy-MM-dd HH:mm} UTC on");
        }

        if (!profile.Complete)
        {
            shell.Error.WriteLine("Mail to the outside needs name, address and country: multimail profile set --name NAME --address LINES --country XX");
        }
    }
}
