using System.Net;
using System.Net.Sockets;

namespace MultiMail.Mail;

/// <summary>A connected socket to the first address of a relay that answers (RFC 8305, in short).</summary>
internal sealed class RelayConnector(TransportOptions options, TimeProvider clock)
{
    // RFC 8305 §5: the next address is tried beside the one that has not answered by then.
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <exception cref="RelayFaultException">No address, or none that answers.</exception>
    public async Task<Socket> ConnectAsync(RelayEndpoint relay, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectWithin, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var addresses = await ResolveAsync(relay, limit.Token).ConfigureAwait(false);
            return await RaceAsync(addresses, relay.Port, limit).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw RelayFaultException.Unreachable($"No connection to {relay}: {Reason(e)}.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw RelayFaultException.Unreachable($"No connection to {relay}: it does not answer.", e);
        }
    }

    /// <summary>Both families in turn, the one the system prefers first (RFC 8305 §4).</summary>
    internal static IReadOnlyList<IPAddress> Order(IReadOnlyList<IPAddress> addresses)
    {
        var first = addresses.Where(a => a.AddressFamily == addresses[0].AddressFamily).ToList();
        var other = addresses.Where(a => a.AddressFamily != addresses[0].AddressFamily).ToList();
        return [.. Enumerable.Range(0, Math.Max(first.Count, other.Count)).SelectMany(i => first.Skip(i).Take(1).Concat(other.Skip(i).Take(1)))];
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(RelayEndpoint relay, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(relay.Host, cancellationToken).ConfigureAwait(false);

        // A name that only looks local must not carry clear text away.
        var allowed = relay.Security is RelaySecurity.None ? found.Where(IPAddress.IsLoopback).ToArray() : found;
        if (allowed.Length > 0)
        {
            return Order(allowed);
        }

        throw found.Length == 0
            ? RelayFaultException.Unreachable($"No connection to {relay}: the name has no address.")
            : RelayFaultException.NotSecure($"{relay} is not on this machine: nothing is sent to it in clear text.");
    }

    private async Task<Socket> RaceAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationTokenSource limit)
    {
        var running = new List<Task<Socket>>();
        var won = default(Task<Socket>);
        try
        {
            for (var next = 0; won is null; )
            {
                if (next < addresses.Count)
                {
                    running.Add(ConnectOneAsync(addresses[next++], port, limit.Token));
                }

                IEnumerable<Task> awaited = next < addresses.Count ? [.. running, Task.Delay(Stagger, clock, limit.Token)] : running;
                var ended = await Task.WhenAny(awaited).ConfigureAwait(false) as Task<Socket>;
                won = ended is { IsCompletedSuccessfully: true } ? ended : null;
                if (won is null && ended is not null && (!running.Remove(ended) || (running.Count == 0 && next == addresses.Count)))
                {
                    await ended.ConfigureAwait(false);
                }

                limit.Token.ThrowIfCancellationRequested();
            }

            running.Remove(won);
            return await won.ConfigureAwait(false);
        }
        finally
        {
            if (running.Count > 0)
            {
                await limit.CancelAsync().ConfigureAwait(false);
                running.ForEach(r => _ = r.ContinueWith(static t => { _ = t.Exception; if (t.IsCompletedSuccessfully) { t.Result.Dispose(); } }, TaskScheduler.Default));
            }
        }
    }

    private static async Task<Socket> ConnectOneAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Reason(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => "the name has no address",
        SocketError.TryAgain => "the name cannot be resolved now",
        SocketError.ConnectionRefused => "it is refused",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown => "there is no way to it from here",
        _ => "it does not answer",
    };
}
