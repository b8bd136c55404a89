namespace MultiMail.Mcp.Hosting;

/// <summary>
/// Keeps the page of a data folder up. One node of the folder serves it; the others look again every five seconds, so
/// that another takes over when it ends. A port held by a stranger is left alone.
/// </summary>
internal sealed partial class PageKeeper(NodeHost host, ILoggerFactory loggers, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = loggers.CreateLogger<PageKeeper>();
    private WebHost? _web;

    /// <summary>Where the page of this folder is, whoever serves it; null while nobody does.</summary>
    public Uri? Address { get; private set; }

    /// <summary>True when this very node serves it.</summary>
    public bool Serves => _web is not null;

    /// <summary>Looks once and starts the listener where it may.</summary>
    /// <exception cref="SetupException">The address cannot be listened on at all.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        Address = await PageRecord.FindAsync(host, cancellationToken);
        if (Address is null && await StartAsync(cancellationToken) is { } web)
        {
            _web = web;
            Address = web.Address;
            PageRecord.Write(host, web.Address);
            Log.Serving(_logger, web.Address);
        }

        if (Address is not null && host.Settings.PublicUrl is null)
        {
            host.Node.Options.PublicUrl = Links.Base(Address);
        }
    }

    /// <summary>Until this node serves the page, or until it is cancelled.</summary>
    public async Task KeepTryingAsync(CancellationToken cancellationToken)
    {
        while (!Serves)
        {
            await TryAsync(cancellationToken);
            if (!Serves)
            {
                await Task.Delay(LookAgain, clock, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }
    }

    /// <summary>On the listen address; beside a stranger on a free port, unless a person chose the address.</summary>
    private async Task<WebHost?> StartAsync(CancellationToken cancellationToken)
    {
        var listen = host.Settings.Listen;
        var web = await PagePort.LookAsync(listen, host.StoreName, cancellationToken) == PortState.Free
            ? await WebHost.TryStartAsync(host, listen, loggers, clock, cancellationToken)
            : null;
        return web is null && !host.Settings.ListenChosen
            ? await WebHost.TryStartAsync(host, new UriBuilder(listen) { Port = 0 }.Uri, loggers, clock, cancellationToken)
            : web;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The page is served at {Address}")]
        public static partial void Serving(ILogger logger, Uri address);
    }
}
