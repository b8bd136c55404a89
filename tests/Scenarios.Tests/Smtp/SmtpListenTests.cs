using MultiMail.Mcp.Hosting;

namespace Scenarios.Smtp;

public sealed class SmtpListenTests
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("127.0.0.1:2526", "127.0.0.1:2526")]
    [InlineData("localhost:2526", "127.0.0.1:2526")]
    [InlineData("0.0.0.0:25, [::]:25", "0.0.0.0:25 [::]:25")]
    [InlineData("[::1]:25", "[::1]:25")]
    public void Addresses_are_read(string value, string read)
    {
        _environment[SmtpListen.Setting] = value;
        Assert.Equal(read, string.Join(' ', Load()!.Endpoints));
    }

    [Theory]
    [InlineData(SmtpListen.Setting, "2526")]
    [InlineData(SmtpListen.Setting, "127.0.0.1")]
    [InlineData(SmtpListen.Setting, "127.0.0.1:65536")]
    [InlineData(SmtpListen.Setting, "127.1:25")]
    [InlineData(SmtpListen.Setting, "::1:25")]
    [InlineData(SmtpListen.Setting, "mail.example.com:25")]
    [InlineData(SmtpListen.NameSetting, "localhost")]
    [InlineData(SmtpListen.NameSetting, "mx example.com")]
    [InlineData(SmtpListen.CertificateSetting, "cert.pem")]
    [InlineData(SmtpListen.KeySetting, "key.pem")]
    public void What_cannot_be_used_is_refused_by_name(string name, string value)
    {
        _environment[SmtpListen.Setting] = "127.0.0.1:2526";
        _environment[name] = value;
        Assert.Contains(name, Assert.Throws<SetupException>(Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mx.example.com", "https://mail.example.com", "machine.example.net", "mx.example.com")]
    [InlineData("", "https://mail.example.com", "machine.example.net", "mail.example.com")]
    [InlineData("", "http://192.0.2.1:8484", "machine.example.net", "machine.example.net")]
    [InlineData("", "http://localhost:8484", "machine", "multimail.localhost")]
    public void The_name_is_the_first_that_others_can_use(string chosen, string publicUrl, string machine, string name)
    {
        _environment[SmtpListen.Setting] = "127.0.0.1:2526";
        _environment[SmtpListen.NameSetting] = chosen;
        Assert.Equal(name, Load()!.ServerName(new Uri(publicUrl), machine));
    }

    [Fact]
    public void Without_an_address_there_is_no_listener() => Assert.Null(Load());

    private SmtpListen? Load()
    {
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        return SmtpListen.From(new SettingsSource(_environment, none), DataFolder.Choose(Path.GetTempPath(), none));
    }
}
