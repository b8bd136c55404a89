using MultiMail.Mail;

namespace MultiMail.Core.Delivery;

/// <summary>
/// How many dialogues this process has open with each relay and for each recipient domain. A message whose lane is full goes
/// back to the outbox: nothing waits in memory, and no slow relay keeps others from their turn.
/// </summary>
internal sealed class DeliveryLanes
{
    public const int PerRelay = 6;
    public const int PerDomain = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<RelayEndpoint, RelayHealth> _health = [];

    /// <summary>Lanes without room.</summary>
    public IReadOnlyList<string> Full
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Keys.Where(IsFull)];
            }
        }
    }

    /// <param name="rest">Why the relay is left alone; null when it is not.</param>
    /// <param name="full">The lane that has no room; null when all have.</param>
    /// <param name="lastChance">The message's time is over: it is tried whatever is known of the relay.</param>
    /// <returns>What gives the places back; null when there is no room or the relay rests.</returns>
    public Ticket? TryEnter(RelayEndpoint relay, IEnumerable<string> domains, DateTimeOffset now, bool lastChance, out RelayRest? rest, out string? full)
    {
        lock (_lock)
        {
            rest = lastChance ? null : HealthOf(relay).RestAt(now);
            IReadOnlyList<string> lanes = [RelayLane(relay), .. domains.Select(d => $"domain {d}")];
            full = lanes.FirstOrDefault(IsFull);
            if (rest is not null || full is not null)
            {
                return null;
            }

            foreach (var lane in lanes)
            {
                _open[lane] = _open.GetValueOrDefault(lane) + 1;
            }

            return new Ticket(this, relay, lanes);
        }
    }

    private static string RelayLane(RelayEndpoint relay) => $"relay {relay}";

    private bool IsFull(string lane)
    {
        var open = _open.GetValueOrDefault(lane);
        return lane.StartsWith("relay ", StringComparison.Ordinal)
            ? open >= (_health.Any(h => h.Value.Troubled && RelayLane(h.Key) == lane) ? 1 : PerRelay)
            : open >= PerDomain;
    }

    private RelayHealth HealthOf(RelayEndpoint relay)
    {
        if (!_health.TryGetValue(relay, out var health))
        {
            _health[relay] = health = new RelayHealth();
        }

        return health;
    }

    /// <summary>Places in lanes, until disposed.</summary>
    internal sealed class Ticket(DeliveryLanes lanes, RelayEndpoint relay, IReadOnlyList<string> places) : IDisposable
    {
        private int _left;

        public void Note(TransportResult result, DateTimeOffset now)
        {
            lock (lanes._lock)
            {
                lanes.HealthOf(relay).Note(result, now);
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
            {
                return;
            }

            lock (lanes._lock)
            {
                foreach (var lane in places)
                {
                    if (--lanes._open[lane] == 0)
                    {
                        lanes._open.Remove(lane);
                    }
                }
            }
        }
    }
}
