namespace MultiMail.Mcp.Hosting;

/// <summary>
/// Keeps the SMTP listener of a data folder up, as <see cref="PageKeeper"/> does the page: of several serving nodes one listens, and
/// another takes over within seconds when it ends. Senders try again meanwhile.
/// </summary>
internal sealed partial class SmtpKeeper(NodeHost host, ILoggerFactory loggers, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = loggers.CreateLogger<SmtpKeeper>();
    private SmtpHost? _smtp;

    /// <summary>Where this node listens; empty while it does not.</summary>
    public IReadOnlyList<string> Addresses => _smtp?.Addresses ?? [];

    /// <summary>Nobody set the listener up, or this node listens.</summary>
    public bool Done => host.Settings.SmtpListen is null || _smtp is not null;

    /// <summary>Looks once.</summary>
    /// <exception cref="SetupException">The settings cannot work.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        if (host.Settings.SmtpListen is { } listen && _smtp is null)
        {
            _smtp = await SmtpHost.TryStartAsync(host, listen, loggers, clock, cancellationToken);
            if (_smtp is not null)
            {
                Log.Listening(_logger, Addresses, host.Node.SmtpDoor.ServerName);
            }
        }
    }

    public async Task KeepTryingAsync(CancellationToken cancellationToken)
    {
        while (!Done)
        {
            await Task.Delay(LookAgain, clock, cancellationToken);
            try
            {
                await TryAsync(cancellationToken);
            }
            catch (SetupException e)
            {
                // It was right when this node started: somebody is changing it, and may finish.
                Log.NotNow(_logger, e.Message, e.Fix);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_smtp is not null)
        {
            await _smtp.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence} fix: {Fix}")]
        public static partial void NotNow(ILogger logger, string sentence, string fix);

        [LoggerMessage(Level = LogLevel.Information, Message = "SMTP is taken at {Addresses} as {Name}")]
        public static partial void Listening(ILogger logger, IReadOnlyList<string> addresses, string name);
    }
}
