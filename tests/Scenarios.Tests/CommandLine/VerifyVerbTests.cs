using System.Text;

namespace Scenarios.CommandLine;

public sealed class VerifyVerbTests
{
    [Theory]
    [InlineData("verify")]
    [InlineData("verify /nonexistent/message.eml")]
    [InlineData("verify --nonsense x")]
    [InlineData("verify m.eml --proof p.tlog-proof")]
    [InlineData("verify m.eml --vkeys v")]
    public async Task Wrong_usage_ends_with_64_and_its_fix(string line)
    {
        using var typed = new Typed();
        Assert.Equal(64, await typed.RunAsync(line.Split(' ')));
        Assert.Empty(typed.Out);
        Assert.Contains("fix: ", typed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder));
    }

    [Fact]
    public async Task A_message_without_a_signature_is_not_verified_with_or_without_an_installation()
    {
        using var typed = new Typed();
        var file = Path.Combine(Path.GetDirectoryName(typed.Folder)!, "m.eml");
        await File.WriteAllBytesAsync(file, Encoding.ASCII.GetBytes("From: a@example.org\r\n\r\nhello\r\n"), TestContext.Current.CancellationToken);
        Assert.Equal(1, await typed.RunAsync("verify", file, "--offline"));
        Assert.StartsWith("invalid", typed.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder));
        await typed.DoneAsync("init");
        Assert.Equal(1, await typed.RunAsync("verify", file, "--offline", "--json"));
        Assert.StartsWith("{\"overall\":\"invalid\"", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_keys_are_listed_rotated_and_revoked_only_where_there_are_any()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Empty(await typed.DoneAsync("identity", "list"));
        Assert.Equal(1, await typed.RunAsync("identity", "rotate"));
        Assert.Equal(1, await typed.RunAsync("identity", "revoke", "nobody", "--reason", "stolen"));
        Assert.Equal(2, await typed.RunAsync("identity", "revoke", "nobody"));
    }
}
