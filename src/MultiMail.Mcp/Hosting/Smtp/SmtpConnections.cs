using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using MultiMail.Core.Inbound;
using MultiMail.Mail;

namespace MultiMail.Mcp.Hosting;

/// <summary>One connection, one session. Its log line says who came and what became of it, never a word of the mail.</summary>
internal sealed partial class SmtpConnections(SmtpDoor door, SmtpListenerOptions options, SmtpCertificate? certificate, TimeProvider clock, ILogger<SmtpConnections> logger) : ConnectionHandler
{
    // Mail servers bring many mails over few connections.
    private const int MaxConnections = 200;
    private const int MaxPerClient = 20;

    // Those who do not wait for the greeting betray themselves within this time.
    private static readonly TimeSpan StrangersWait = TimeSpan.FromMilliseconds(200);

    private readonly ConnectionCount _count = new(MaxConnections, MaxPerClient);
    private readonly SmtpListenerOptions _forStrangers = options with { GreetingPause = StrangersWait };

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var client = Client(connection);
        using var seat = _count.TryTake(client);
        if (seat is null)
        {
            Log.TooMany(logger, client);
            await connection.Transport.Output.WriteAsync("421 4.7.0 Too many connections, try again later\r\n"u8.ToArray(), connection.ConnectionClosed);
            return;
        }

        try
        {
            var summary = await RunAsync(connection, client);
            Log.Ended(logger, client, summary.Accepted, summary.Refused, summary.Tls, summary.End);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.Faulted(logger, e, client);
        }
    }

    private async Task<SmtpSessionSummary> RunAsync(ConnectionContext connection, IPAddress client)
    {
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var tls = certificate is null ? null : new SmtpTls(certificate, clock);
        var session = new SmtpSession(
            connection.Transport, client, door, IPAddress.IsLoopback(client) ? options : _forStrangers, tls is null ? null : tls.SecureAsync, clock);
        return await session.RunAsync(stopping, connection.ConnectionClosed);
    }

    private static IPAddress Client(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "SMTP from {Client}: {Accepted} accepted, {Refused} refused, TLS {Tls}, {End}")]
        public static partial void Ended(ILogger logger, IPAddress client, int accepted, int refused, bool tls, SmtpSessionEnd end);

        [LoggerMessage(Level = LogLevel.Warning, Message = "SMTP from {Client}: too many connections")]
        public static partial void TooMany(ILogger logger, IPAddress client);

        [LoggerMessage(Level = LogLevel.Error, Message = "SMTP from {Client}: a session failed for a reason of our own")]
        public static partial void Faulted(ILogger logger, Exception fault, IPAddress client);
    }
}
