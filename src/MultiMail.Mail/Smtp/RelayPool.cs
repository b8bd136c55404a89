namespace MultiMail.Mail;

/// <summary>Connections to relays, kept a while for the next mail, and never more than so many to one relay.</summary>
internal sealed class RelayPool : IAsyncDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<RelayEndpoint, Shelf> _shelves = [];
    private readonly TransportOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private bool _disposed;

    public RelayPool(TransportOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _sweep = clock.CreateTimer(static self => ((RelayPool)self!).Sweep(), this, options.IdleAtMost, options.IdleAtMost);
    }

    /// <summary>Waits for a place. Whoever has one returns it.</summary>
    public async Task<Place> EnterAsync(RelayEndpoint relay, CancellationToken cancellationToken)
    {
        Shelf shelf;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_shelves.TryGetValue(relay, out shelf!))
            {
                _shelves.Add(relay, shelf = new Shelf(_options.ConnectionsPerRelay));
            }

            shelf.Users++;
        }

        try
        {
            await shelf.Places.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Place(this, relay, shelf);
        }
        catch (OperationCanceledException)
        {
            Leave(relay, shelf);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<RelaySession> left;
        lock (_lock)
        {
            _disposed = true;
            left = [.. _shelves.Values.SelectMany(s => s.Idle)];
            _shelves.Clear();
        }

        await _sweep.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(left.Select(s => s.QuitAsync(Goodbye))).ConfigureAwait(false);
    }

    private bool IsOld(RelaySession session) => _clock.GetElapsedTime(session.RestsSince) >= _options.IdleAtMost;

    private void Sweep()
    {
        List<RelaySession> old;
        lock (_lock)
        {
            old = [.. _shelves.Values.SelectMany(s => s.Idle).Where(IsOld)];
            foreach (var (relay, shelf) in _shelves.ToList())
            {
                shelf.Idle.RemoveAll(old.Contains);
                if (shelf is { Users: 0, Idle.Count: 0 })
                {
                    _shelves.Remove(relay);
                }
            }
        }

        old.ForEach(s => _ = s.QuitAsync(Goodbye));
    }

    private void Leave(RelayEndpoint relay, Shelf shelf)
    {
        lock (_lock)
        {
            if (--shelf.Users == 0 && shelf.Idle.Count == 0 && _shelves.GetValueOrDefault(relay) == shelf)
            {
                _shelves.Remove(relay);
            }
        }
    }

    /// <summary>The right to one connection.</summary>
    internal sealed class Place(RelayPool pool, RelayEndpoint relay, Shelf shelf) : IDisposable
    {
        /// <summary>A kept connection that lives; null when there is none. The youngest first: the others may die out.</summary>
        public async Task<RelaySession?> TakeAsync(CancellationToken cancellationToken)
        {
            while (Next() is { } session)
            {
                var rested = pool._clock.GetElapsedTime(session.RestsSince);
                var alive = false;
                try
                {
                    alive = rested < pool._options.IdleAtMost
                        && await session.IsAliveAsync(rested >= pool._options.ProbeAfter, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    if (!alive)
                    {
                        session.Dispose();
                    }
                }

                if (alive)
                {
                    return session;
                }
            }

            return null;
        }

        public Task<RelaySession> OpenAsync(CancellationToken cancellationToken) =>
            RelaySession.OpenAsync(relay, pool._options, pool._clock, cancellationToken);

        /// <summary>Keeps it for the next mail, if it can carry one.</summary>
        public async Task GiveBackAsync(RelaySession session)
        {
            session.Rest();
            session.RestsSince = pool._clock.GetTimestamp();
            if (!session.IsUsable)
            {
                session.Dispose();
                return;
            }

            lock (pool._lock)
            {
                if (!pool._disposed && session.Mails < pool._options.MailsPerConnection)
                {
                    shelf.Idle.Add(session);
                    return;
                }
            }

            await session.QuitAsync(Goodbye).ConfigureAwait(false);
        }

        public void Dispose()
        {
            shelf.Places.Release();
            pool.Leave(relay, shelf);
        }

        private RelaySession? Next()
        {
            lock (pool._lock)
            {
                if (shelf.Idle is not [.., var youngest])
                {
                    return null;
                }

                shelf.Idle.RemoveAt(shelf.Idle.Count - 1);
                return youngest;
            }
        }
    }

    internal sealed class Shelf(int places)
    {
        public SemaphoreSlim Places { get; } = new(places, places);

        public List<RelaySession> Idle { get; } = [];

        public int Users { get; set; }
    }
}
