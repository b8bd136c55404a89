using System.Text.Json;

namespace Scenarios.CommandLine;

/// <summary>Setting up sending from the terminal; nothing here leaves the machine.</summary>
public sealed class SendingSetupTests
{
    private const string Canary = "canary-4711";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mailbox_elsewhere_takes_its_password_from_stdin_and_says_nothing_of_it()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        typed.Input.Enqueue(Canary);
        var said = await typed.DoneAsync(
            "mailbox", "create", "ann@example.net", "--smtp", "smtps://ann@example.net@127.0.0.1:9", "--imap", "imaps://ann@example.net@127.0.0.1:9", "--no-check");
        Assert.Contains("hosted elsewhere", said, StringComparison.Ordinal);
        Assert.Empty(typed.Input);
        var list = await typed.DoneAsync("mailbox", "list");
        Assert.DoesNotContain(Canary, said + list + typed.Error + await AllFilesAsync(typed.Folder), StringComparison.Ordinal);

        Assert.Contains("no relay and no source", await typed.DoneAsync("mailbox", "unlink", "ann@example.net"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_file_is_read_whole_to_its_first_line()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        var file = Path.Combine(typed.Folder, "password");
        await File.WriteAllTextAsync(file, $"{Canary}\n", Token);
        var said = await typed.DoneAsync("relay", "set", "smtps://post@127.0.0.1:9", "--password-file", file, "--no-check");
        Assert.Contains("smtps://127.0.0.1:9  signs in  stored", said, StringComparison.Ordinal);
        File.Delete(file);
        Assert.DoesNotContain(Canary, await AllFilesAsync(typed.Folder), StringComparison.Ordinal);
        Assert.StartsWith("none", await typed.DoneAsync("relay", "remove"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_wins_over_the_stored_relay_and_says_so()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        await typed.DoneAsync("relay", "set", "smtps://post:pw@127.0.0.1:9", "--no-check");
        typed.Set("MULTIMAIL_SMTP_URL", $"smtps://other:{Canary}@127.0.0.2:9");
        Assert.Contains("smtps://127.0.0.2:9", await typed.DoneAsync("relay", "show"), StringComparison.Ordinal);
        Assert.Contains("wins over what is stored", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_urls_in_the_environment_make_the_logins_mailbox_once_for_the_default_agent()
    {
        using var typed = new Typed();
        typed.Set("MULTIMAIL_SMTP_URL", $"smtps://ann@example.net:{Canary}@127.0.0.1:9");
        typed.Set("MULTIMAIL_IMAP_URL", $"imaps://ann@example.net:{Canary}@127.0.0.1:9");
        await typed.DoneAsync("init");
        await typed.DoneAsync("init");
        var line = Assert.Single((await typed.DoneAsync("mailbox", "list")).Split('\n'), l => l.Contains("ann@example.net", StringComparison.Ordinal));
        Assert.Contains("gated_send", line, StringComparison.Ordinal);
        Assert.Contains("hosted elsewhere", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, await AllFilesAsync(typed.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_installation_can_send_and_the_doctor_says_what_is_missing()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        var said = await typed.DoneAsync("doctor");
        Assert.Contains("Sending can work.", said, StringComparison.Ordinal);
        Assert.Contains("There is no relay", said, StringComparison.Ordinal);
        Assert.Contains("Nothing is set", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_answers_json_hides_secrets_and_warns_of_a_readable_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        using var typed = new Typed();
        await typed.DoneAsync("init");
        var file = Path.Combine(typed.Folder, "multimail.json");
        await File.WriteAllTextAsync(file, $$"""{ "imap_url": "imaps://nobody:{{Canary}}@127.0.0.1:9", "smtp_listen": "127.0.0.1:9" }""", Token);
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
#pragma warning restore CA1416
        using var json = JsonDocument.Parse(await typed.DoneAsync("doctor", "--json"));
        Assert.True(json.RootElement.GetProperty("can_send").GetBoolean());
        var text = json.RootElement.GetRawText();
        Assert.DoesNotContain(Canary, text + typed.Error, StringComparison.Ordinal);
        Assert.Contains("chmod 600", text, StringComparison.Ordinal);
        Assert.Contains("its login is no e-mail address", text, StringComparison.Ordinal);
        Assert.Contains("No mail server answers at 127.0.0.1:9", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_tries_the_settings_and_fails_without_their_secrets()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        typed.Set("MULTIMAIL_SMTP_URL", $"smtps://ann@example.net:{Canary}@127.0.0.1:9");
        typed.Set("MULTIMAIL_IMAP_URL", $"imaps://ann@example.net:{Canary}@127.0.0.1:9");
        Assert.Equal(1, await typed.RunAsync("doctor"));
        Assert.Contains("FAIL relay", typed.Out, StringComparison.Ordinal);
        Assert.Contains("ann@example.net becomes a mailbox", typed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, typed.Out + typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_prints_the_records_to_publish_and_is_pending()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        var said = await typed.DoneAsync("domain", "add", "mail.example.com");
        Assert.Contains("DKIM", said, StringComparison.Ordinal);
        Assert.Contains("._domainkey.mail.example.com", said, StringComparison.Ordinal);
        Assert.Contains("_dmarc.mail.example.com", said, StringComparison.Ordinal);
        Assert.Contains("domain check mail.example.com", typed.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await typed.DoneAsync("domain", "list", "--json"));
        var domain = json.RootElement.GetProperty("domains")[0];
        Assert.Equal("pending", domain.GetProperty("state").GetString());
        Assert.StartsWith("v=DKIM1", domain.GetProperty("records")[0].GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> AllFilesAsync(string folder)
    {
        var all = new System.Text.StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "multimail.json"))
        {
            all.Append(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)));
        }

        return all.ToString();
    }
}
