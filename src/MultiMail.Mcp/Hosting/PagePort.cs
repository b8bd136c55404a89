using System.Net.Sockets;
using System.Text.Json;

namespace MultiMail.Mcp.Hosting;

/// <summary>What stands at the address where a node wants to listen.</summary>
internal enum PortState
{
    Free,

    /// <summary>A node of the same store: it serves the same page.</summary>
    OurPage,

    /// <summary>Another program, or a node of another data folder.</summary>
    Stranger,
}

/// <summary>Looks at a port without keeping it.</summary>
internal static class PagePort
{
    private const int LargestAnswer = 65_536;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    /// <param name="storeName">What <c>/health</c> of a node over our store says.</param>
    /// <exception cref="SetupException">This machine has no such address, or this user may not listen there.</exception>
    public static async Task<PortState> LookAsync(Uri listen, string storeName, CancellationToken cancellationToken)
    {
        if (listen.Port == 0 || CanBind(listen))
        {
            return PortState.Free;
        }

        return await HealthStoreAsync(listen, cancellationToken) == storeName ? PortState.OurPage : PortState.Stranger;
    }

    private static bool CanBind(Uri listen)
    {
        try
        {
            using var listener = new TcpListener(WebHost.AddressOf(listen), listen.Port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
        catch (SocketException e)
        {
            throw new SetupException($"This process cannot listen on {Links.Base(listen)}: {e.Message}", "Set MULTIMAIL_LISTEN to an address of this machine and a port above 1023.", e);
        }
    }

    private static async Task<string?> HealthStoreAsync(Uri listen, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = AnswerWithin, MaxResponseContentBufferSize = LargestAnswer };
        try
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(listen, "/health"), cancellationToken));
            return answer.RootElement.TryGetProperty("store", out var store) ? store.GetString() : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
