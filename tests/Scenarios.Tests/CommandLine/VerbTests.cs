using System.Text.Json;

namespace Scenarios.CommandLine;

public sealed class VerbTests
{
    [Fact]
    public async Task A_key_is_shown_once_and_revoked_at_once()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        using var json = JsonDocument.Parse(await typed.DoneAsync("key", "create", "--name", "crm", "--scopes", "read,send", "--env", "test", "--json"));
        Assert.Equal(["id", "name", "key", "scopes", "env"], json.RootElement.EnumerateObject().Select(p => p.Name), StringComparer.Ordinal);
        var secret = json.RootElement.GetProperty("key").GetString()!;
        Assert.StartsWith("mm_test_", secret, StringComparison.Ordinal);
        Assert.Empty(typed.Error);

        var list = await typed.DoneAsync("key", "list");
        Assert.Contains("crm", list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list, StringComparison.Ordinal);

        await typed.DoneAsync("key", "revoke", json.RootElement.GetProperty("id").GetString()!);
        Assert.Contains("revoked", await typed.DoneAsync("key", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_key_comes_with_a_warning()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        await typed.DoneAsync("key", "create", "--name", "console", "--operator");
        Assert.Contains("never hand it to an agent", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_is_made_and_its_mode_changed_by_the_person_at_the_terminal()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        await typed.DoneAsync("mailbox", "create", "support@multimail.localhost", "--display-name", "Support", "--agent-id", "helper");
        Assert.Contains("monitored", await typed.DoneAsync("mailbox", "mode", "support@multimail.localhost", "monitored"), StringComparison.Ordinal);
        Assert.Contains("helper", await typed.DoneAsync("mailbox", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_of_ones_own_may_have_mailboxes()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Equal(1, await typed.RunAsync("mailbox", "create", "info@mail.example.com"));
        await typed.DoneAsync("domain", "add", "mail.example.com");
        Assert.Contains("mail.example.com", await typed.DoneAsync("domain", "list"), StringComparison.Ordinal);
        await typed.DoneAsync("mailbox", "create", "info@mail.example.com");
    }

    [Fact]
    public async Task With_two_operators_a_verb_asks_which_one()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init", "--operator", "ann@example.com");
        typed.Input.Enqueue("a long enough password");
        await typed.DoneAsync("operator", "add", "bob@example.com");
        Assert.Equal(1, await typed.RunAsync("pending", "list"));
        Assert.Contains("--as EMAIL", typed.Error, StringComparison.Ordinal);
        await typed.DoneAsync("pending", "list", "--as", "bob@example.com");
        Assert.Contains("bob@example.com  signed up", await typed.DoneAsync("operator", "list", "--as", "ann@example.com"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_read_from_stdin_and_never_printed()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init", "--operator", "ann@example.com");
        typed.Input.Enqueue("correct horse battery");
        var said = await typed.DoneAsync("operator", "password");
        Assert.DoesNotContain("correct horse battery", said + typed.Error, StringComparison.Ordinal);
        Assert.Contains("signed up", await typed.DoneAsync("operator", "list"), StringComparison.Ordinal);
        Assert.Equal(1, await typed.RunAsync("operator", "password"));
    }

    [Fact]
    public async Task A_sign_in_link_leads_to_the_public_url()
    {
        using var typed = new Typed();
        typed.Set("MULTIMAIL_PUBLIC_URL", "https://mail.example.com/");
        await typed.DoneAsync("init");
        Assert.StartsWith("https://mail.example.com/login/", await typed.DoneAsync("operator", "login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untouched_log_verifies_from_the_terminal()
    {
        using var typed = new Typed();
        await typed.DoneAsync("init");
        Assert.Contains("The log verifies.", await typed.DoneAsync("audit", "verify"), StringComparison.Ordinal);
    }
}
