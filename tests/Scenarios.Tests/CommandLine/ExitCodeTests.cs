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
        "mailbox mode agent@multimail.localhost free",
        "mailbox create a@multimail.localhost --mode free",
        "key create --name crm --scopes read --env prod",
        "frobnicate --help",
        "pending frobnicate --help",
    };

    [Theory]
    [MemberData(nameof(Mistyped))]
    public async Task A_mistyped_command_ends_with_2_and_a_fix(string line)
    {
        using var typed = new Typed();
        Assert.Equal(2, await typed.RunAsync(line.Split(' ')));
        Assert.Empty(typed.Out);
        Assert.Contains("\nfix: Run: multimail", typed.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(2, typed.Error.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Length);
        Assert.False(Directory.Exists(typed.Folder));
    }

    public static TheoryData<string> Questions => new()
    {
        "operator list", "operator login", "key list", "mailbox list", "domain list", "domain check example.com", "doctor", "relay show", "mailbox check a@example.com", "pending list", "pending show msg_1", "audit verify", "audit prove msg_1",
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
    [InlineData("mailbox mode nobody@multimail.localhost monitored")]
    [InlineData("domain add not..a..domain")]
    [InlineData("domain check example.com")]
    [InlineData("mailbox link nobody@example.com --smtp smtps://a:b@smtp.example.com")]
    [InlineData("mailbox check agent@multimail.localhost")]
    [InlineData("mailbox create ann@example.com --smtp smtps://ann@smtp.example.com")]
    [InlineData("mailbox create ann@example.com --smtp smtps://ann@smtp.example.com --password-file /nonexistent/file")]
    [InlineData("relay set http://example.com")]
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

    [Theory]
    [InlineData("serv", "did you mean multimail serve?")]
    [InlineData("pending aprove msg_1", "did you mean multimail pending approve?")]
    public async Task A_misspelt_verb_is_guessed(string line, string guess)
    {
        using var typed = new Typed();
        Assert.Equal(2, await typed.RunAsync(line.Split(' ')));
        Assert.Contains(guess, typed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pending show msg_unknown", "pending list")]
    [InlineData("key revoke key_unknown", "key list")]
    [InlineData("key create --name a --scopes read --mailbox nobody@multimail.localhost", "mailbox list")]
    [InlineData("mailbox mode nobody@multimail.localhost monitored", "mailbox list")]
    [InlineData("operator login --as nobody@example.com", "operator list")]
    public async Task What_is_not_found_names_the_verb_that_lists(string line, string verb)
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Equal(1, await typed.RunAsync(line.Split(' ')));
        Assert.Contains($"fix: Run: multimail {verb}", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_checkpoint_does_not_accuse_the_log()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        var file = Path.Combine(typed.Folder, "note.txt");
        await File.WriteAllTextAsync(file, "no checkpoint\n", TestContext.Current.CancellationToken);
        Assert.Equal(1, await typed.RunAsync("audit", "verify", "--old-checkpoint", file));
        Assert.Contains("is no signed checkpoint", typed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("evidence", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_listen_address_is_mended_by_what_its_fix_says()
    {
        using var typed = new Typed();
        typed.Set("MULTIMAIL_LISTEN", "nonsense");
        Assert.Equal(1, await typed.RunAsync("init"));
        Assert.Contains("fix: Write MULTIMAIL_LISTEN like http://127.0.0.1:8484.", typed.Error, StringComparison.Ordinal);
    }
}
