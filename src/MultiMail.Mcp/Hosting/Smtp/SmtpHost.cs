using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using MultiMail.Mail;

namespace MultiMail.Mcp.Hosting;

/// <summary>The SMTP listener of a node. A web server's connections without its protocol: sockets, limits and orderly ends are the same.</summary>
internal sealed class SmtpHost : IAsyncDisposable
{
    private const int ReadAhead = 64 * 1024;
    private const long MessagesInMemory = 256L * 1024 * 1024;

    // A message on its way may still come in; the sender of one that takes longer tries again.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private SmtpHost(WebApplication app) => _app = app;

    /// <summary>Where it listens, with the ports it really got: <c>ADDRESS:PORT</c>.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(a => new Uri(a).Authority)];

    /// <summary>Null when an address is taken.</summary>
    /// <exception cref="SetupException">An address cannot be listened on at all, or the certificate cannot be used.</exception>
    public static async Task<SmtpHost?> TryStartAsync(NodeHost host, SmtpListen listen, ILoggerFactory loggers, TimeProvider clock, CancellationToken cancellationToken)
    {
        var app = Build(host, listen, loggers, clock);
        try
        {
            await app.StartAsync(cancellationToken);
            return new SmtpHost(app);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            return null;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            await app.DisposeAsync();
            throw new SetupException(
                $"{SmtpListen.Setting} cannot be listened on: {e.Message}",
                "Choose an address of this machine; for a port below 1024 forward it to a higher one or give the program CAP_NET_BIND_SERVICE (see docs/receiving.md).",
                e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopWithin);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(NodeHost host, SmtpListen listen, ILoggerFactory loggers, TimeProvider clock)
    {
        var certificate = listen.Certificate is { } files ? new SmtpCertificate(files, loggers.CreateLogger<SmtpCertificate>()) : null;
        var options = new SmtpListenerOptions(host.Node.SmtpDoor.ServerName) { Memory = new SmtpMemoryBudget(MessagesInMemory) };
        var connections = new SmtpConnections(host.Node.SmtpDoor, options, certificate, clock, loggers.CreateLogger<SmtpConnections>());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            foreach (var endpoint in listen.Endpoints)
            {
                kestrel.Listen(endpoint, o => o.UseConnectionHandler<SmtpConnections>());
            }
        });
        builder.Services
            .AddSingleton(loggers)
            .AddSingleton(connections)
            .AddSingleton<IHostLifetime, NoLifetime>()
            .Configure<SocketTransportOptions>(o => o.MaxReadBufferSize = ReadAhead)
            .Configure<HostOptions>(o => o.ShutdownTimeout = StopWithin);
        return builder.Build();
    }
}
