using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MultiMail.Mcp.Hosting;

/// <summary>
/// The certificate that the listener shows. Read at the start, where a fault stops the node; read again at the first handshake after a
/// file has changed, where a fault is logged and the old one stays: a renewal needs no restart.
/// </summary>
internal sealed partial class SmtpCertificate
{
    private readonly SmtpCertificateFiles _files;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private DateTime _readAt; // guarded by _gate, as is _context
    private SslStreamCertificateContext _context;

    /// <exception cref="SetupException">The files are not a certificate and its key.</exception>
    public SmtpCertificate(SmtpCertificateFiles files, ILogger<SmtpCertificate> logger)
    {
        (_files, _logger) = (files, logger);
        _readAt = Changed();
        try
        {
            _context = Read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The certificate {files.Certificate} with the key {files.Key} cannot be used: {e.Message}",
                $"Set {SmtpListen.CertificateSetting} to the PEM file of the certificate chain and {SmtpListen.KeySetting} to that of its key, readable by this user.",
                e);
        }
    }

    public SslStreamCertificateContext Current()
    {
        lock (_gate)
        {
            var changed = Changed();
            if (changed == _readAt)
            {
                return _context;
            }

            _readAt = changed;
            try
            {
                _context = Read();
                Log.Renewed(_logger);
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                Log.NotRenewed(_logger, e);
            }

            return _context;
        }
    }

    private DateTime Changed()
    {
        var (certificate, key) = (File.GetLastWriteTimeUtc(_files.Certificate), File.GetLastWriteTimeUtc(_files.Key));
        return certificate > key ? certificate : key;
    }

    private SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_files.Certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(_files.Certificate, _files.Key), chain, offline: true);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The SMTP certificate was read again")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The changed SMTP certificate cannot be used; the old one stays")]
        public static partial void NotRenewed(ILogger logger, Exception fault);
    }
}
