using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MultiMail.Mail;

/// <param name="Secure">TLS with a certificate that fits the host's name.</param>
internal sealed record DialedStream(Stream Stream, bool Secure);

/// <summary>TLS from the first byte (RFC 8314 §3.2). It is ours and not MailKit's, so that the guard stands behind it.</summary>
internal static class ImapDial
{
    /// <exception cref="MailSourceException"><c>not_secure</c>: the certificate does not fit.</exception>
    public static async Task<DialedStream> TlsAsync(ImapEndpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            var tls = new SslStream(stream);
            stream = tls;
            await tls.AuthenticateAsClientAsync(Options(endpoint), cancellationToken).ConfigureAwait(false);
            return new DialedStream(tls, Secure: true);
        }
        catch (Exception fault)
        {
            socket.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            throw fault is AuthenticationException
                ? new MailSourceException("not_secure", $"The certificate of {endpoint.Host} is not one that is trusted for this name.", fault)
                : fault;
        }
    }

    private static SslClientAuthenticationOptions Options(ImapEndpoint endpoint)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = endpoint.Host };
        if (endpoint.CaFile is { } file)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // a private authority rarely publishes any
            };
            try
            {
                options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
            {
                throw new MailSourceException("not_secure", "The file of the private certification authority cannot be read.", fault);
            }
        }

        return options;
    }
}
