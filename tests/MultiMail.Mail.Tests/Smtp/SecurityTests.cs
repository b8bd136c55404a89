using System.Text;

namespace MultiMail.Mail.Tests.Smtp;

/// <summary>Nothing goes out before the relay is known to be the relay, and no secret comes back.</summary>
public sealed class SecurityTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    private const string Canary = "canary-password";

    [Theory]
    [InlineData(RelaySecurity.StartTls, "AUTH PLAIN", "PLAIN AGFkYQBjYW5hcnktcGFzc3dvcmQ=")]
    [InlineData(RelaySecurity.ImplicitTls, "AUTH LOGIN PLAIN", "PLAIN AGFkYQBjYW5hcnktcGFzc3dvcmQ=")]
    [InlineData(RelaySecurity.ImplicitTls, "AUTH SCRAM-SHA-256 PLAIN", "SCRAM-SHA-256 ")]
    public async Task Signs_in_within_TLS_by_the_best_method(RelaySecurity security, string offer, string method)
    {
        await using var relay = Relay(security, offer);
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, Endpoint(relay, security), "bo@example.org");
        Assert.Contains(relay.Lines, l => l.StartsWith($"AUTH {method}", StringComparison.Ordinal));
        Assert.DoesNotContain(relay.ClearLines, l => !l.StartsWith("EHLO", StringComparison.Ordinal) && l != "STARTTLS");

        // A relay that says yes to SCRAM without a proof of its own is not believed.
        Assert.Equal(method.StartsWith("SCRAM", StringComparison.Ordinal) ? 0 : 1, relay.Mails.Count);
        Assert.NotEqual(TransportTrouble.Unreachable, result.Trouble);
    }

    [Fact]
    public async Task Token_is_used_as_such()
    {
        await using var relay = Relay(RelaySecurity.ImplicitTls, "AUTH PLAIN XOAUTH2");
        await using var transport = new MailKitTransport(TimeProvider.System);
        var endpoint = Endpoint(relay, RelaySecurity.ImplicitTls) with { OAuth = true };
        await TransportTests.SendAsync(transport, endpoint, "bo@example.org");
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"user=ada\u0001auth=Bearer {Canary}\u0001\u0001"));
        Assert.Contains($"AUTH XOAUTH2 {expected}", relay.Lines);
        Assert.Single(relay.Mails);
    }

    [Theory]
    [InlineData("535 5.7.8 wrong", TransportTrouble.SignInRefused, "sign_in_refused")]
    [InlineData("534 5.7.9 too weak", TransportTrouble.SignInRefused, "sign_in_refused")]
    [InlineData("454 4.7.0 directory down", TransportTrouble.Unreachable, "unreachable")]
    public async Task Only_534_and_535_blame_the_account(string answer, TransportTrouble trouble, string code)
    {
        await using var relay = Relay(RelaySecurity.ImplicitTls, "AUTH PLAIN LOGIN");
        relay.Script = line => line.StartsWith("AUTH", StringComparison.Ordinal) ? Act.Reply(answer) : null;
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, Endpoint(relay, RelaySecurity.ImplicitTls), "bo@example.org");
        Assert.Equal((trouble, ReplyClass.Deferred), (result.Trouble, result.Recipients[0].Class));
        Assert.Equal(1, relay.Count("AUTH"));
        var check = await transport.CheckAsync(Endpoint(relay, RelaySecurity.ImplicitTls), default);
        Assert.Equal((false, code), (check.Works, check.Code));
        Assert.Contains(answer, check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_that_is_missing_is_no_refusal_of_the_mail()
    {
        await using var relay = new ScriptedRelay { Script = line => line.StartsWith("MAIL", StringComparison.Ordinal) ? Act.Reply("530 5.7.0 sign in first") : null };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, relay.Clear, "bo@example.org");
        Assert.Equal((TransportTrouble.SignInRefused, ReplyClass.Deferred), (result.Trouble, result.Recipients[0].Class));
    }

    [Theory]
    [InlineData("535 5.7.8 you said " + Canary)]
    [InlineData("535 5.7.8 you said AGFkYQBjYW5hcnktcGFzc3dvcmQ=")]
    [InlineData("454 4.7.8 you said Y2FuYXJ5LXBhc3N3b3Jk")]
    public async Task Relay_that_repeats_the_sign_in_is_not_quoted(string answer)
    {
        await using var relay = Relay(RelaySecurity.ImplicitTls, "AUTH PLAIN");
        relay.Script = line => line.StartsWith("AUTH", StringComparison.Ordinal) ? Act.Reply(answer) : null;
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, Endpoint(relay, RelaySecurity.ImplicitTls), "bo@example.org");
        Assert.Contains("withheld", result.Recipients[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("you said", result.Recipients[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relay_without_STARTTLS_is_told_nothing()
    {
        await using var relay = new ScriptedRelay { Offers = ["AUTH PLAIN"] };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, Endpoint(relay, RelaySecurity.StartTls), "bo@example.org");
        Assert.Equal((TransportTrouble.NotSecure, ReplyClass.Deferred), (result.Trouble, result.Recipients[0].Class));
        Assert.All(relay.Lines, l => Assert.StartsWith("EHLO", l, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("220 2.0.0 go\r\n250-evil.test\r\n250 AUTH PLAIN\r\n")]
    [InlineData("220 2.0.0 go\r\n535 5.7.8 wrong password\r\n")]
    public async Task What_is_injected_behind_220_has_no_effect(string answer)
    {
        await using var relay = Relay(RelaySecurity.StartTls, "AUTH LOGIN PLAIN");
        relay.Script = line => line == "STARTTLS" ? new Act(answer) : null;
        await using var transport = new MailKitTransport(TimeProvider.System);
        var result = await TransportTests.SendAsync(transport, Endpoint(relay, RelaySecurity.StartTls), "bo@example.org");
        Assert.Equal(ReplyClass.Accepted, result.Recipients[0].Class);
        Assert.Equal(2, relay.Count("EHLO"));
    }

    [Theory]
    [InlineData(RelaySecurity.StartTls)]
    [InlineData(RelaySecurity.ImplicitTls)]
    public async Task Certificate_of_another_host_ends_it(RelaySecurity security)
    {
        using var other = certificates.For("other.example");
        await RefusedAsync(security, other, r => Endpoint(r, security), "not for localhost");
    }

    [Fact]
    public async Task Expired_certificate_ends_it()
    {
        using var old = certificates.For("localhost", new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await RefusedAsync(RelaySecurity.ImplicitTls, old, r => Endpoint(r, RelaySecurity.ImplicitTls), "expired");
    }

    [Fact]
    public async Task Authority_that_is_not_named_ends_it()
    {
        using var others = new TestCertificates();
        await RefusedAsync(RelaySecurity.ImplicitTls, certificates.Localhost, r => Endpoint(r, RelaySecurity.ImplicitTls) with { CaFile = others.CaFile }, "no authority");
        await RefusedAsync(RelaySecurity.ImplicitTls, certificates.Localhost, r => Endpoint(r, RelaySecurity.ImplicitTls) with { CaFile = null }, "no authority");
        await RefusedAsync(RelaySecurity.ImplicitTls, certificates.Localhost, r => Endpoint(r, RelaySecurity.ImplicitTls) with { CaFile = "/nowhere.pem" }, "ca=");
    }

    [Fact]
    public async Task Clear_text_goes_to_this_machine_only_and_without_password()
    {
        await using var relay = new ScriptedRelay();
        await using var transport = new MailKitTransport(TimeProvider.System);
        foreach (var endpoint in new[] { relay.Clear with { Host = "192.0.2.1" }, relay.Clear with { User = "ada", Secret = Canary } })
        {
            Assert.Equal(TransportTrouble.NotSecure, (await TransportTests.SendAsync(transport, endpoint, "bo@example.org")).Trouble);
            Assert.Equal("not_secure", (await transport.CheckAsync(endpoint, default)).Code);
        }

        Assert.Equal(0, relay.Connections);
    }

    [Fact]
    public async Task Check_signs_in_and_sends_nothing()
    {
        await using var relay = Relay(RelaySecurity.StartTls, "AUTH PLAIN");
        await using var transport = new MailKitTransport(TimeProvider.System);
        var check = await transport.CheckAsync(Endpoint(relay, RelaySecurity.StartTls), default);
        Assert.Equal((true, "ok"), (check.Works, check.Code));
        Assert.DoesNotContain(Canary, check.Detail, StringComparison.Ordinal);
        Assert.Equal((1, 0, 1), (relay.Count("AUTH"), relay.Count("MAIL"), relay.Count("QUIT")));
    }

    private async Task RefusedAsync(
        RelaySecurity security, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, Func<ScriptedRelay, RelayEndpoint> endpoint, string why)
    {
        await using var relay = new ScriptedRelay { Certificate = certificate, ImplicitTls = security is RelaySecurity.ImplicitTls, Offers = ["STARTTLS", "AUTH PLAIN"] };
        await using var transport = new MailKitTransport(TimeProvider.System);
        var check = await transport.CheckAsync(endpoint(relay), default);
        Assert.Equal((false, "not_secure"), (check.Works, check.Code));
        Assert.Contains(why, check.Detail, StringComparison.Ordinal);
        Assert.Equal(TransportTrouble.NotSecure, (await TransportTests.SendAsync(transport, endpoint(relay), "bo@example.org")).Trouble);
        Assert.DoesNotContain(relay.Lines, l => l.StartsWith("AUTH", StringComparison.Ordinal) || l.StartsWith("MAIL", StringComparison.Ordinal));
    }

    private ScriptedRelay Relay(RelaySecurity security, string auth) =>
        new() { Certificate = certificates.Localhost, ImplicitTls = security is RelaySecurity.ImplicitTls, Offers = ["STARTTLS", auth] };

    private RelayEndpoint Endpoint(ScriptedRelay relay, RelaySecurity security) =>
        new("localhost", relay.Port, security, "ada", Canary) { CaFile = certificates.CaFile };
}
