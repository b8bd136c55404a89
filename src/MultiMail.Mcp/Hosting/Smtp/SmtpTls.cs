using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;

namespace MultiMail.Mcp.Hosting;

/// <summary>TLS on one connection after STARTTLS, for as long as the connection lasts.</summary>
internal sealed class SmtpTls(SmtpCertificate certificate, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(30);

    private SslStream? _stream;

    /// <exception cref="IOException">The handshake failed or took too long.</exception>
    public async ValueTask<IDuplexPipe> SecureAsync(IDuplexPipe clear, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(HandshakeWithin, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        _stream = new SslStream(new TwoWayStream(clear.Input.AsStream(leaveOpen: true), clear.Output.AsStream(leaveOpen: true)));
        try
        {
            await _stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current() }, limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            throw new IOException("The TLS handshake failed.", e);
        }

        return new Duplex(PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true)), PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>The two halves of a connection as the one stream that TLS wants.</summary>
    private sealed class TwoWayStream(Stream reads, Stream writes) : PassThroughStream(reads)
    {
        public override bool CanWrite => true;

        public override void Flush() => writes.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => writes.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => writes.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writes.WriteAsync(buffer, cancellationToken);
    }
}
