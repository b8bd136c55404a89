using System.Net;
using System.Net.Sockets;

namespace MultiMail.Web.Hosting;

/// <summary>Fixed windows over calls of strangers, per IPv4 address or /64 of IPv6, which one site has whole.</summary>
/// <param name="perWindow">Calls that one site has in a window.</param>
internal abstract class SiteLimiter(TimeProvider clock, int perWindow)
{
    private const int SiteBytes = 8;

    // Beyond this many askers in one window everybody waits: memory stays bounded under a flood.
    private const int MostAskers = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    // Both guarded by _gate.
    private readonly Dictionary<IPAddress, int> _asked = [];
    private DateTimeOffset _windowEnds;

    /// <summary>Counts one call. Null: go on; otherwise how long to wait.</summary>
    public TimeSpan? Ask(IPAddress? address)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now >= _windowEnds)
            {
                _asked.Clear();
                _windowEnds = now + Window;
            }

            var from = Site(address ?? IPAddress.None);
            if (!_asked.TryGetValue(from, out var before) && _asked.Count >= MostAskers)
            {
                return _windowEnds - now;
            }

            _asked[from] = before + 1;
            return before >= perWindow ? _windowEnds - now : null;
        }
    }

    private static IPAddress Site(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SiteBytes).Clear();
        return new IPAddress(bytes);
    }
}
