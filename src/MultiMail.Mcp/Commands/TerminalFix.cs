using System.CommandLine;
using System.CommandLine.Parsing;
using MultiMail.Core.Errors;

namespace MultiMail.Mcp.Commands;

/// <summary>
/// A refusal's fix in the words of a terminal. Core speaks to every edge; whoever types wants to be told the verb that
/// lists what there is.
/// </summary>
internal static class TerminalFix
{
    public static string Of(RefusalException refusal, ParseResult parse)
    {
        if (refusal.Code != ErrorCodes.NotFound)
        {
            return refusal.Fix;
        }

        return Listed(refusal, parse) is { } noun ? $"Run: multimail {noun} list{Data(parse)}" : refusal.Fix;
    }

    /// <summary>What was not found: a field's mailbox, the person of <c>--as</c>, else what the verb is about.</summary>
    private static string? Listed(RefusalException refusal, ParseResult parse)
    {
        if (refusal.Violations.Any(v => v.Field == "mailbox"))
        {
            return "mailbox";
        }

        if (refusal.Message.Contains("operator", StringComparison.Ordinal))
        {
            return "operator";
        }

        var group = (parse.CommandResult.Parent as CommandResult)?.Command;
        return group?.Subcommands.Any(c => c.Name == "list") == true ? group.Name : null;
    }

    private static string Data(ParseResult parse) =>
        parse.GetValue<string?>("--data") is { } folder ? $" --data {folder}" : string.Empty;
}
