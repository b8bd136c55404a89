using System.CommandLine;
using MultiMail.Core.Suppression;
using MultiMail.Core.Text;

namespace MultiMail.Mcp.Commands;

/// <summary><c>suppression …</c>: addresses that nothing is sent to.</summary>
internal static class SuppressionCommands
{
    public static Command Create(Desk desk) => new Verb("suppression", "Addresses that nothing is sent to", "suppression list")
    {
        List(desk), Add(desk), Remove(desk),
    };

    private static Verb List(Desk desk)
    {
        var reason = new Option<string?>("--reason") { Description = $"Only this one: {string.Join(", ", SuppressionReasons.Names)}", HelpName = "REASON" };
        var verb = new Verb("list", "List them, and why", "suppression list") { reason, desk.Options.Json, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var all = new List<SuppressionView>();
                string? cursor = null;
                do
                {
                    var page = await node.Suppressions.ListAsync(person, new SuppressionRequest { Reason = parse.GetValue(reason), Limit = 100, Cursor = cursor }, token);
                    all.AddRange(page.Suppressions);
                    cursor = page.NextCursor;
                }
                while (cursor is not null);

                if (parse.GetValue(desk.Options.Json))
                {
                    desk.Shell.Out.WriteLine(CommandJson.Write(new SuppressionList(all, NextCursor: null)));
                    return ExitCode.Done;
                }

                if (all.Count == 0)
                {
                    desk.Shell.Error.WriteLine("Nothing is suppressed.");
                }

                foreach (var one in all)
                {
                    desk.Shell.Out.WriteLine($"{(one.Address is null ? "(erased)" : SafeText.Line(one.Address))}  {one.Reason}  {Rfc3339.Format(one.CreatedAt)}  {one.MessageId}  {SafeText.Line(one.Note ?? string.Empty)}".TrimEnd());
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Add(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Who gets no more mail" };
        var reason = new Option<string?>("--reason") { Description = "Why, for people; at most 500 characters", HelpName = "TEXT" };
        var verb = new Verb("add", "Send nothing more to an address", "suppression add ann@example.com") { address, reason, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var added = await node.Suppressions.AddAsync(person, parse.GetRequiredValue(address), parse.GetValue(reason), token);
                desk.Shell.Out.WriteLine($"{SafeText.Line(parse.GetRequiredValue(address))}  {added.Reason}");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }

    private static Verb Remove(Desk desk)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Who may get mail again" };
        var verb = new Verb("remove", "Lift what keeps mail from an address", "suppression remove ann@example.com") { address, desk.Options.As };
        verb.SetAction((parse, cancellationToken) => desk.AsPersonAsync(
            parse,
            async (node, person, token) =>
            {
                var removed = await node.Suppressions.RemoveAsync(person, parse.GetRequiredValue(address), token);
                desk.Shell.Out.WriteLine(removed.Remaining.Count == 0
                    ? $"{SafeText.Line(removed.Address)} may get mail again"
                    : $"{SafeText.Line(removed.Address)}: lifted {string.Join(", ", removed.Lifted)}; {string.Join(", ", removed.Remaining)} stays and is lifted on the page, with evidence");
                return ExitCode.Done;
            },
            cancellationToken));
        return verb;
    }
}
