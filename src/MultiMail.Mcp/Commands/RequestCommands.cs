using System.CommandLine;
using MultiMail.Core.Requests;

namespace MultiMail.Mcp.Commands;

/// <summary><c>request …</c>: what agents ask for and only a person grants.</summary>
internal static class RequestCommands
{
    private const int PageSize = 100;

    public static Command Create(Desk desk) => new Verb("request", "Changes that somebody asked for: look and decide", "request list")
    {
        List(desk),
        Show(desk),
        Decide(desk, "approve", "Make exactly this change", takesReason: false, (node, person, id, digest, reason, token) => node.Requests.ApproveAsync(person, id, digest, reason, token)),
        Decide(desk, "reject", "Leave things as they are", takesReason: true, (node, person, id, digest, reason, token) => node.Requests.RejectAsync(person, id, digest, reason, token)),
    };

    private static Verb List(Desk desk)
    {
        var status = new Option<string>("--status") { Description = "pending, approved, rejected, expired or all", HelpName = "S", DefaultValueFactory = _ => "pending" };
        status.AcceptOnlyFromAmong("pending", "approved", "rejected", "expired", "all");
        var verb = new Verb("list", "List what is asked for, newest first", "request list") { status, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var page = await node.Requests.ListAsync(person, new RequestListRequest { Status = parse.GetValue(status), Limit = PageSize }, token);
                foreach (var row in page.Requests)
                {
                    RequestText.WriteRow(desk.Shell.Out, row);
                }

                desk.Shell.Error.WriteLine(page.Total == 0 ? "Nothing is asked for." : $"{page.Requests.Count} of {page.Total}. Next: multimail request show ID");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Show(Desk desk)
    {
        var id = Id();
        var verb = new Verb("show", "Show what it would change, and who asked", "request show req_01JAB…") { id, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                RequestText.Write(desk.Shell.Out, await node.Requests.GetAsync(person, parse.GetRequiredValue(id), token));
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Decide(Desk desk, string name, string description, bool takesReason, Decision decide)
    {
        var id = Id();
        var digest = new Option<string?>("--digest") { Description = "What you saw (sha256:…); a request never changes, so its own is taken unless you say otherwise", HelpName = "D" };
        var reason = new Option<string?>("--reason") { Description = "What whoever asked is told", HelpName = "R", Required = true };
        var verb = new Verb(name, description, takesReason ? $"request {name} req_01JAB… --reason \"not yet\"" : $"request {name} req_01JAB…") { id, digest, desk.Options.As };
        if (takesReason)
        {
            verb.Add(reason);
        }

        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var request = await node.Requests.GetAsync(person, parse.GetRequiredValue(id), token);
                var receipt = await decide(node, person, request.RequestId, parse.GetValue(digest) ?? request.Digest, takesReason ? parse.GetValue(reason) : null, token);
                desk.Shell.Out.WriteLine($"{receipt.RequestId}  {receipt.Status}  {receipt.DecisionId}");
                desk.Shell.Out.WriteLine($"    {SafeText.Line(request.Summary)}");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Argument<string> Id() => new("ID") { Description = "req_…" };

    private delegate Task<RequestDecisionReceipt> Decision(
        Core.Node.MultiMailNode node, Core.Accounts.Principal person, string? id, string? digest, string? reason, CancellationToken cancellationToken);
}
