using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MultiMail.Mail.Tests.Dkim;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Authentication;

public sealed class MailAuthenticatorTests
{
    private const string Plain = "From: Ann <ann@example.test>\r\nTo: bob@recipient.test\r\nSubject: Hi\r\n\r\nHello.\r\n";

    private static readonly AuthenticationContext Known = new(IPAddress.Parse("192.0.2.1"), "mail.example.test", "bounce@example.test");

    [Fact]
    public async Task Signed_mail_of_a_permitted_host_passes_everything()
    {
        var found = await EvaluateAsync(new TestSigner().Sign(Plain), Zone(), Known);
        Assert.Equal((AuthResult.Pass, AuthResult.Pass, AuthResult.Pass), (found.Spf!.Result, found.DkimResult, found.Dmarc.Result));
        Assert.Equal(("example.test", true, true), (found.FromDomain, found.Dmarc.SpfAligned, found.Dmarc.DkimAligned));
    }

    [Fact]
    public async Task Without_a_client_there_is_no_spf_and_dkim_carries()
    {
        var found = await EvaluateAsync(new TestSigner().Sign(Plain), Zone(), new AuthenticationContext());
        Assert.Null(found.Spf);
        Assert.Equal(AuthResult.Pass, found.Dmarc.Result);
        Assert.Equal(AuthResult.Fail, (await EvaluateAsync(Plain, Zone(), new AuthenticationContext())).Dmarc.Result);
    }

    [Fact]
    public async Task What_the_message_claims_about_itself_changes_nothing()
    {
        const string Claims = "Authentication-Results: multimail; spf=pass; dkim=pass; dmarc=pass\r\nX-MultiMail-Authentication: pass\r\nReceived-SPF: pass\r\nReturn-Path: <ann@example.test>\r\n";
        var honest = await EvaluateAsync(Plain, Zone(), new AuthenticationContext());
        var claimed = await EvaluateAsync(Claims + Plain, Zone(), new AuthenticationContext());
        Assert.Equal(AuthenticationResultsField.Format(honest, "mx"), AuthenticationResultsField.Format(claimed, "mx"));
    }

    /// <summary>A stranger's own valid signature and SPF never vouch for another domain in From.</summary>
    [Fact]
    public async Task Strangers_own_proof_does_not_vouch_for_somebody_elses_domain()
    {
        var mail = new TestSigner().Sign(Plain.Replace("ann@example.test", "ceo@bank.example", StringComparison.Ordinal));
        var found = await EvaluateAsync(mail, Zone().Add("_dmarc.bank.example", DnsType.Text, "v=DMARC1; p=reject"), Known);
        Assert.Equal((AuthResult.Pass, AuthResult.Pass, AuthResult.Fail, "bank.example"), (found.Spf!.Result, found.DkimResult, found.Dmarc.Result, found.FromDomain));
        Assert.Equal(DmarcPolicy.Reject, found.Dmarc.Policy);
    }

    [Theory]
    [InlineData("From: a@example.test\r\nFrom: b@bank.example\r\n\r\nx")]
    [InlineData("From: a@example.test, b@bank.example\r\n\r\nx")]
    [InlineData("To: a@example.test\r\n\r\nFrom: a@example.test\r\n")]
    [InlineData("From: \r\n\r\nx")]
    [InlineData("From: nobody\r\n\r\nx")]
    [InlineData("From: a@localhost\r\n\r\nx")]
    [InlineData("From: a@example.test\rFrom: b@bank.example\r\n\r\nx")]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public async Task Message_without_one_author_domain_is_nobodys(string mail)
    {
        var found = await EvaluateAsync(mail, Zone(), Known);
        Assert.Equal((AuthResult.PermError, string.Empty, false), (found.Dmarc.Result, found.FromDomain, found.Dmarc.Aligned));
        Assert.NotEmpty(found.Dmarc.Reason);
    }

    [Theory]
    [InlineData("From: a@example.test, b@example.test\r\n\r\nx", "example.test")]
    [InlineData("From: \"a@bank.example\" <a@example.test>\r\n\r\nx", "example.test")]
    [InlineData("From: (ceo@bank.example) a@EXAMPLE.test\r\n\r\nx", "example.test")]
    [InlineData("FROM :\r\n a@example.test\r\n\r\nx", "example.test")]
    [InlineData("From: a@b\u00fccher.test\r\n\r\nx", "xn--bcher-kva.test")]
    public async Task Domain_is_that_of_the_address_a_reader_gets(string mail, string domain) =>
        Assert.Equal(domain, (await EvaluateAsync(mail, Zone(), Known, Encoding.UTF8)).FromDomain);

    [Fact]
    public async Task Silent_dns_costs_20_seconds_in_all_and_says_temperror()
    {
        var clock = new FakeTimeProvider();
        var zone = new ZoneResolver { Gate = new TaskCompletionSource() };
        var check = MailAuthenticator.EvaluateAsync(Encoding.Latin1.GetBytes(new TestSigner().Sign(Plain)), Known, zone, clock, default);
        Assert.False(check.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(20));
        var found = await check;
        Assert.Equal((AuthResult.TempError, AuthResult.TempError, AuthResult.TempError), (found.Spf!.Result, found.DkimResult, found.Dmarc.Result));
        Assert.Single(zone.Asked);
    }

    [Fact]
    public async Task Each_question_is_asked_once()
    {
        var zone = Zone();
        _ = await EvaluateAsync(string.Concat(Enumerable.Repeat("X: y\r\n", 3)) + new TestSigner().Sign(new TestSigner().Sign(Plain)), zone, Known);
        Assert.Equal(zone.Asked.Count, zone.Asked.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task Verdicts_are_written_as_a_field_that_another_parser_reads()
    {
        var found = await EvaluateAsync(new TestSigner { More = "; i=agent-1@example.test" }.Sign(Plain), Zone(), Known);
        var value = AuthenticationResultsField.Format(found, "mx.recipient.test");
        Assert.Equal(
            "mx.recipient.test; spf=pass smtp.mailfrom=example.test; dkim=pass header.d=example.test header.i=agent-1@example.test header.s=sel header.a=rsa-sha256; dmarc=pass header.from=example.test",
            value);
        Assert.True(MimeKit.Cryptography.AuthenticationResults.TryParse(Encoding.ASCII.GetBytes(value), out var read));
        Assert.Equal(["spf pass", "dkim pass", "dmarc pass"], read.Results.Select(r => $"{r.Method} {r.Result}"));
    }

    [Fact]
    public void Hostile_texts_cannot_leave_their_place_in_the_field()
    {
        var spf = new SpfVerdict(AuthResult.Fail, "evil\"; dmarc=pass\r\nX: y", IsHelo: true, "say \"pass\"; dkim=pass \\ \u202e");
        var dkim = new DkimVerdict(AuthResult.Fail, "a b;c", "s\n", "x y@z", "rsa;", "(", []);
        var dmarc = new DmarcVerdict(AuthResult.None, string.Empty, string.Empty, DmarcPolicy.None, string.Empty, SpfAligned: false, DkimAligned: false, string.Empty);
        var value = AuthenticationResultsField.Format(new MailAuthentication(spf, [dkim], dmarc), "mx");
        Assert.DoesNotContain(value, char.IsControl);
        Assert.True(MimeKit.Cryptography.AuthenticationResults.TryParse(Encoding.ASCII.GetBytes(value), out var read));
        Assert.Equal(["spf fail", "dkim fail", "dmarc none"], read.Results.Select(r => $"{r.Method} {r.Result}"));
    }

    [Fact]
    public async Task Random_bytes_are_judged_without_a_throw()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            var mail = random.Next(2) == 0 ? bytes : [.. "From: a@example.test\r\nDKIM-Signature: "u8, .. bytes];
            Assert.NotNull(await MailAuthenticator.EvaluateAsync(mail, Known, Zone(), TimeProvider.System, default));
        }
    }

    private static ZoneResolver Zone() => TestSigner.Zone()
        .Add("example.test", DnsType.Text, "v=spf1 ip4:192.0.2.1 -all")
        .Add("_dmarc.example.test", DnsType.Text, "v=DMARC1; p=reject");

    private static Task<MailAuthentication> EvaluateAsync(string mail, ZoneResolver zone, AuthenticationContext context, Encoding? encoding = null) =>
        MailAuthenticator.EvaluateAsync((encoding ?? Encoding.Latin1).GetBytes(mail), context, zone, TimeProvider.System, default);
}
