namespace Scenarios.CommandLine;

public sealed class ExitCodeTests
{
    public static TheoryData<string> Mistyped => new()
    {
        "frobnicate",
        "key",
        "key create --scopes read",
        "key create --name crm",
        "key create --name crm --scopes read --operator",
        "mailbox create",
        "mailbox mode agent@multimail.localhost",
        "pending reject msg_1",
        "pending approve",
        "init --operator",
        "stdio --output-schemas maybe",
    };

    [Theory]
    [MemberData(nameof(Mistyped))]
    public async Task A_mistyped_command_ends_with_2_and_a_fix(string line)
    {
        using var typed = new Typed();
        Assert.Equal(2, await typed.RunAsync(line.Split(' ')));
        Assert.Empty(typed.Out);
        Assert.Contains("\nfix: Run: multimail", typed.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder));
    }

    public static TheoryData<string> Questions => new()
    {
        "operator list", "operator login", "key list", "mailbox list", "domain list", "pending list", "pending show msg_1", "audit verify", "audit prove msg_1",
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_to_an_empty_folder_ends_with_1_and_leaves_it_empty(string line)
    {
        using var typed = new Typed();
        Assert.Equal(1, await typed.RunAsync(line.Split(' ')));
        Assert.Contains("fix: Run: multimail init", typed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder));
    }

    [Theory]
    [InlineData("pending approve msg_00000000000000000000000000")]
    [InlineData("pending show nonsense")]
    [InlineData("key create --name both --scopes send,oversight")]
    [InlineData("key revoke key_unknown")]
    [InlineData("mailbox create not-an-address")]
    [InlineData("mailbox mode agent@multimail.localhost free")]
    [InlineData("domain add not..a..domain")]
    [InlineData("audit prove msg_unknown")]
    [InlineData("audit verify --old-checkpoint /nonexistent/checkpoint")]
    [InlineData("key list --as nobody@example.com")]
    public async Task A_refusal_ends_with_1_and_one_sentence_with_its_fix(string line)
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Equal(1, await typed.RunAsync(line.Split(' ')));
        var lines = typed.Error.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("fix: ", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", typed.Error, StringComparison.Ordinal);
        Assert.Empty(typed.Out);
    }
}
