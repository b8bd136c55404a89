using System.Net;
using System.Net.Sockets;

namespace MultiMail.Mcp.Hosting;

/// <summary>How many connections are open, in all and from one neighbour: an IPv4 address, or the /64 that one site has of IPv6.</summary>
internal sealed class ConnectionCount(int all, int each)
{
    private const int SiteBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = []; // guarded by _gate
    private int _total; // guarded by _gate

    /// <summary>Null when it would be one too many. Clients on this machine are counted in all only: a mail server in front of us is one of them.</summary>
    public IDisposable? TryTake(IPAddress client)
    {
        var site = Site(client);
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(site);
            if (_total >= all || (open >= each && !IPAddress.IsLoopback(client)))
            {
                return null;
            }

            _total++;
            _open[site] = open + 1;
            return new Seat(this, site);
        }
    }

    private static IPAddress Site(IPAddress client)
    {
        if (client.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return client;
        }

        var bytes = client.GetAddressBytes();
        bytes.AsSpan(SiteBytes).Clear();
        return new IPAddress(bytes);
    }

    private void Give(IPAddress site)
    {
        lock (_gate)
        {
            _total--;
            if (--_open[site] == 0)
            {
                _open.Remove(site);
            }
        }
    }

    private sealed class Seat(ConnectionCount count, IPAddress site) : IDisposable
    {
        private ConnectionCount? _count = count;

        public void Dispose() => Interlocked.Exchange(ref _count, null)?.Give(site);
    }
}
