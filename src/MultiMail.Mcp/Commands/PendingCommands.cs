using System.CommandLine;
using MultiMail.Core.Evidence;
using MultiMail.Core.Oversight;

namespace MultiMail.Mcp.Commands;

/// <summary><c>pending …</c>: decide from the terminal.</summary>
internal static class PendingCommands
{
    private const int PageSize = 100;

    public static Command Create(Desk desk) => new Verb("pending", "What waits for a person: look and decide", "pending list")
    {
        List(desk),
        Show(desk),
        Decide(desk, "approve", "Let exactly this message go", takesReason: false, (node, person, request, token) => node.Decisions.ApproveAsync(person, request, token)),
        Decide(desk, "reject", "Stop this message for good", takesReason: true, (node, person, request, token) => node.Decisions.RejectAsync(person, request, token)),
        Decide(desk, "request-changes", "Send it back to the agent as a draft", takesReason: true, (node, person, request, token) => node.Decisions.RequestChangesAsync(person, request, token)),
    };

    private static Verb List(Desk desk)
    {
        var verb = new Verb("list", "List what waits, newest first", "pending list") { desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var page = await node.Pending.ListAsync(person, new PendingRequest { Limit = PageSize }, token);
                foreach (var item in page.Pending)
                {
                    PendingText.WriteRow(desk.Shell.Out, item);
                }

                desk.Shell.Error.WriteLine(page.Total == 0 ? "Nothing waits." : $"{page.Pending.Count} of {page.Total}. Next: multimail pending show ID");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Show(Desk desk)
    {
        var id = Id();
        var verb = new Verb("show", "Show the frozen message as it will leave", "pending show msg_01JAB…") { id, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                PendingText.WriteReview(desk.Shell.Out, await node.Pending.ReviewAsync(person, parse.GetRequiredValue(id), token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Decide(Desk desk, string name, string description, bool takesReason, Decision decide)
    {
        var id = Id();
        var digest = new Option<string?>("--digest") { Description = "The revision that you saw (sha256:…); needed once a message has had several", HelpName = "D" };
        var reason = new Option<string?>("--reason") { Description = "What the agent is told", HelpName = "R", Required = true };
        var verb = new Verb(name, description, takesReason ? $"pending {name} msg_01JAB… --reason \"wrong price\"" : $"pending {name} msg_01JAB…") { id, digest, desk.Options.As };
        var reasonClass = new Option<string?>("--class") { Description = $"What was wrong: {string.Join(", ", RejectClasses.Names)}", HelpName = "C" };
        reasonClass.AcceptOnlyFromAmong([.. RejectClasses.Names]);
        if (takesReason)
        {
            verb.Add(reason);
        }

        if (name == "reject")
        {
            verb.Add(reasonClass);
        }

        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var request = new DecisionRequest(parse.GetRequiredValue(id), parse.GetValue(digest), takesReason ? parse.GetValue(reason) : null) { ReasonClass = name == "reject" ? parse.GetValue(reasonClass) : null };
                var receipt = await decide(node, person, request, token);
                desk.Shell.Out.WriteLine($"{receipt.MessageId}  {receipt.Status}  {receipt.DecisionId}");
                if (receipt.WasCanary)
                {
                    desk.Shell.Error.WriteLine("It was a canary, seeded to see whether mail is read before it is approved. Nothing was sent.");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Argument<string> Id() => new("ID") { Description = "msg_…" };

    private delegate Task<DecisionReceipt> Decision(
        Core.Node.MultiMailNode node, Core.Accounts.Principal person, DecisionRequest request, CancellationToken cancellationToken);
}
