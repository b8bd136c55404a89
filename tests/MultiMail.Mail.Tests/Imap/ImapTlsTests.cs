using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MultiMail.Mail.Tests;

/// <summary>The TLS that is ours and not MailKit's.</summary>
public sealed class ImapTlsTests
{
    [Theory]
    [InlineData("localhost", true, "ok")]
    [InlineData("elsewhere.example", true, "not_secure")] // the name does not fit
    [InlineData("localhost", false, "not_secure")] // nobody vouches for it
    public async Task Only_a_certificate_that_is_vouched_for_and_fits_the_name_is_taken(string certified, bool withCa, string code)
    {
        using var certificate = Certificate(certified);
        var folder = Directory.CreateTempSubdirectory("multimail-tls-");
        var ca = Path.Combine(folder.FullName, "ca.pem");
        await File.WriteAllTextAsync(ca, certificate.ExportCertificatePem());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, certificate);
        var endpoint = new ImapEndpoint("localhost", ((IPEndPoint)listener.LocalEndpoint).Port, "agent", "secret") { CaFile = withCa ? ca : null };

        var check = await new MailKitSource(TimeProvider.System).CheckAsync(endpoint, CancellationToken.None);

        Assert.Equal(code, check.Code);
        var heard = await serving;
        Assert.Equal(code == "ok", heard.Contains("AUTHENTICATE PLAIN", StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_certification_file_that_cannot_be_read_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = new ImapEndpoint("localhost", ((IPEndPoint)listener.LocalEndpoint).Port, "agent", "secret") { CaFile = "/nowhere/ca.pem" };
        Assert.Equal("not_secure", (await new MailKitSource(TimeProvider.System).CheckAsync(endpoint, CancellationToken.None)).Code);
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    /// <returns>What was heard after the handshake.</returns>
    private static async Task<string> ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        var heard = string.Empty;
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            await tls.WriteAsync("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready\r\n"u8.ToArray());
            using var reader = new StreamReader(tls);
            while (await reader.ReadLineAsync() is { } line)
            {
                heard += line + "\n";
                var tag = line.Split(' ')[0];
                var said = line.Contains("LIST", StringComparison.Ordinal) ? $"* LIST () \"/\" INBOX\r\n{tag} OK done\r\n" : $"{tag} OK done\r\n";
                await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(said));
            }
        }
        catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away.
        }

        return heard;
    }
}
