using MultiMail.Mail;

namespace MultiMail.Mcp.Hosting;

/// <summary>What reaches other servers. Each is made at its first use: a start that reaches nobody loads none of their libraries.</summary>
internal static class Outside
{
    public static IMailTransport Transport(TimeProvider clock) => new LateTransport(() => new MailKitTransport(clock));

    public static IMailSource Fetcher(TimeProvider clock) => new LateSource(() => new MailKitSource(clock));

    public static IDnsResolver Dns() => new LateResolver(static () => new DnsClientResolver());

    private sealed class LateTransport(Func<IMailTransport> make) : IMailTransport
    {
        private readonly Lazy<IMailTransport> _made = new(make);

        public Task<TransportResult> SendAsync(RelayEndpoint relay, MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            _made.Value.SendAsync(relay, envelope, message, cancellationToken);

        public Task<EndpointCheck> CheckAsync(RelayEndpoint relay, CancellationToken cancellationToken) => _made.Value.CheckAsync(relay, cancellationToken);

        public ValueTask DisposeAsync() => _made.IsValueCreated ? _made.Value.DisposeAsync() : ValueTask.CompletedTask;
    }

    private sealed class LateSource(Func<IMailSource> make) : IMailSource
    {
        private readonly Lazy<IMailSource> _made = new(make);

        public Task RunAsync(ImapEndpoint endpoint, IMailSink sink, CancellationToken cancellationToken) => _made.Value.RunAsync(endpoint, sink, cancellationToken);

        public Task<EndpointCheck> CheckAsync(ImapEndpoint endpoint, CancellationToken cancellationToken) => _made.Value.CheckAsync(endpoint, cancellationToken);
    }

    private sealed class LateResolver(Func<IDnsResolver> make) : IDnsResolver
    {
        private readonly Lazy<IDnsResolver> _made = new(make);

        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) =>
            _made.Value.QueryAsync(name, type, cancellationToken);
    }
}
