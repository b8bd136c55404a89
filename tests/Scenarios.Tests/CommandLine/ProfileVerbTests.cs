namespace Scenarios.CommandLine;

public sealed class ProfileVerbTests
{
    [Theory]
    [InlineData("--address", "Street 1|Town")]
    [InlineData("--address", "Street 1\\nTown")]
    [InlineData("--address", "Street 1", "--address", "Town")]
    public async Task A_profile_is_set_in_the_terminal_and_shown(params string[] address)
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        var set = await typed.DoneAsync(["profile", "set", "--name", "Example GmbH", "--country", "de", "--language", "de", "--notify", "ann@example.net", .. address]);
        Assert.Contains("address   Street 1 | Town", set, StringComparison.Ordinal);
        Assert.Contains("country   DE", await typed.DoneAsync("profile", "show"), StringComparison.Ordinal);
        Assert.Contains("bob@example.net from ", await typed.DoneAsync("profile", "set", "--notify", "bob@example.net"), StringComparison.Ordinal);
    }
}
