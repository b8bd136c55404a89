using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MultiMail.Testing;
using Org.BouncyCastle.Crypto.Parameters;

namespace MultiMail.Mail.Tests.Dkim;

public sealed class DkimVerifierTests
{
    private const string Plain =
        "From: \"CRM Agent\" <crm@example.test>\r\nTo: alice@recipient.test\r\nSubject: Order  4711\r\n of today\r\nDate: Sun, 22 Nov 2026 06:30:00 +0000\r\n"
        + "Message-ID: <msg_1@example.test>\r\nX-Other: kept\r\n\r\nHello Alice,\r\nyour order  has shipped. \r\n\r\n\r\n";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 7, 0, 0, TimeSpan.Zero);

    private static string Signed { get; } = new TestSigner().Sign(Plain);

    /// <summary>What a signature in relaxed form outlives; other verifiers agree on each.</summary>
    public static TheoryData<string, string> Survives => new()
    {
        { "as it is", Signed },
        { "LF only", Signed.Replace("\r\n", "\n", StringComparison.Ordinal) },
        { "folded elsewhere", Signed.Replace("Subject: Order  4711", "Subject: Order\r\n  4711", StringComparison.Ordinal) },
        { "blanks in a field", Signed.Replace("Order  4711", "Order 4711", StringComparison.Ordinal) },
        { "case of a name", Signed.Replace("Subject:", "SUBJECT :", StringComparison.Ordinal) },
        { "blanks at a line's end", Signed.Replace("shipped. ", "shipped.", StringComparison.Ordinal) },
        { "empty lines at the end", Signed.TrimEnd('\r', '\n') + "\r\n" },
        { "no final line end", Signed.TrimEnd('\r', '\n') },
        { "runs of blanks", Signed.Replace("order  has", "order \t has", StringComparison.Ordinal) },
        { "a field more", Signed.Replace("X-Other", "X-Spam: no\r\nX-Other", StringComparison.Ordinal) },
        { "order of fields", Signed.Replace("To: alice@recipient.test\r\n", string.Empty, StringComparison.Ordinal).Replace("X-Other", "To: alice@recipient.test\r\nX-Other", StringComparison.Ordinal) },
    };

    public static TheoryData<string, string> Breaks => new()
    {
        { "footer", Signed.TrimEnd() + "\r\n-- \r\nthe list\r\n" },
        { "second From in front", "From: evil@other.test\r\n" + Signed },
        { "second From behind", Signed.Replace("X-Other", "From: evil@other.test\r\nX-Other", StringComparison.Ordinal) },
        { "second Subject", "Subject: other\r\n" + Signed },
        { "Cc added, which was signed as absent", Signed.Replace("X-Other", "Cc: spy@other.test\r\nX-Other", StringComparison.Ordinal) },
        { "Message-ID gone", Signed.Replace("Message-ID: <msg_1@example.test>\r\n", string.Empty, StringComparison.Ordinal) },
        { "leading dot", Signed.Replace("your order", ".your order", StringComparison.Ordinal) },
        { "mbox >From", Signed.Replace("Hello Alice", ">Hello Alice", StringComparison.Ordinal) },
        { "display name", Signed.Replace("To: alice@", "To: Alice <alice@", StringComparison.Ordinal) },
        { "folded inside a word", Signed.Replace("recipient.test\r\nSubject", "recip\r\n ient.test\r\nSubject", StringComparison.Ordinal) },
        { "bit of the signature", Signed.Replace("; b=", "; b=AAAA", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Survives))]
    public async Task Harmless_change_passes(string change, string mail) => Assert.Equal((change, AuthResult.Pass), (change, (await OneAsync(mail)).Result));

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Change_of_what_is_signed_fails(string change, string mail) => Assert.Equal((change, AuthResult.Fail), (change, (await OneAsync(mail)).Result));

    [Theory]
    [InlineData("simple/simple")]
    [InlineData("simple")]
    [InlineData("simple/relaxed")]
    [InlineData("relaxed")]
    [InlineData("relaxed/simple")]
    public async Task Every_canonicalization_passes_untouched(string form)
    {
        var verdict = await OneAsync(new TestSigner { Form = form }.Sign(Plain));
        Assert.Equal(("", AuthResult.Pass), (verdict.Reason, verdict.Result));
    }

    [Fact]
    public async Task Simple_form_fails_on_one_blank_more() =>
        Assert.Equal(AuthResult.Fail, (await OneAsync(new TestSigner { Form = "simple/simple" }.Sign(Plain).Replace("To: alice", "To:  alice", StringComparison.Ordinal))).Result);

    [Theory]
    [InlineData("relaxed/relaxed")]
    [InlineData("simple/simple")]
    public async Task Empty_body_passes(string form) =>
        Assert.Equal(AuthResult.Pass, (await OneAsync(new TestSigner { Form = form }.Sign("From: a@example.test\r\n\r\n"))).Result);

    [Fact]
    public async Task Verdict_names_what_was_signed()
    {
        var verdict = await OneAsync(new TestSigner { More = "; i=crm-agent-v1@example.test" }.Sign(Plain));
        Assert.Equal(("example.test", "sel", "crm-agent-v1@example.test", "rsa-sha256", ""), (verdict.Domain, verdict.Selector, verdict.Identity, verdict.Algorithm, verdict.Reason));
        Assert.Contains("subject", verdict.SignedHeaders);
        Assert.Equal("@example.test", (await OneAsync(Signed)).Identity);
    }

    [Fact]
    public async Task Unsigned_mail_has_no_verdict() => Assert.Empty(await VerifyAsync(Plain, TestSigner.Zone()));

    /// <summary>The rows on which verifiers disagree, and claims that none may accept.</summary>
    [Theory]
    [InlineData("; l=10", AuthResult.Fail)]
    [InlineData("; i=agent@other.test", AuthResult.PermError)]
    [InlineData("; i=a@b@example.test", AuthResult.PermError)]
    [InlineData("; i=crm agent@example.test", AuthResult.PermError)]
    [InlineData("; i=crm@notexample.test", AuthResult.PermError)]
    [InlineData("; i=agent@sub.example.test", AuthResult.Pass)]
    [InlineData("; x=1795330000", AuthResult.Policy)]
    [InlineData("; t=1795330000; x=1795330000", AuthResult.PermError)]
    [InlineData("; t=1795339999", AuthResult.Policy)]
    [InlineData("; t=1795330810", AuthResult.Pass)]
    [InlineData("; t=soon", AuthResult.Neutral)]
    [InlineData("; t=1; t=2", AuthResult.Neutral)]
    [InlineData("; q=dns/txt", AuthResult.Pass)]
    [InlineData("; q=ldap", AuthResult.Neutral)]
    [InlineData("; zz=unknown", AuthResult.Pass)]
    public async Task Tag_has_its_meaning(string tags, AuthResult expected) => Assert.Equal(expected, (await OneAsync(new TestSigner { More = tags }.Sign(Plain))).Result);

    [Theory]
    [InlineData("v=1; ", "", AuthResult.PermError)]
    [InlineData("v=1; ", "v=2; ", AuthResult.Neutral)]
    [InlineData("a=rsa-sha256; ", "a=rsa-sha1; ", AuthResult.PermError)]
    [InlineData("a=rsa-sha256; ", "a=rsa-sha512; ", AuthResult.Neutral)]
    [InlineData("c=relaxed/relaxed", "c=loose", AuthResult.Neutral)]
    [InlineData("c=relaxed/relaxed", "c=relaxed/relaxed/relaxed", AuthResult.Neutral)]
    [InlineData("d=example.test", "d=", AuthResult.PermError)]
    [InlineData("d=example.test", "d=test", AuthResult.PermError)]
    [InlineData("d=example.test", "d=exa mple.test", AuthResult.PermError)]
    [InlineData("s=sel", "s=a..b", AuthResult.PermError)]
    [InlineData("s=sel", "s=sel/..", AuthResult.PermError)]
    [InlineData("h=from", "h=to", AuthResult.Fail)]
    [InlineData("; b=", "; b=*", AuthResult.Neutral)]
    [InlineData("; bh=", "; bh=AA", AuthResult.Neutral)]
    [InlineData("; bh=", "; bh=\u0001", AuthResult.Neutral)]
    [InlineData("v=1", "v=1; =", AuthResult.Neutral)]
    [InlineData("v=1", "v=1;;", AuthResult.Neutral)]
    public async Task Malformed_signature_is_told(string from, string to, AuthResult expected)
    {
        var at = Signed.IndexOf(from, StringComparison.Ordinal);
        var verdict = await OneAsync(Signed[..at] + to + Signed[(at + from.Length)..]);
        Assert.Equal(expected, verdict.Result);
        Assert.NotEmpty(verdict.Reason);
    }

    [Fact]
    public async Task Unsigned_author_is_refused() =>
        Assert.Equal(AuthResult.PermError, (await OneAsync(new TestSigner { Headers = "to:subject" }.Sign(Plain))).Result);

    [Fact]
    public async Task Signature_by_rsa_sha1_is_refused_even_when_right() =>
        Assert.Equal(AuthResult.PermError, (await OneAsync(new TestSigner { Algorithm = "rsa-sha1" }.Sign(Plain))).Result);

    [Theory]
    [InlineData("p={0}", AuthResult.Pass)]
    [InlineData("v=DKIM1; h=sha1:sha256; k=rsa; s=email; n=note; p={0};", AuthResult.Pass)]
    [InlineData("v=DKIM1; p={0}; h=sha1", AuthResult.PermError)]
    [InlineData("v=DKIM1; p={0}; k=ed25519", AuthResult.PermError)]
    [InlineData("v=DKIM1; p={0}; s=tlsrpt", AuthResult.PermError)]
    [InlineData("v=DKIM1; p={0}; s=*", AuthResult.Pass)]
    [InlineData("v=DKIM2; p={0}", AuthResult.PermError)]
    [InlineData("p={0}; v=DKIM1", AuthResult.PermError)]
    [InlineData("v=DKIM1; p=", AuthResult.PermError)]
    [InlineData("v=DKIM1; k=rsa", AuthResult.PermError)]
    [InlineData("v=DKIM1; p=!!!", AuthResult.PermError)]
    [InlineData("v=DKIM1; p=AAAA", AuthResult.PermError)]
    [InlineData("v=spf1 -all", AuthResult.PermError)]
    [InlineData("", AuthResult.PermError)]
    public async Task Key_record_is_obeyed(string record, AuthResult expected) =>
        Assert.Equal(expected, (await OneAsync(Signed, TestSigner.Zone(string.Format(CultureInfo.InvariantCulture, record, TestSigner.PublicKey)))).Result);

    [Fact]
    public async Task Key_of_t_s_does_not_speak_for_subdomains()
    {
        var zone = TestSigner.Zone($"v=DKIM1; t=s; p={TestSigner.PublicKey}");
        Assert.Equal(AuthResult.PermError, (await OneAsync(new TestSigner { More = "; i=a@sub.example.test" }.Sign(Plain), zone)).Result);
        Assert.Equal(AuthResult.Pass, (await OneAsync(new TestSigner { More = "; i=a@example.test" }.Sign(Plain), zone)).Result);
    }

    [Fact]
    public async Task Key_on_trial_never_fails_a_message()
    {
        var zone = TestSigner.Zone($"v=DKIM1; t=y:s; p={TestSigner.PublicKey}");
        Assert.Equal((AuthResult.Neutral, true), await ResultAsync("changed"));
        Assert.Equal((AuthResult.Pass, true), await ResultAsync("Order"));

        async Task<(AuthResult, bool)> ResultAsync(string word)
        {
            var verdict = await OneAsync(Signed.Replace("Order", word, StringComparison.Ordinal), zone);
            return (verdict.Result, verdict.Testing);
        }
    }

    [Theory]
    [InlineData(512, AuthResult.Policy)]
    [InlineData(1_016, AuthResult.Policy)]
    [InlineData(1_024, AuthResult.Pass)]
    public async Task Short_key_is_not_enough(int bits, AuthResult expected)
    {
        using var rsa = RSA.Create(bits);
        var zone = TestSigner.Zone($"p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}");
        Assert.Equal(expected, (await OneAsync(new TestSigner { Rsa = rsa }.Sign(Plain), zone)).Result);
    }

    [Fact]
    public async Task Key_may_be_written_as_rfc_6376_says()
    {
        using var rsa = RSA.Create(2_048);
        var zone = TestSigner.Zone($"p={Convert.ToBase64String(rsa.ExportRSAPublicKey())}");
        Assert.Equal(AuthResult.Pass, (await OneAsync(new TestSigner { Rsa = rsa }.Sign(Plain), zone)).Result);
    }

    [Fact]
    public async Task Ed25519_passes_and_fails_as_rsa_does()
    {
        var key = new Ed25519PrivateKeyParameters(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());
        var mail = new TestSigner { Algorithm = "ed25519-sha256", Ed25519 = key }.Sign(Plain);
        var zone = TestSigner.Zone($"v=DKIM1; k=ed25519; p={Convert.ToBase64String(key.GeneratePublicKey().GetEncoded())}");
        Assert.Equal(AuthResult.Pass, (await OneAsync(mail, zone)).Result);
        Assert.Equal(AuthResult.Fail, (await OneAsync(mail.Replace("alice@", "mallory@", StringComparison.Ordinal), zone)).Result);
        Assert.Equal(AuthResult.PermError, (await OneAsync(mail, TestSigner.Zone("k=ed25519; p=AAAA"))).Result);
        Assert.Equal(AuthResult.PermError, (await OneAsync(mail, TestSigner.Zone())).Result);
    }

    [Fact]
    public async Task Missing_key_is_permanent_and_silence_temporary_and_neither_a_fail()
    {
        Assert.Equal(AuthResult.PermError, (await OneAsync(Signed, new ZoneResolver())).Result);
        Assert.Equal(AuthResult.PermError, (await OneAsync(Signed, ZoneResolver.Of("sel._domainkey.example.test A 192.0.2.1"))).Result);
        Assert.Equal(AuthResult.TempError, (await OneAsync(Signed, ZoneResolver.Of("sel._domainkey.example.test TIMEOUT"))).Result);
    }

    [Fact]
    public async Task Right_key_among_several_records_counts()
    {
        var zone = TestSigner.Zone("some other text").Add("sel._domainkey.example.test", DnsType.Text, $"p={TestSigner.PublicKey}");
        Assert.Equal(AuthResult.Pass, (await OneAsync(Signed, zone)).Result);
    }

    [Fact]
    public async Task Ten_signatures_are_judged_each_by_itself_and_no_more()
    {
        var bad = string.Concat(Enumerable.Range(0, 9).Select(i => $"DKIM-Signature: v=1; a=rsa-sha256; d=d{i}.test; s=s; h=from; bh=AAAA; b=AAAA\r\n"));
        var zone = TestSigner.Zone();
        var verdicts = await VerifyAsync(bad + Signed, zone);
        Assert.Equal(10, verdicts.Count);
        Assert.Equal(AuthResult.Pass, verdicts[^1].Result);
        Assert.All(verdicts.SkipLast(1), verdict => Assert.Equal(AuthResult.PermError, verdict.Result));
        Assert.Equal(10, (await VerifyAsync(string.Concat(Enumerable.Repeat(bad, 20)) + Signed, zone)).Count);
    }

    [Fact]
    public async Task Callers_cancellation_is_not_swallowed()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DkimVerifier.VerifyAsync(Encoding.Latin1.GetBytes(Signed), TestSigner.Zone(), TimeProvider.System, cancelled.Token));
    }

    [Fact]
    public async Task Mutated_mail_neither_throws_nor_passes_when_what_is_signed_changed()
    {
        var random = new Random(7);
        var whole = new TestSigner().Sign(Plain.Replace("X-Other: kept\r\n", string.Empty, StringComparison.Ordinal));
        var mail = Encoding.Latin1.GetBytes(whole);
        for (var i = 0; i < 2_000; i++)
        {
            var copy = (byte[])mail.Clone();
            copy[random.Next(mail.Length)] = (byte)random.Next(256);
            Assert.InRange((await VerifyAsync(Encoding.Latin1.GetString(copy), TestSigner.Zone())).Count, 0, 1);
        }

        for (var i = whole.IndexOf("From:", StringComparison.Ordinal); i < mail.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(whole[i]))
            {
                var copy = (byte[])mail.Clone();
                copy[i] = (byte)(whole[i] == 'z' ? 'y' : 'z');
                var verdicts = await VerifyAsync(Encoding.Latin1.GetString(copy), TestSigner.Zone());
                Assert.All(verdicts, verdict => Assert.NotEqual((i, AuthResult.Pass), (i, verdict.Result)));
            }
        }
    }

    private static async Task<DkimVerdict> OneAsync(string mail, ZoneResolver? zone = null) => Assert.Single(await VerifyAsync(mail, zone ?? TestSigner.Zone()));

    private static Task<IReadOnlyList<DkimVerdict>> VerifyAsync(string mail, ZoneResolver zone) =>
        DkimVerifier.VerifyAsync(Encoding.Latin1.GetBytes(mail), zone, new FakeTimeProvider(Now), default);
}
