using System.Text.Json;

namespace Scenarios.CommandLine;

public sealed class InitTests
{
    [Fact]
    public async Task Init_answers_json_with_the_four_members_of_the_contract()
    {
        using var typed = new Typed();
        using var json = JsonDocument.Parse(await typed.DoneAsync("init", "--json", "--operator", "ann@example.com"));
        Assert.Equal(["data", "operator", "mailbox", "listen"], json.RootElement.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        Assert.Equal(typed.Folder, json.RootElement.GetProperty("data").GetString());
        Assert.Equal("ann@example.com", json.RootElement.GetProperty("operator").GetString());
        Assert.Equal("agent@multimail.localhost", json.RootElement.GetProperty("mailbox").GetString());
        Assert.Equal("http://127.0.0.1:8484", json.RootElement.GetProperty("listen").GetString());
    }

    [Fact]
    public async Task Init_may_be_repeated_and_changes_nothing()
    {
        using var typed = new Typed();
        var first = await typed.DoneAsync("init", "--json");
        var key = await File.ReadAllBytesAsync(Path.Combine(typed.Folder, "master.key"), TestContext.Current.CancellationToken);
        var mailboxes = await typed.DoneAsync("mailbox", "list");
        Assert.Equal(first, await typed.DoneAsync("init", "--json"));
        Assert.Equal(mailboxes, await typed.DoneAsync("mailbox", "list"));
        Assert.Equal(key, await File.ReadAllBytesAsync(Path.Combine(typed.Folder, "master.key"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_inits_at_once_make_one_installation()
    {
        using var typed = new Typed();
        using var other = new Typed();
        other.Set("MULTIMAIL_DATA", typed.Folder);
        var both = await Task.WhenAll(Task.Run(() => typed.DoneAsync("init", "--json")), Task.Run(() => other.DoneAsync("init", "--json")));
        Assert.Equal(both[0], both[1]);
        Assert.Equal(2, (await typed.DoneAsync("mailbox", "list")).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task The_folder_and_the_master_key_are_their_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        using var typed = new Typed();
        await typed.DoneAsync("init");
#pragma warning disable CA1416 // Skipped on Windows above.
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(typed.Folder));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(typed.Folder, "master.key")));
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(typed.Folder, "multimail.db")));
#pragma warning restore CA1416
    }
}
