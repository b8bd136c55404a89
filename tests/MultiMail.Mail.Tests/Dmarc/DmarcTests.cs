using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Dmarc;

public sealed class DmarcTests
{
    private const string Reject = "v=DMARC1; p=reject";

    [Theory]
    [InlineData("example.com", "example.com", AuthResult.Pass)]
    [InlineData("example.com", "mail.example.com", AuthResult.Pass)]
    [InlineData("mail.example.com", "example.com", AuthResult.Pass)]
    [InlineData("a.example.com", "b.example.com", AuthResult.Pass)]
    [InlineData("example.com", "evil.com", AuthResult.Fail)]
    [InlineData("example.com", "notexample.com", AuthResult.Fail)]
    [InlineData("example.com", "com", AuthResult.Fail)]
    public async Task Relaxed_alignment_is_that_of_the_organization(string from, string signer, AuthResult expected)
    {
        var zone = ZoneResolver.Of($"_dmarc.example.com TXT {Reject}");
        var byDkim = await CheckAsync(zone, from, dkim: [Signed(signer)]);
        Assert.Equal((expected, expected == AuthResult.Pass, false), (byDkim.Result, byDkim.DkimAligned, byDkim.SpfAligned));
        var bySpf = await CheckAsync(zone, from, Spf(signer));
        Assert.Equal((expected, expected == AuthResult.Pass, false), (bySpf.Result, bySpf.SpfAligned, bySpf.DkimAligned));
        Assert.Equal("example.com", bySpf.OrganizationalDomain);
    }

    [Theory]
    [InlineData("; adkim=s", AuthResult.Fail, AuthResult.Pass)]
    [InlineData("; aspf=s", AuthResult.Pass, AuthResult.Fail)]
    [InlineData("; adkim=s; aspf=S", AuthResult.Fail, AuthResult.Fail)]
    [InlineData("; adkim=x; aspf=", AuthResult.Pass, AuthResult.Pass)]
    public async Task Strict_alignment_wants_the_same_name(string tags, AuthResult dkim, AuthResult spf)
    {
        var zone = ZoneResolver.Of($"_dmarc.example.com TXT {Reject}{tags}");
        Assert.Equal(dkim, (await CheckAsync(zone, "example.com", dkim: [Signed("mail.example.com")])).Result);
        Assert.Equal(spf, (await CheckAsync(zone, "example.com", Spf("mail.example.com"))).Result);
        Assert.Equal(AuthResult.Pass, (await CheckAsync(zone, "example.com", dkim: [Signed("example.com")])).Result);
    }

    [Fact]
    public async Task Only_what_passed_counts()
    {
        var zone = ZoneResolver.Of($"_dmarc.example.com TXT {Reject}");
        foreach (var result in Enum.GetValues<AuthResult>().Where(r => r is not AuthResult.Pass))
        {
            var expected = result is AuthResult.TempError ? AuthResult.TempError : AuthResult.Fail;
            Assert.Equal(expected, (await CheckAsync(zone, "example.com", Spf("example.com", result), Signed("example.com", result))).Result);
        }

        Assert.Equal(AuthResult.Fail, (await CheckAsync(zone, "example.com", Spf("evil.com", AuthResult.TempError))).Result);
        Assert.Equal(AuthResult.Pass, (await CheckAsync(zone, "example.com", dkim: [Signed("evil.com"), Signed("example.com", AuthResult.Fail), Signed("example.com")])).Result);
    }

    /// <summary>RFC 9989: suffixes and organizations say themselves what they are.</summary>
    [Fact]
    public async Task Public_suffix_ends_the_organization()
    {
        var zone = ZoneResolver.Of("""
            _dmarc.gov.example TXT v=DMARC1; p=reject; sp=quarantine; psd=y
            _dmarc.one.gov.example TXT v=DMARC1; p=none
            """);
        var one = await CheckAsync(zone, "mail.one.gov.example", dkim: [Signed("two.gov.example")]);
        Assert.Equal((AuthResult.Fail, "one.gov.example", "one.gov.example"), (one.Result, one.OrganizationalDomain, one.PolicyDomain));
        Assert.Equal(AuthResult.Pass, (await CheckAsync(zone, "mail.one.gov.example", dkim: [Signed("one.gov.example")])).Result);

        var unlisted = await CheckAsync(zone, "mail.three.gov.example", dkim: []);
        Assert.Equal(("three.gov.example", "gov.example", DmarcPolicy.Quarantine), (unlisted.OrganizationalDomain, unlisted.PolicyDomain, unlisted.Policy));
    }

    [Fact]
    public async Task Domain_that_says_psd_n_is_an_organization_of_its_own()
    {
        var zone = ZoneResolver.Of($"""
            _dmarc.example.com TXT {Reject}
            _dmarc.tenant.example.com TXT v=DMARC1; p=quarantine; psd=n
            """);
        var verdict = await CheckAsync(zone, "a.tenant.example.com", dkim: [Signed("example.com")]);
        Assert.Equal((AuthResult.Fail, "tenant.example.com", DmarcPolicy.Quarantine), (verdict.Result, verdict.OrganizationalDomain, verdict.Policy));
        Assert.Equal(AuthResult.Pass, (await CheckAsync(zone, "a.tenant.example.com", dkim: [Signed("b.tenant.example.com")])).Result);
        Assert.Equal(AuthResult.Fail, (await CheckAsync(zone, "example.com", dkim: [Signed("tenant.example.com")])).Result);
    }

    [Fact]
    public async Task Walk_up_from_a_long_name_asks_eight_times()
    {
        var zone = ZoneResolver.Of($"_dmarc.example.com TXT {Reject}");
        var verdict = await CheckAsync(zone, string.Join('.', Enumerable.Range(0, 40).Select(i => $"l{i}")) + ".example.com");
        Assert.Equal("example.com", verdict.OrganizationalDomain);
        var walk = zone.Asked.Where(q => q.StartsWith("_dmarc.", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, walk.Count);
        Assert.Equal("_dmarc.l35.l36.l37.l38.l39.example.com Text", walk[1]);
        Assert.Equal("_dmarc.com Text", walk[^1]);
    }

    [Theory]
    [InlineData("example.com", "v=DMARC1; p=reject; sp=none", DmarcPolicy.Reject)]
    [InlineData("sub.example.com", "v=DMARC1; p=reject; sp=none", DmarcPolicy.None)]
    [InlineData("sub.example.com", "v=DMARC1; p=quarantine", DmarcPolicy.Quarantine)]
    [InlineData("sub.example.com", "v=DMARC1; p=none; sp=quarantine; np=reject", DmarcPolicy.Quarantine)]
    [InlineData("gone.example.com", "v=DMARC1; p=none; sp=quarantine; np=reject", DmarcPolicy.Reject)]
    [InlineData("gone.example.com", "v=DMARC1; p=reject; np=bogus", DmarcPolicy.Reject)]
    [InlineData("example.com", "v=DMARC1; p=reject; t=y", DmarcPolicy.Quarantine)]
    [InlineData("example.com", "v=DMARC1; p=quarantine; t=y", DmarcPolicy.None)]
    [InlineData("example.com", "v=DMARC1;p=REJECT;pct=0;;foo", DmarcPolicy.Reject)]
    [InlineData("example.com", "v=DMARC1; rua=mailto:a@example.com", DmarcPolicy.None)]
    public async Task Policy_is_that_of_the_domain_at_hand(string from, string record, DmarcPolicy expected)
    {
        var zone = ZoneResolver.Of($"_dmarc.example.com TXT {record}\nsub.example.com A 192.0.2.1");
        var verdict = await CheckAsync(zone, from);
        Assert.Equal((AuthResult.Fail, expected), (verdict.Result, verdict.Policy));
    }

    [Theory]
    [InlineData("v=DMARC1")]
    [InlineData("v=DMARC1; p=bogus")]
    [InlineData("v=DMARC2; p=reject")]
    [InlineData("v=dmarc1; p=reject")]
    [InlineData("p=reject; v=DMARC1")]
    [InlineData("v=spf1 -all")]
    public async Task Record_without_version_or_policy_is_none(string record) =>
        Assert.Equal(AuthResult.None, (await CheckAsync(ZoneResolver.Of($"_dmarc.example.com TXT {record}"), "example.com", Spf("example.com"))).Result);

    [Fact]
    public async Task Two_records_are_none() =>
        Assert.Equal(AuthResult.None, (await CheckAsync(ZoneResolver.Of($"_dmarc.example.com TXT {Reject}\n_dmarc.example.com TXT {Reject}"), "example.com")).Result);

    [Fact]
    public async Task Alignment_is_told_even_without_a_policy()
    {
        var verdict = await CheckAsync(new ZoneResolver(), "example.com", dkim: [Signed("example.com")]);
        Assert.Equal((AuthResult.None, true), (verdict.Result, verdict.Aligned));
    }

    [Fact]
    public async Task Silence_is_temporary()
    {
        Assert.Equal(AuthResult.TempError, (await CheckAsync(ZoneResolver.Of("_dmarc.example.com TIMEOUT"), "mail.example.com", Spf("example.com"))).Result);
    }

    private static Task<DmarcVerdict> CheckAsync(ZoneResolver zone, string from, SpfVerdict? spf = null, params DkimVerdict[] dkim) =>
        DmarcVerifier.CheckAsync(from, spf, dkim, zone, default);

    private static SpfVerdict Spf(string domain, AuthResult result = AuthResult.Pass) => new(result, domain, IsHelo: false, string.Empty);

    private static DkimVerdict Signed(string domain, AuthResult result = AuthResult.Pass) => new(result, domain, "s", "@" + domain, "rsa-sha256", string.Empty, ["from"]);
}
