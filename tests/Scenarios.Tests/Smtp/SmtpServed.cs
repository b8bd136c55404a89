using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using MultiMail.Mcp.Hosting;
using Scenarios.Processes;

namespace Scenarios.Smtp;

/// <summary>A node of this process with its SMTP listener on a free port, with a certificate of its own.</summary>
internal sealed class SmtpServed : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly SmtpHost _smtp;

    private SmtpServed(ScratchFolder folder, NodeHost host, SmtpHost smtp, SmtpCertificateFiles files) =>
        (_folder, Host, _smtp, Files, Port) = (folder, host, smtp, files, int.Parse(smtp.Addresses[0].Split(':')[1], CultureInfo.InvariantCulture));

    public NodeHost Host { get; }

    public SmtpCertificateFiles Files { get; }

    public int Port { get; }

    public static async Task<SmtpServed> StartAsync()
    {
        var folder = new ScratchFolder();
        var host = await folder.OpenAsync(TimeProvider.System, CancellationToken.None);
        var files = new SmtpCertificateFiles(Path.Combine(folder.Path, "cert.pem"), Path.Combine(folder.Path, "key.pem"));
        WriteCertificate(files, "localhost");
        var listen = new SmtpListen([new(System.Net.IPAddress.Loopback, 0)], null, files);
        var smtp = await SmtpHost.TryStartAsync(host, listen, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        return new SmtpServed(folder, host, smtp ?? throw new InvalidOperationException("no port"), files);
    }

    public static void WriteCertificate(SmtpCertificateFiles files, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The listener alone ends; the store stays to be looked at.</summary>
    public ValueTask StopListeningAsync() => _smtp.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _smtp.DisposeAsync();
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
