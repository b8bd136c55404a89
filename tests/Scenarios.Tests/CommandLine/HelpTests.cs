using System.CommandLine;
using MultiMail.Mcp.Commands;

namespace Scenarios.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs
    {
        get
        {
            using var typed = new Typed();
            var shell = new Shell(new Terminal(TextWriter.Null, TextWriter.Null, Stream.Null, Stream.Null, true, () => null), new Dictionary<string, string>(StringComparer.Ordinal), TimeProvider.System);
            return new TheoryData<string>(Paths(MultiMail.Mcp.Commands.CommandLine.Build(shell), string.Empty));
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_of_every_verb_ends_with_an_example_of_that_verb(string verb)
    {
        using var typed = new Typed();
        var help = await typed.DoneAsync([.. verb.Split(' '), "--help"]);
        Assert.Contains("--data <DIR>", help, StringComparison.Ordinal);
        Assert.Contains($"Example:\n  multimail {verb}", help.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Empty(typed.Error);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_example_of_every_verb_parses(string verb)
    {
        using var typed = new Typed();
        var help = await typed.DoneAsync([.. verb.Split(' '), "--help"]);
        var example = help.ReplaceLineEndings("\n").Split("Example:\n  multimail ")[1].Trim();
        var shell = new Shell(new Terminal(TextWriter.Null, TextWriter.Null, Stream.Null, Stream.Null, true, () => null), new Dictionary<string, string>(StringComparer.Ordinal), TimeProvider.System);
        var parsed = MultiMail.Mcp.Commands.CommandLine.Build(shell).Parse(example);
        Assert.Empty(parsed.Errors);
    }

    [Fact]
    public void The_verbs_are_those_of_the_contract() => Assert.Equal(
        [
            "audit", "audit prove", "audit verify", "canary", "canary add", "demo", "doctor", "domain", "domain add", "domain check", "domain list", "identity", "identity list", "identity revoke", "identity rotate", "init",
            "key", "key create", "key list", "key revoke", "mailbox", "mailbox check", "mailbox create", "mailbox evidence", "mailbox link", "mailbox list", "mailbox mode", "mailbox retention", "mailbox unlink",
            "operator", "operator add", "operator list", "operator login", "operator password",
            "pause", "pause off", "pause on", "pending", "pending approve", "pending list", "pending reject", "pending request-changes", "pending show", "privacy", "privacy erase", "privacy export", "profile", "profile notify-test", "profile set", "profile show",
            "relay", "relay remove", "relay set", "relay show", "request", "request approve", "request list", "request reject", "request show", "rule", "rule add", "rule list", "rule remove",
            "serve", "stdio", "suppression", "suppression add", "suppression list", "suppression remove", "verify",
        ],
        Verbs.Select(row => row.Data).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public async Task Without_a_verb_a_terminal_shows_what_a_newcomer_does_next()
    {
        using var typed = new Typed { AtTerminal = true };
        var help = await typed.DoneAsync();
        Assert.Contains("multimail demo", help, StringComparison.Ordinal);
        Assert.Contains("multimail serve", help, StringComparison.Ordinal);
        Assert.Contains("multimail init", help, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder));
    }

    private static IEnumerable<string> Paths(Command command, string above) => command.Subcommands.SelectMany(sub =>
    {
        var path = above.Length == 0 ? sub.Name : $"{above} {sub.Name}";
        return Paths(sub, path).Prepend(path);
    });
}
