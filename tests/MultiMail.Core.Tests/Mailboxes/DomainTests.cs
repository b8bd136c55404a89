using MultiMail.Core.Mailboxes;
using MultiMail.Mail;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Mailboxes;

public sealed class DomainTests
{
    private const string Key = "mm202611a._domainkey.example.org";

    [Fact]
    public async Task Mail_of_a_domain_leaves_only_after_its_dkim_record_was_seen()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync(RelayEndpoint.Parse("smtps://u:p@smtp.mailgun.org"));
        var added = await house.Node.Domains.AddAsync(house.Person, "Example.org", default);
        Assert.Equal(("example.org", "pending"), (added.Name, added.State));
        await house.Node.Mailboxes.CreateAsync(house.Person, new NewMailbox { Address = "info@example.org" }, default);
        var out1 = Letter() with { From = "info@example.org", To = ["bob@example.net"], Category = "conversational" };
        Assert.Equal("domain_not_verified", await RefusedAsync(() => house.SendAsync(out1, house.Person)));
        Assert.Equal("pending", (await house.SendAsync(Letter() with { From = "info@example.org" }, house.Person)).Status);

        world.Dns.Set(Key, DnsType.Text, "v=DKIM1; k=rsa; p=another");
        Assert.Equal("different", (await house.Node.Domains.CheckAsync(house.Person, "example.org", default)).Records[0].State);
        world.Dns.Set(Key, DnsType.Text, Elsewhere.DkimText.Replace("p=A", "p= A", StringComparison.Ordinal));
        Assert.Equal("verified", (await house.Node.Domains.CheckAsync(house.Person, added.Id, default)).State);
        Assert.Equal("pending", (await house.SendAsync(out1, house.Person)).Status);

        world.Dns.Set(Key, DnsType.Text);
        Assert.Equal("verified", (await house.Node.Domains.CheckAsync(house.Person, added.Id, default)).State);
    }

    [Fact]
    public async Task The_records_fit_a_form_and_a_zone_file()
    {
        await using var house = await new Elsewhere().HouseAsync(RelayEndpoint.Parse("smtps://u:p@smtp.mailgun.org"), mailHost: "mx.example.com");
        var records = (await house.Node.Domains.AddAsync(house.Person, "example.org", default)).Records;
        Assert.Equal(["dkim", "spf", "dmarc", "mx"], records.Select(r => r.Purpose));
        var strings = records[0].ZoneLine.Split("IN TXT ")[1].Trim('"').Split("\" \"");
        Assert.All(strings, s => Assert.InRange(s.Length, 1, 255));
        Assert.Equal(Elsewhere.DkimText, string.Concat(strings));
        Assert.Equal(Elsewhere.DkimText, records[0].Value);
        Assert.Equal("v=spf1 include:mailgun.org ~all", records[1].Value);
        Assert.Equal(("_dmarc.example.org", "v=DMARC1; p=none"), (records[2].Name, records[2].Value));
        Assert.Equal("example.org. IN MX 10 mx.example.com.", records[3].ZoneLine);
    }

    [Fact]
    public async Task A_second_spf_record_and_one_of_others_are_named_and_shown_clean()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync(RelayEndpoint.Parse("smtps://u:p@mail.example.com"));
        await house.Node.Domains.AddAsync(house.Person, "example.org", default);
        world.Dns.Set("example.org", DnsType.Text, "google-site=1", "v=spf1 include:x.example \u001b[31m -all");
        var spf = (await house.Node.Domains.CheckAsync(house.Person, "example.org", default)).Records.Single(r => r.Purpose == "spf");
        Assert.Equal("different", spf.State);
        Assert.Contains("add a:mail.example.com", spf.Remark, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', spf.Remark!);
        world.Dns.Set("example.org", DnsType.Text, "v=spf1 a:mail.example.com ~all", "v=spf1 -all");
        Assert.Equal("different", (await house.Node.Domains.CheckAsync(house.Person, "example.org", default)).Records.Single(r => r.Purpose == "spf").State);
        world.Dns.Set("example.org", DnsType.Text, "V=SPF1 A:mail.example.com ~all");
        Assert.Equal("found", (await house.Node.Domains.CheckAsync(house.Person, "example.org", default)).Records.Single(r => r.Purpose == "spf").State);
    }

    [Fact]
    public async Task Dns_that_is_silent_changes_nothing()
    {
        var world = new Elsewhere();
        world.Dns.Silent = true;
        await using var house = await world.HouseAsync();
        await house.Node.Domains.AddAsync(house.Person, "example.org", default);
        var looked = await house.Node.Domains.CheckAsync(house.Person, "example.org", default);
        Assert.All(looked.Records, r => Assert.Equal("unknown", r.State));
        Assert.Null((await house.Node.Domains.ListAsync(house.Person, default)).Domains[0].CheckedAt);
    }

    [Fact]
    public async Task A_pending_domain_is_looked_at_by_itself_once_an_hour()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        await house.Node.Domains.AddAsync(house.Person, "example.org", default);
        world.Dns.Set(Key, DnsType.Text, Elsewhere.DkimText);
        Assert.Equal(0, await house.Node.Domains.CheckPendingAsync(default));
        house.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await house.Node.Domains.CheckPendingAsync(default));
        house.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await house.Node.Domains.CheckPendingAsync(default));
        Assert.Equal("verified", (await house.Node.Domains.ListAsync(house.Person, default)).Domains[0].State);
    }

    [Theory]
    [InlineData("read,send")]
    [InlineData("send,admin")]
    [InlineData("admin")]
    public async Task An_agent_neither_registers_nor_looks(string scopes)
    {
        await using var house = await new Elsewhere().HouseAsync();
        var (key, _) = await house.KeyAsync(scopes);
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Domains.AddAsync(key, "example.org", default)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Domains.ListAsync(key, default)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Domains.CheckAsync(key, "example.org", default)));
    }

    [Theory]
    [InlineData("not..a..domain")]
    [InlineData("multimail.localhost")]
    [InlineData("localhost")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_is_no_domain_is_refused(string? name)
    {
        await using var house = await new Elsewhere().HouseAsync();
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Domains.AddAsync(house.Person, name, default)));
    }

    [Fact]
    public async Task The_doctor_says_what_stops_sending_and_what_does_not()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        Assert.True((await house.Node.Doctor.ExamineAsync(house.Person, default)).CanSend);
        await house.Node.Domains.AddAsync(house.Person, "example.org", default);
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox("alias@example.net"), default);
        var fine = await house.Node.Doctor.ExamineAsync(house.Person, default);
        Assert.True(fine.CanSend);
        Assert.Contains(fine.Findings, f => f is { Area: "domain", State: "warning" } && f.Sentence.Contains("not verified", StringComparison.Ordinal));
        Assert.Contains(fine.Findings, f => f is { Area: "mailbox", State: "warning" } && f.Sentence.Contains("another address", StringComparison.Ordinal));

        await house.Node.Relay.SetAsync(house.Person, "smtps://u:wrong@smtp.example.org", check: false, default);
        var broken = await house.Node.Doctor.ExamineAsync(house.Person, default);
        Assert.False(broken.CanSend);
        Assert.Contains(broken.Findings, f => f is { Area: "relay", State: "failure", Fix: not null });
    }
}
