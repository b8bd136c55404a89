using System.CommandLine;
using System.CommandLine.Parsing;
using MultiMail.Mcp.Protocol;

namespace MultiMail.Mcp.Commands;

/// <summary>What is wrong with a line that does not parse, and what to type instead.</summary>
internal sealed record Mistyped(string Sentence, string Fix)
{
    /// <summary>Null when the line can run. A word that means nothing is a mistake even beside <c>--help</c>.</summary>
    public static Mistyped? In(ParseResult parse)
    {
        var help = $"Run: {Path(parse.CommandResult)} --help";
        if (parse.UnmatchedTokens is [var word, ..])
        {
            return Unknown(parse.CommandResult, word, help);
        }

        return parse.Errors.Count > 0 && parse.Action is not HelpWithExample
            ? new Mistyped(string.Join(' ', parse.Errors.SelectMany(e => e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))), help)
            : null;
    }

    private static Mistyped Unknown(CommandResult at, string word, string help)
    {
        var path = Path(at);
        var known = at.Command.Subcommands.Select(c => c.Name).Concat(at.Command.Options.Select(o => o.Name));
        var near = known.FirstOrDefault(name => Spelling.IsNear(name, word));
        return new Mistyped(
            $"{path} knows no {SafeText.Line(word)}.",
            near is null ? help : $"{help}, or did you mean {path} {near}?");
    }

    /// <summary>The command as it is typed.</summary>
    private static string Path(CommandResult result)
    {
        var names = new Stack<string>();
        for (var at = result; at is not null; at = at.Parent as CommandResult)
        {
            names.Push(at.Command is RootCommand ? "multimail" : at.Command.Name);
        }

        return string.Join(' ', names);
    }
}
