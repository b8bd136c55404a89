namespace MultiMail.Mail.Tests.Smtp;

public sealed class EndpointUrlTests
{
    [Theory]
    [InlineData("smtps://user:pass@mail.example:465", RelaySecurity.ImplicitTls, 465, "user", "pass")]
    [InlineData("SMTPS://user:pass@MAIL.example", RelaySecurity.ImplicitTls, 465, "user", "pass")]
    [InlineData("smtp://user:pass@mail.example:587?starttls=required", RelaySecurity.StartTls, 587, "user", "pass")]
    [InlineData("smtp://mail.example?starttls=required", RelaySecurity.StartTls, 587, null, null)]
    [InlineData("smtps://me@mail.example:p@ss:w@mail.example/", RelaySecurity.ImplicitTls, 465, "me@mail.example", "p@ss:w")]
    [InlineData("smtps://me%40x.example:%2F%3f%23%25%C3%BC@mail.example:2465", RelaySecurity.ImplicitTls, 2465, "me@x.example", "/?#%ü")]
    public void Relay_is_read(string url, RelaySecurity security, int port, string? user, string? secret)
    {
        var relay = RelayEndpoint.Parse(url);
        Assert.Equal(new RelayEndpoint("mail.example", port, security, user, secret), relay);
    }

    [Theory]
    [InlineData("smtp://127.0.0.1:2525", "127.0.0.1")]
    [InlineData("smtp://localhost:2525", "localhost")]
    [InlineData("smtp://[::1]:2525", "::1")]
    public void Clear_text_to_loopback_is_read(string url, string host)
    {
        var relay = RelayEndpoint.Parse(url);
        Assert.Equal(new RelayEndpoint(host, 2525, RelaySecurity.None), relay);
        Assert.Equal(url, relay.ToString());
    }

    [Fact]
    public void Options_are_read()
    {
        var relay = RelayEndpoint.Parse("smtps://me:ya29.token@mail.example?auth=oauth&ca=/etc/my%20ca.pem");
        Assert.True(relay.OAuth);
        Assert.Equal("ya29.token", relay.Secret);
        Assert.Equal("/etc/my ca.pem", relay.CaFile);
    }

    [Theory]
    [InlineData(null, "write smtps://")]
    [InlineData("", "write smtps://")]
    [InlineData("canary.secret", "write smtps://")]
    [InlineData("https://u:canary@mail.example", "write smtps://")]
    [InlineData("smtp://u:canary@mail.example:25", "clear text")]
    [InlineData("smtp://u:canary@127.0.0.1:2525", "clear text")]
    [InlineData("smtp://mail.example:25", "clear text")]
    [InlineData("smtp://u:canary@mail.example?starttls=canary", "takes only the value required")]
    [InlineData("smtps://u:canary@mail.example?starttls=required", "leave starttls=required out")]
    [InlineData("smtps://u:canary@mail.example?auth=canary", "takes only the value oauth")]
    [InlineData("smtps://mail.example?auth=oauth", "needs a user")]
    [InlineData("smtps://u:canary@mail.example?canary=1", "unknown")]
    [InlineData("smtps://u:canary@mail.example?ca=", "path of a PEM file")]
    [InlineData("smtps://u:can/ary@mail.example", "%2F")]
    [InlineData("smtps://u:can?ary@mail.example", "%3F")]
    [InlineData("smtps://u:can#ary@mail.example", "%23")]
    [InlineData("smtps://u:can%ary@mail.example", "%25")]
    [InlineData("smtps://u:canary%00@mail.example", "control character")]
    [InlineData("smtps://u:canary%0D%0A@mail.example", "control character")]
    [InlineData("smtps://canary@mail.example", "lacks the user or the password")]
    [InlineData("smtps://:canary@mail.example", "lacks the user or the password")]
    [InlineData("smtps://canary:@mail.example", "lacks the user or the password")]
    [InlineData("smtps://u:canary@mail.example:0", "port")]
    [InlineData("smtps://u:canary@mail.example:65536", "port")]
    [InlineData("smtps://u:canary@mail.example:canary", "port")]
    [InlineData("smtps://u:canary@", "host")]
    [InlineData("smtps://u:canary@canary_host", "host")]
    [InlineData("smtps://u:canary@[::1", "host")]
    [InlineData("smtps://u:canary@[::1]canary:465", "host")]
    [InlineData("smtps://u:canary@mail.example/INBOX", "no path")]
    public void Fault_names_the_fix_and_repeats_nothing(string? url, string fix)
    {
        Assert.False(RelayEndpoint.TryParse(url, out var relay, out var fault));
        Assert.Null(relay);
        Assert.Contains(fix, fault, StringComparison.Ordinal);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Relay_never_prints_its_secret() =>
        Assert.Equal("smtps://mail.example:465", RelayEndpoint.Parse("smtps://user:canary@mail.example").ToString());

    [Theory]
    [InlineData("imaps://me@x.example:p%40ss@mail.example:993/INBOX", 993, "INBOX")]
    [InlineData("imaps://me@x.example:p@ss@mail.example", 993, "INBOX")]
    [InlineData("imaps://me@x.example:p@ss@mail.example:2993/", 2993, "INBOX")]
    [InlineData("imaps://me@x.example:p@ss@mail.example/Archive/L%C3%A4den%20%26", 993, "Archive/Läden &")]
    public void Mailbox_is_read(string url, int port, string folder)
    {
        var mailbox = ImapEndpoint.Parse(url);
        Assert.Equal(new ImapEndpoint("mail.example", port, "me@x.example", "p@ss", folder), mailbox);
        Assert.Equal($"imaps://mail.example:{port}/{folder}", mailbox.ToString());
    }

    [Fact]
    public void Mailbox_options_are_read()
    {
        Assert.True(ImapEndpoint.TryParse("imaps://me:token@mail.example/INBOX?auth=oauth&ca=ca.pem", out var mailbox, out _));
        Assert.True(mailbox.OAuth);
        Assert.Equal("ca.pem", mailbox.CaFile);
    }

    [Theory]
    [InlineData("imap://u:canary@mail.example", "write imaps://")]
    [InlineData("imaps://mail.example", "needs a user")]
    [InlineData("imaps://u:canary@mail.example/a%0D%0Ab", "control character")]
    [InlineData("imaps://u:canary@mail.example?starttls=required", "leave starttls= out")]
    public void Mailbox_fault_names_the_fix_and_repeats_nothing(string url, string fix)
    {
        Assert.False(ImapEndpoint.TryParse(url, out _, out var fault));
        Assert.Contains(fix, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", fault, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ImapEndpoint.Parse(url));
    }
}
