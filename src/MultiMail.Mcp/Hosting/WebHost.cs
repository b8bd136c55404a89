using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MultiMail.Core.Node;
using MultiMail.Mcp.Protocol;
using MultiMail.Web;

namespace MultiMail.Mcp.Hosting;

/// <summary>The one listener of a node: MCP at /mcp, REST, the dashboard and health.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication _app;

    private WebHost(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it listens, with the port it really got.</summary>
    public Uri Address { get; }

    /// <summary>Starts listening; null when the port is taken.</summary>
    public static async Task<WebHost?> TryStartAsync(NodeHost host, Uri listen, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> hosts = [];
        var app = Build(host, listen, loggers, clock, () => hosts);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            return null;
        }

        var address = new UriBuilder(listen) { Port = Port(app) }.Uri;
        hosts = Links.Hosts(address, host.Settings.PublicUrl);
        return new WebHost(app, address);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopWithin);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(NodeHost host, Uri listen, ILoggerFactory loggers, TimeProvider clock, Func<IReadOnlyCollection<string>> hosts)
    {
        // Empty: no settings from the working folder or from ASPNETCORE_ variables decide what this listener does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, listen));
        builder.Services
            .AddSingleton(loggers)
            .AddSingleton(clock)
            .AddSingleton(host.Node)
            .AddSingleton(new NodeHandle(host.Node))
            .AddSingleton<IHostLifetime, NoLifetime>()
            .Configure<HostOptions>(o => o.ShutdownTimeout = StopWithin)
            .AddRouting()
            .AddMultiMailWeb();
        builder.Services.AddMultiMailMcp(EdgeOptions.From(host.Settings)).AddMultiMailMcpHttp();

        var app = builder.Build();
        app.UseMultiMailWebGuards(hosts);
        app.UseMultiMailMcpGuard(hosts);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapMultiMailWeb();
        app.MapMultiMailMcp();
        return app;
    }

    private static void Limit(KestrelServerOptions kestrel, Uri listen)
    {
        // Sizes and the headers' time are the web edge's; how many may come at once is the process's.
        kestrel.Limits.MaxConcurrentConnections = 1_000;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        kestrel.Listen(AddressOf(listen), listen.Port, o => o.Protocols = HttpProtocols.Http1);
    }

    internal static IPAddress AddressOf(Uri listen) =>
        listen.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(listen.IdnHost);

    private static int Port(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()).Port;
}
