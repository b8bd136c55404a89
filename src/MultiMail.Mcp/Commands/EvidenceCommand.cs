using System.CommandLine;
using System.Globalization;
using MultiMail.Core.Evidence;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Commands;

/// <summary><c>mailbox evidence</c>: what speaks for and against a looser mode.</summary>
internal static class EvidenceCommand
{
    public static Verb Create(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The mailbox" };
        var verb = new Verb("evidence", "Show what speaks for and against more freedom", "mailbox evidence agent@multimail.localhost") { address, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var evidence = await node.Evidence.OfAsync(person, parse.GetRequiredValue(address), token);
                if (parse.GetValue(desk.Options.Json))
                {
                    desk.Shell.Out.WriteLine(CommandJson.Write(evidence));
                }
                else
                {
                    Print(desk.Shell.Out, evidence);
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static void Print(TextWriter output, EvidenceView e)
    {
        output.WriteLine($"{SafeText.Line(e.Mailbox)}  {e.OversightMode}  counted since {Rfc3339.Format(e.Since)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{e.Decisions} decided by people, {e.NotClean} of them not approved unchanged; lower bound {e.LowerBound:0.0000}"));
        if (e.DemotedAt is { } at)
        {
            output.WriteLine($"demoted {Rfc3339.Format(at)}  {e.DemotedFor}");
        }

        foreach (var verdict in e.Verdicts)
        {
            output.WriteLine($"{verdict.Mode}: {(verdict.Met ? "everything is shown" : "not everything is shown")}");
            foreach (var one in verdict.Criteria)
            {
                output.WriteLine($"  {(one.Met ? "yes" : "no "),-3}  {one.Name}  {one.Value}  (needed: {one.Needed})");
            }
        }
    }
}
