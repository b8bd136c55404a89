namespace MultiMail.Mail.Tests.Addresses;

public sealed class MailboxAddressTests
{
    [Theory]
    [InlineData("a@b", "a@b", null)]
    [InlineData("Jo@Example.ORG", "Jo@example.org", null)]
    [InlineData("  jo@example.org ", "jo@example.org", null)]
    [InlineData("<jo@example.org>", "jo@example.org", null)]
    [InlineData("Jo Doe <jo@example.org>", "jo@example.org", "Jo Doe")]
    [InlineData("Jo   Doe <jo@example.org>", "jo@example.org", "Jo Doe")]
    [InlineData("\"Doe, Jo\" <jo@example.org>", "jo@example.org", "Doe, Jo")]
    [InlineData("\"Jo \\\"J\\\" \\\\ Doe\" <jo@example.org>", "jo@example.org", "Jo \"J\" \\ Doe")]
    [InlineData("Jörg Müller <j+tag@example.org>", "j+tag@example.org", "Jörg Müller")]
    [InlineData("o'neil.!#$%&'*+-/=?^_`{|}~@example.org", "o'neil.!#$%&'*+-/=?^_`{|}~@example.org", null)]
    [InlineData("agent@multimail.localhost", "agent@multimail.localhost", null)]
    [InlineData("jo@bücher.example", "jo@xn--bcher-kva.example", null)]
    [InlineData("jo@BÜCHER.example", "jo@xn--bcher-kva.example", null)]
    [InlineData("jo@bu\u0308cher.example", "jo@xn--bcher-kva.example", null)]
    [InlineData("jo@XN--BCHER-KVA.example", "jo@xn--bcher-kva.example", null)]
    [InlineData("jo@例え.jp", "jo@xn--r8jz45g.jp", null)]
    public void Takes(string text, string addrSpec, string? name)
    {
        Assert.True(MailboxAddress.TryParse(text, out var address, out var fault), fault);
        Assert.Equal(addrSpec, address.AddrSpec);
        Assert.Equal(name, address.DisplayName);
        Assert.Equal(address.AddrSpec, $"{address.LocalPart}@{address.Domain}");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("jo", "no @")]
    [InlineData("@example.org", "empty")]
    [InlineData("jo@", "empty")]
    [InlineData("a@b@c", "more than one @")]
    [InlineData("a@b@c.example <a@b>", "outside quotes")]
    [InlineData("jo＠example.org", "full-width")]
    [InlineData("jo@example.org.", "ends with a dot")]
    [InlineData("jo@.example.org", "dot")]
    [InlineData("jo@example..org", "dot")]
    [InlineData(".jo@example.org", "dot")]
    [InlineData("jo.@example.org", "dot")]
    [InlineData("j..o@example.org", "two in a row")]
    [InlineData("j o@example.org", "U+0020|not allowed")]
    [InlineData("jo,x@example.org", "not allowed")]
    [InlineData("\"jo\"@example.org", "quoted local parts")]
    [InlineData("\"a\r\nRCPT TO:<x@evil>\"@ex.com", "control character")]
    [InlineData("jo@[192.0.2.1]", "literals")]
    [InlineData("jo@[IPv6:::1]", "literals")]
    [InlineData("jo@192.0.2.1", "a number")]
    [InlineData("jö@example.org", "outside ASCII")]
    [InlineData("jo@exa mple.org", "not allowed in a host name")]
    [InlineData("jo@exa_mple.org", "not allowed in a host name")]
    [InlineData("jo@-example.org", "hyphen")]
    [InlineData("jo@example-.org", "hyphen")]
    [InlineData("jo@ab--cd.org", "xn--")]
    [InlineData("jo@xn--.org", "hyphen")]
    [InlineData("jo@xn--a.org", "xn--")]
    [InlineData("jo@xn--99999999.org", "xn--")]
    [InlineData("jo@xn--example.org", "xn--")]
    [InlineData("jo@ｅxample.org", "international")]
    [InlineData("jo@ex\u200Bample.org", "international")]
    [InlineData("jo@exam\u202Eple.org", "international")]
    [InlineData("jo@a☃.org", "international")]
    [InlineData("jo@example.org\r\nBcc: x@evil.example", "control character")]
    [InlineData("jo\0@example.org", "control character")]
    [InlineData("jo\u0085@example.org", "control character")]
    [InlineData("jo\u2028@example.org", "control character")]
    [InlineData("Jo\u2029 <jo@example.org>", "control character")]
    [InlineData("Jo\tDoe <jo@example.org>", "control character")]
    [InlineData("=?utf-8?q?a=0D=0ABcc:_x?= <jo@example.org>", "encoded word")]
    [InlineData("=?utf-8?b?YQ0KQmNjOiB4?= <jo@example.org>", "encoded word")]
    [InlineData("\"Jo <jo@example.org>", "quotes")]
    [InlineData("\"Jo\"x <jo@example.org>", "quotes")]
    [InlineData("Doe, Jo <jo@example.org>", "outside quotes")]
    [InlineData("jo@example.org>", "without a '<'")]
    [InlineData("<<jo@example.org>", "outside quotes")]
    public void Refuses(string text, string reason)
    {
        Assert.False(MailboxAddress.TryParse(text, out _, out var fault));
        Assert.Contains(reason.Split('|'), part => fault.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain(fault, char.IsControl);
    }

    [Fact]
    public void Refuses_half_a_surrogate_pair()
    {
        Assert.False(MailboxAddress.TryParse("Jo \uD800 <jo@example.org>", out _, out var fault));
        Assert.Contains("surrogate", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Local_part_is_limited_to_64_octets(int length, bool taken) =>
        Assert.Equal(taken, MailboxAddress.TryParse(new string('a', length) + "@example.org", out _, out _));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void Address_is_limited_to_254_octets(int length, bool taken)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 59), 4));
        var text = new string('a', length - domain.Length - 1) + "@" + domain;
        Assert.Equal(length, text.Length);
        Assert.Equal(taken, MailboxAddress.TryParse(text, out _, out _));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Label_is_limited_to_63_octets(int length, bool taken) =>
        Assert.Equal(taken, MailboxAddress.TryParse($"a@{new string('d', length)}.org", out _, out _));

    [Fact]
    public void Equality_ignores_case_and_the_display_name()
    {
        Assert.Equal(Mail.Address("Jo <JO@example.org>"), Mail.Address("jo@EXAMPLE.org"));
        Assert.Equal(Mail.Address("JO@example.org").GetHashCode(), Mail.Address("jo@example.org").GetHashCode());
        Assert.NotEqual(Mail.Address("jo@example.org"), Mail.Address("jo@example.com"));
    }

    [Fact]
    public void List_takes_several_in_one_text_and_commas_in_quotes()
    {
        Assert.True(MailboxAddress.TryParseList(["\"Doe, Jo\" <jo@example.org>, bo@example.org;al@example.org,", "ed@example.org"], out var list, out var faults));
        Assert.Empty(faults);
        Assert.Equal(["jo@example.org", "bo@example.org", "al@example.org", "ed@example.org"], list.Select(a => a.AddrSpec));
    }

    [Fact]
    public void List_reports_every_fault_at_once_and_keeps_the_rest()
    {
        Assert.False(MailboxAddress.TryParseList(["a@b@c, jo@example.org", "x\u202Ey", string.Empty], out var list, out var faults));
        Assert.Equal(["a@b@c", " xU+202Ey".Trim(), string.Empty], faults.Select(f => f.Text));
        Assert.Equal("jo@example.org", Assert.Single(list).AddrSpec);
    }

    [Fact]
    public void Long_text_is_shortened_in_the_fault()
    {
        Assert.False(MailboxAddress.TryParseList([new string('x', 5_000)], out _, out var faults));
        Assert.True(Assert.Single(faults).Text.Length <= 81);
    }

    [Fact]
    public void Unclosed_quotes_and_brackets_split_in_linear_steps()
    {
        var hostile = string.Concat(Enumerable.Repeat("\"<,", 100_000));
        Assert.False(MailboxAddress.TryParseList([hostile], out _, out var faults));
        Assert.True(faults.Count <= 100_001);
    }
}
