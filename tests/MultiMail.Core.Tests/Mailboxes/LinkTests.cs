using System.Text;
using System.Text.Json;
using MultiMail.Core.Errors;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Mail;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Mailboxes;

public sealed class LinkTests
{
    [Fact]
    public async Task A_mailbox_elsewhere_is_tried_then_kept_and_its_mail_goes_through_its_own_relay()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        var made = await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(), default).MadeAsync();
        Assert.True(made.HostedElsewhere);
        Assert.Equal("gated_send", made.OversightMode);
        Assert.Equal(Elsewhere.Canary, Assert.Single(world.Transport.Checked).Secret);
        var source = Assert.Single(await house.Node.Links.SourcesAsync(default));
        Assert.Equal((Elsewhere.Address, Elsewhere.Canary), (source.Address, source.Endpoint.Secret));

        var sent = await house.Node.Submissions.SendAsync(house.Person, Letter() with { From = Elsewhere.Address, To = ["bob@example.org"], Category = "conversational" }, default);
        Assert.Equal("pending", sent.Status);
    }

    [Fact]
    public async Task A_wrong_password_makes_no_mailbox_and_is_not_repeated()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        var wrong = "smtps://ann@example.net:wrong-canary@smtp.example.net:465";
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(smtp: wrong), default));
        Assert.Equal("endpoint_check_failed", refused.Code);
        Assert.Equal("smtp_url", Assert.Single(refused.Violations).Field);
        Assert.DoesNotContain("canary", refused.ToString() + JsonSerializer.Serialize(refused.Violations), StringComparison.Ordinal);
        Assert.Empty(await house.Node.Links.ListAsync(house.Person, default));

        Assert.True((await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(smtp: wrong, check: false), default).MadeAsync()).HostedElsewhere);
    }

    [Theory]
    [InlineData("smtp://ann@example.net:canary@smtp.example.net:587")]
    [InlineData("smtps://ann@example.net:canary#1@smtp.example.net:465")]
    [InlineData("canary")]
    public async Task A_url_that_cannot_be_used_is_named_without_any_of_it(string smtp)
    {
        await using var house = await new Elsewhere().HouseAsync();
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(smtp: smtp), default));
        Assert.Equal(["smtp_url"], refused.Violations.Select(v => v.Field));
        Assert.DoesNotContain("canary", refused.ToString() + refused.Fix + JsonSerializer.Serialize(refused.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_byte_of_the_files_and_no_answer_holds_a_password()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        var made = await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox() with { IdempotencyKey = "once" }, default).MadeAsync();
        await house.Node.Relay.SetAsync(house.Person, $"smtps://post:{Elsewhere.Canary}@smtp.example.org", check: true, default);
        var source = Assert.Single(await house.Node.Links.SourcesAsync(default));
        var row = Assert.Single(await house.Store.LinksAsync(house.Person.Account, default));
        var said = JsonSerializer.Serialize(new object[]
        {
            made, await house.Node.Links.ListAsync(house.Person, default), await house.Node.Relay.ShowAsync(house.Person, default),
            await house.Node.Links.TestAsync(house.Person, Elsewhere.Address, default), await house.Node.Doctor.ExamineAsync(house.Person, default),
            await house.Node.Audit.QueryAsync(house.Person, new MultiMail.Core.Audit.AuditLogRequest(), default),
        }) + source + row + Elsewhere.Mailbox() + Elsewhere.Mailbox().Link;
        Assert.DoesNotContain(Elsewhere.Canary, said, StringComparison.Ordinal);

        foreach (var file in Directory.EnumerateFiles(house.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Elsewhere.Canary)));
        }
    }

    [Fact]
    public async Task A_key_has_no_file_of_this_machine_opened()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        var (key, _) = await house.KeyAsync("operator");
        await house.Node.Mailboxes.CreateAsync(key, Elsewhere.Mailbox(), default);
        world.Transport.Checked.Clear();
        foreach (var change in (LinkChange[])[new() { SmtpUrl = Elsewhere.SmtpUrl + "?ca=/dev/zero" }, new() { ImapUrl = Elsewhere.ImapUrl + "?ca=/dev/zero", Check = false }])
        {
            Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Links.SetAsync(key, Elsewhere.Address, change, default)));
            Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Mailboxes.CreateAsync(key, new NewMailbox { Address = "bea@example.net", Link = change }, default)));
        }

        Assert.Empty(world.Transport.Checked);
        Assert.NotNull(await house.Node.Links.SetAsync(house.Person, Elsewhere.Address, new LinkChange { SmtpUrl = Elsewhere.SmtpUrl + "?ca=own.pem" }, default));
    }

    [Fact]
    public async Task Neither_an_agent_nor_a_key_that_sends_moves_the_relay_reads_it_or_tries_it()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(), default);
        const string Thief = "smtps://thief:canary@smtp.thief.example:465";
        world.Transport.Checked.Clear();
        foreach (var scopes in (string[])["read,send", "admin", "send,admin", "read,oversight"])
        {
            var (key, _) = await house.KeyAsync(scopes);
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Mailboxes.ChangeAsync(key, Elsewhere.Address, new MailboxChange { Link = new LinkChange { SmtpUrl = Thief } }, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Links.SetAsync(key, Elsewhere.Address, new LinkChange { SmtpUrl = string.Empty }, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Links.ListAsync(key, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Links.TestAsync(key, Elsewhere.Address, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Relay.SetAsync(key, Thief, false, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Relay.ShowAsync(key, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Doctor.ExamineAsync(key, default)));
        }

        var (provisioner, _) = await house.KeyAsync("send,admin");
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Mailboxes.CreateAsync(provisioner, Elsewhere.Mailbox("eve@example.net", Thief, null), default)));
        var (test, _) = await house.KeyAsync("operator", "test");
        Assert.Equal("live_key_required", await RefusedAsync(() => house.Node.Links.SetAsync(test, Elsewhere.Address, new LinkChange { SmtpUrl = Thief }, default)));
        Assert.Empty(world.Transport.Checked);
        Assert.Equal("smtps://smtp.example.net:465", Assert.Single(await house.Node.Links.ListAsync(house.Person, default)).Relay);
        var log = await house.Node.Audit.QueryAsync(house.Person, new MultiMail.Core.Audit.AuditLogRequest { Action = "access.refused" }, default);
        Assert.True(log.Entries.Count >= 7);
    }

    [Fact]
    public async Task An_admin_key_that_cannot_send_and_a_person_may_link_anew_and_each_change_is_a_leaf()
    {
        await using var house = await new Elsewhere().HouseAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(imap: null), default);
        var (key, _) = await house.KeyAsync("operator");
        var changed = await house.Node.Links.SetAsync(key, Elsewhere.Address, new LinkChange { ImapUrl = Elsewhere.ImapUrl }, default);
        Assert.Equal(("smtps://smtp.example.net:465", "imaps://imap.example.net:993/INBOX"), (changed!.Relay, changed.Source));
        var size = (await house.Store.LogHeadAsync(house.Person.Account, default))!.Size;
        await house.Node.Links.SetAsync(key, Elsewhere.Address, new LinkChange { ImapUrl = Elsewhere.ImapUrl }, default);
        Assert.Equal(size, (await house.Store.LogHeadAsync(house.Person.Account, default))!.Size);
        Assert.Null(await house.Node.Links.SetAsync(house.Person, Elsewhere.Address, new LinkChange { SmtpUrl = "", ImapUrl = "" }, default));
        Assert.False((await house.Node.Mailboxes.GetAsync(house.Person, Elsewhere.Address, default)).HostedElsewhere);
        var log = await house.Node.Audit.QueryAsync(house.Person, new MultiMail.Core.Audit.AuditLogRequest { Action = "mailbox.updated" }, default);
        Assert.Equal(["relay_and_source_changed", "source_changed", "relay_changed"], log.Entries.Select(e => e.Reason));
    }

    [Fact]
    public async Task A_link_moved_to_another_mailbox_by_hand_does_not_open_there()
    {
        await using var house = await new Elsewhere().HouseAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(), default);
        Assert.Equal(1, house.Tamper("UPDATE mailbox_link SET mailbox_id = (SELECT id FROM mailbox WHERE address = 'you@multimail.localhost')"));
        Assert.Empty(await house.Node.Links.SourcesAsync(default));
        Assert.False(Assert.Single(await house.Node.Links.ListAsync(house.Person, default)).Readable);
        var report = await house.Node.Doctor.ExamineAsync(house.Person, default);
        Assert.False(report.CanSend);
    }

    [Fact]
    public async Task The_login_of_the_settings_becomes_a_gated_mailbox_that_the_default_agent_sends_from()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync(RelayEndpoint.Parse(Elsewhere.SmtpUrl), ImapEndpoint.Parse(Elsewhere.ImapUrl));
        await house.Node.Installation.InitialiseAsync(null, default);
        Assert.DoesNotContain((await house.Node.Doctor.ExamineAsync(house.Person, default)).Findings, f => f.Sentence.Contains("becomes a mailbox", StringComparison.Ordinal));
        var link = Assert.Single(await house.Node.Links.ListAsync(house.Person, default));
        Assert.Equal((Elsewhere.Address, true), (link.Address, link.FromEnvironment));
        var agent = await house.Node.Installation.LocalAgentAsync("mcp", default);
        var receipt = await house.Node.Submissions.SendAsync(agent, new Submission { To = ["bob@example.org"], Subject = "Hello", Text = "Hi.", Category = "conversational" }, default);
        Assert.Equal(("pending", "gated_send"), (receipt.Status, receipt.OversightMode));
        var waiting = await house.Node.Pending.ListAsync(house.Person, new(), default);
        Assert.Equal(Elsewhere.Address, Assert.Single(waiting.Pending).FromAddress);
        Assert.Equal("oversight_scope_required", await RefusedAsync(() => house.SetModeAsync(Elsewhere.Address, "monitored", agent)));
    }

    [Fact]
    public async Task A_deactivated_mailbox_a_revoked_agent_and_a_link_that_a_person_set_are_left_alone_by_the_settings()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(imap: null), default);
        var node = MultiMailNode.Create(
            house.Store,
            new CoreOptions { MasterKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)], Transport = world.Transport, Relay = RelayEndpoint.Parse("smtps://x:y@relay.example.com"), Source = ImapEndpoint.Parse(Elsewhere.ImapUrl) },
            house.Clock);
        await node.Installation.InitialiseAsync(null, default);
        Assert.Equal("smtps://smtp.example.net:465", Assert.Single(await house.Node.Links.ListAsync(house.Person, default)).Relay);
        Assert.DoesNotContain(Elsewhere.Address, (await house.Node.Mailboxes.ListAsync(house.Agent, null, null, default)).Mailboxes.Select(m => m.Address));
    }

    [Theory]
    [InlineData("smtps://ann%40example.net:p%40ss%2F%3F%23%25@smtp.example.net:465")]
    [InlineData("smtp://u:p@smtp.example.net:587?starttls=required")]
    [InlineData("smtp://u:t@[2001:db8::1]:587?starttls=required&auth=oauth&ca=%2Ftmp%2Fca.pem")]
    [InlineData("smtp://127.0.0.1:2525")]
    public void A_relay_as_text_reads_back_as_the_same(string url)
    {
        var relay = RelayEndpoint.Parse(url);
        Assert.Equal(relay, RelayEndpoint.Parse(EndpointText.Of(relay)));
    }

    [Theory]
    [InlineData("imaps://ann@example.net:p%3Aw@imap.example.net/Archive%2F2026")]
    [InlineData("imaps://u:t@imap.example.net:1993/INBOX?auth=oauth")]
    public void A_source_as_text_reads_back_as_the_same(string url)
    {
        var source = ImapEndpoint.Parse(url);
        Assert.Equal(source, ImapEndpoint.Parse(EndpointText.Of(source)));
    }

    [Theory]
    [InlineData("smtps://ann@example.net@smtp.example.net:465", true)]
    [InlineData("smtps://ann@smtp.example.net", true)]
    [InlineData("smtps://ann:pw@smtp.example.net", false)]
    [InlineData("smtp://127.0.0.1:25", false)]
    [InlineData("nonsense", false)]
    [InlineData("smtps://", false)]
    [InlineData(null, false)]
    public void A_missing_password_is_seen_and_put_in(string? url, bool lacks)
    {
        Assert.Equal(lacks, EndpointText.LacksPassword(url));
        if (lacks)
        {
            Assert.Equal("p@ss:/#?", RelayEndpoint.Parse(EndpointText.WithPassword(url!, "p@ss:/#?")).Secret);
        }
    }
}
