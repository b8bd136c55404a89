using Microsoft.Extensions.Time.Testing;
using MultiMail.Testing;

namespace MultiMail.Mail.Tests.Dkim;

/// <summary>Messages that other people signed and published; they are not part of this project.</summary>
public sealed class ForeignVectorTests
{
    private const string Rfc8463Rsa =
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

    private static readonly DateTimeOffset Later = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The example of RFC 8463 §A: one message, signed with Ed25519 and with RSA.</summary>
    [Fact]
    public async Task Example_of_rfc_8463_passes_with_both_keys()
    {
        var zone = new ZoneResolver()
            .Add("brisbane._domainkey.football.example.com", DnsType.Text, "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
            .Add("test._domainkey.football.example.com", DnsType.Text, Rfc8463Rsa);
        var verdicts = await VerifyAsync("mimekit/rfc8463-example.msg", zone);
        Assert.Equal([("ed25519-sha256", AuthResult.Pass), ("rsa-sha256", AuthResult.Pass)], verdicts.Select(v => (v.Algorithm, v.Result)));
    }

    [Fact]
    public async Task Mail_of_a_large_provider_passes()
    {
        var pem = await File.ReadAllTextAsync(Path.Combine(Folder(), "mimekit/gmail.pub"));
        var key = string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-'))).Trim();
        var zone = new ZoneResolver().Add("20120113._domainkey.gmail.com", DnsType.Text, $"k=rsa; p={key}");
        Assert.Equal([AuthResult.Pass], (await VerifyAsync("mimekit/gmail.msg", zone)).Select(v => v.Result));
        Assert.Equal([AuthResult.PermError], (await VerifyAsync("mimekit/gmail.msg", new ZoneResolver())).Select(v => v.Result));
    }

    [Fact]
    public async Task Simple_form_with_a_message_signed_by_another_library_passes()
    {
        var zone = new ZoneResolver().Add("test._domainkey.football.example.com", DnsType.Text, Rfc8463Rsa);
        Assert.Equal([("", AuthResult.Pass)], (await VerifyAsync("dkimpy/rfc6376.signed.rsa.msg", zone)).Select(v => (v.Reason, v.Result)));
    }

    private static string Folder()
    {
        var corpus = Environment.GetEnvironmentVariable("MULTIMAIL_MAIL_CORPUS");
        var folder = Path.Combine(corpus ?? string.Empty, "_aux", "dkim-vectors");
        Require.That(corpus is not null && Directory.Exists(folder), "mail-corpus", "MULTIMAIL_MAIL_CORPUS names no folder with DKIM vectors");
        return folder;
    }

    private static async Task<IReadOnlyList<DkimVerdict>> VerifyAsync(string file, ZoneResolver zone) =>
        await DkimVerifier.VerifyAsync(await File.ReadAllBytesAsync(Path.Combine(Folder(), file)), zone, new FakeTimeProvider(Later), default);
}
