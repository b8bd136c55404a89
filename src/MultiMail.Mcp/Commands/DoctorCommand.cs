using System.CommandLine;
using MultiMail.Core.Mailboxes;
using MultiMail.Mcp.Hosting;

namespace MultiMail.Mcp.Commands;

/// <summary><c>doctor</c>: what is set up, what is missing, what to publish, and whether it works.</summary>
internal static class DoctorCommand
{
    public static Command Create(Desk desk)
    {
        var verb = new Verb("doctor", "Say what is set up, what is missing and whether it works; ends with 0 if sending can work", "doctor") { desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => RunAsync(desk, parse, cancellationToken));
        return verb;
    }

    private static Task<int> RunAsync(Desk desk, ParseResult parse, CancellationToken cancellationToken) => desk.AsPersonAsync(
        parse,
        async (NodeHost host, Core.Accounts.Principal person, CancellationToken token) =>
        {
            desk.Shell.Error.WriteLine("Trying what is set up; this takes at most some 20 seconds …");
            var core = await host.Node.Doctor.ExamineAsync(person, token);
            var around = await HostDoctor.ExamineAsync(host, token);
            var report = core with
            {
                CanSend = core.CanSend && around.All(f => f.State != DoctorStates.Failure),
                Findings = [.. around, .. core.Findings],
            };
            if (parse.GetValue(desk.Options.Json))
            {
                desk.Shell.Out.WriteLine(CommandJson.Write(report));
            }
            else
            {
                Print(desk.Shell.Out, report);
            }

            return report.CanSend ? ExitCode.Done : ExitCode.Failed;
        },
        cancellationToken);

    private static void Print(TextWriter output, DoctorReport report)
    {
        foreach (var finding in report.Findings)
        {
            output.WriteLine($"{Mark(finding.State)} {finding.Area,-11} {SafeText.Line(finding.Sentence, 1_000)}");
            if (finding.Fix is not null)
            {
                output.WriteLine($"     fix: {SafeText.Line(finding.Fix, 1_000)}");
            }
        }

        foreach (var domain in report.Domains.Where(d => d.Records.Any(r => r.State != "found")))
        {
            output.WriteLine();
            output.WriteLine($"Records of {SafeText.Line(domain.Name)}:");
            DomainText.Write(output, domain with { Records = [.. domain.Records.Where(r => r.State != "found")] });
        }

        output.WriteLine();
        output.WriteLine(report.CanSend ? "Sending can work." : "Sending cannot work as it is set up.");
    }

    private static string Mark(string state) => state switch
    {
        DoctorStates.Ok => "ok  ",
        DoctorStates.Info => "info",
        DoctorStates.Warning => "warn",
        _ => "FAIL",
    };
}
