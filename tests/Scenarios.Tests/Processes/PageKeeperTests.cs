using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MultiMail.Mcp.Hosting;

namespace Scenarios.Processes;

/// <summary>The choice of the address, in this process.</summary>
public sealed class PageKeeperTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beside_a_stranger_the_page_takes_a_free_port_and_its_links_say_so()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        using var folder = new ScratchFolder();
        await using var host = await folder.OpenAsync(TimeProvider.System, Token);
        await using var same = await OpenAsync(host, stranger);
        await using var page = new PageKeeper(same, NullLoggerFactory.Instance, TimeProvider.System);
        await page.TryAsync(Token);
        Assert.True(page.Serves);
        Assert.NotEqual(same.Settings.Listen.Port, page.Address!.Port);
        Assert.Equal(Links.Base(page.Address), same.Node.Options.PublicUrl);

        // A third node of the folder finds it and takes no further port.
        await using var third = await OpenAsync(host, stranger);
        await using var other = new PageKeeper(third, NullLoggerFactory.Instance, TimeProvider.System);
        await other.TryAsync(Token);
        Assert.False(other.Serves);
        Assert.Equal(page.Address, other.Address);
        Assert.Equal(Links.Base(page.Address), third.Node.Options.PublicUrl);
    }

    private static Task<NodeHost> OpenAsync(NodeHost like, TcpListener stranger) => NodeHost.OpenAsync(
        like.Settings with { Listen = new Uri($"http://127.0.0.1:{((IPEndPoint)stranger.LocalEndpoint).Port}") }, TimeProvider.System, Token);
}
