namespace Scenarios.CommandLine;

public sealed class RuleVerbTests
{
    [Fact]
    public async Task Rules_are_made_listed_and_taken_away()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");

        var made = await typed.DoneAsync("rule", "add", "send", "block", "*@Example.com", "--note", "no more");
        var id = made.Split("  ")[0];
        Assert.Contains("send  block  *@example.com  (every mailbox)", made, StringComparison.Ordinal);
        var list = await typed.DoneAsync("rule", "list");
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.Contains("\"pattern\":\"*@example.com\"", await typed.DoneAsync("rule", "list", "--json"), StringComparison.Ordinal);

        await typed.DoneAsync("rule", "remove", id);
        await typed.DoneAsync("rule", "list");
        Assert.Contains("There are no rules.", typed.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, await typed.RunAsync("rule", "remove", id));
    }

    [Fact]
    public async Task A_rule_that_is_none_is_refused_with_what_is_wrong()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");

        Assert.NotEqual(0, await typed.RunAsync("rule", "add", "sideways", "block", "example.com"));
        Assert.Contains("direction", typed.Error, StringComparison.Ordinal);
        Assert.Contains("pattern", typed.Error, StringComparison.Ordinal);
    }
}
