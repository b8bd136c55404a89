using MultiMail.Core.Node;
using MultiMail.Storage;
using MultiMail.Web;

namespace MultiMail.Mcp.Hosting;

/// <summary>A node over the data folder: open store, Core on top, and background work once it is asked for.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    // stdio ends within a second of its client: signing the last checkpoint may take a part of it, no more.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(400);

    private readonly TimeProvider _clock;
    private BackgroundWork? _work;

    private NodeHost(Settings settings, MultiMailNode node, TimeProvider clock) => (Settings, Node, _clock) = (settings, node, clock);

    public Settings Settings { get; }

    public MultiMailNode Node { get; }

    /// <summary>How <c>/health</c> names this store.</summary>
    public string StoreName => MultiMailWeb.StoreName(Node.Store.StoreKey);

    /// <summary>Opens the store, making folder and key when they are missing.</summary>
    /// <exception cref="SetupException">Folder, key or database cannot be used.</exception>
    public static async Task<NodeHost> OpenAsync(Settings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        settings.Data.Create();
        var key = MasterKey.LoadOrCreate(settings.MasterKeyFile, File.Exists(settings.DatabasePath));
        var options = new CoreOptions
        {
            MasterKey = key,
            FormerMasterKeys = MasterKey.Former(settings.MasterKeyFile),
            LogFolder = settings.Data.LogFolder,
            PublicUrl = Links.Base(settings.PublicUrl ?? settings.Listen),
            MailHost = settings.SmtpListen?.ServerName(settings.PublicUrl, System.Net.Dns.GetHostName()),
            Relay = settings.Relay,
            Source = settings.Source,
            Transport = Outside.Transport(clock),
            Fetcher = Outside.Fetcher(clock),
            Dns = Outside.Dns(),
            UnsubscribeProbe = new UnsubscribeProbe(),
        };
        var store = await OpenStoreAsync(settings, clock, cancellationToken);
        return new NodeHost(settings, MultiMailNode.Create(store, options, clock), clock);
    }

    private static async Task<SqliteStore> OpenStoreAsync(Settings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await SqliteStore.OpenAsync(new SqliteStoreOptions(settings.DatabasePath), clock, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new SetupException(
                $"The database {settings.DatabasePath} cannot be opened: {e.Message}", "Use the newest MultiMail, and a data folder on a disk of this machine.", e);
        }
    }

    /// <summary>Delivery, expiry, indexing and checkpoints, until this host is disposed.</summary>
    public void StartWork(ILoggerFactory loggers)
    {
        _work = new BackgroundWork(Node, _clock, loggers.CreateLogger<BackgroundWork>());
        _work.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_work is not null)
        {
            await _work.DisposeAsync();
        }

        await SignLastCheckpointAsync();
        if (Node.Options.Transport is { } transport)
        {
            await transport.DisposeAsync();
        }

        await Node.Store.DisposeAsync();
    }

    /// <summary>What this process appended is under a checkpoint when it leaves; if there is no time, the next node signs it.</summary>
    private async Task SignLastCheckpointAsync()
    {
        using var limit = new CancellationTokenSource(LastWords, _clock);
        try
        {
            if (await Node.Installation.IsInitialisedAsync(limit.Token))
            {
                await Node.Clockwork.SignCheckpointsAsync(limit.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or Core.Storage.StoreUnavailableException)
        {
            // The leaves are durable; only their checkpoint waits.
        }
    }
}
