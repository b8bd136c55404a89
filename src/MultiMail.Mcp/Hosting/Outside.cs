using MultiMail.Mail;

namespace MultiMail.Mcp.Hosting;

/// <summary>What reaches other servers. Each is made at its first use: a start that reaches nobody loads none of their libraries.</summary>
internal static class Outside
{
    public static IMailTransport? Transport() => null;

    /// <summary>MailKit is loaded when it first connects.</summary>
    public static IMailSource Fetcher(TimeProvider clock) => new MailKitSource(clock);

    public static IDnsResolver Dns() => new LateResolver(static () => new DnsClientResolver());

    private sealed class LateResolver(Func<IDnsResolver> make) : IDnsResolver
    {
        private readonly Lazy<IDnsResolver> _made = new(make);

        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) =>
            _made.Value.QueryAsync(name, type, cancellationToken);
    }
}
