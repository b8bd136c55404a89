using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace MultiMail.Mail;

/// <summary>
/// <see cref="IMailSource"/> over MailKit. Reads only: the folder is opened by EXAMINE and bodies by BODY.PEEK, so that no
/// message is ever marked as read. Safe for many sources at once.
/// </summary>
public sealed class MailKitSource : IMailSource
{
    private const int JitterSteps = 1_000;
    private readonly ImapSettings _settings;

    public MailKitSource(TimeProvider clock)
        : this(new ImapSettings(clock))
    {
    }

    internal MailKitSource(ImapSettings settings) => _settings = settings;

    /// <exception cref="MailSourceException">Only new settings can cure it.</exception>
    public async Task RunAsync(ImapEndpoint endpoint, IMailSink sink, CancellationToken cancellationToken)
    {
        var ours = new ImapSink(sink);
        var suspects = new ImapSuspects();
        var backoff = new Backoff(_settings.Times, Jitter);
        try
        {
            while (true)
            {
                var trouble = await OneConnectionAsync(endpoint, ours, suspects, backoff, cancellationToken).ConfigureAwait(false);
                var pause = backoff.Next();
                await ours.ReportAsync(MailSourceState.Waiting, $"{trouble} The next attempt is in {Math.Ceiling(pause.TotalSeconds)} s.", cancellationToken).ConfigureAwait(false);
                await Task.Delay(pause, _settings.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MailSourceException fault)
        {
            await ours.ReportAsync(MailSourceState.Stopped, fault.Message, cancellationToken).ConfigureAwait(false);
            throw;
        }
        catch (MailSinkException fault)
        {
            ExceptionDispatchInfo.Throw(fault.InnerException!); // it was made with one
        }
    }

    public async Task<EndpointCheck> CheckAsync(ImapEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ImapConnection.OpenAsync(endpoint, _settings, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await connection.LeaveAsync(cancellationToken).ConfigureAwait(false);
                return new EndpointCheck(Works: true, "ok", $"The folder at {endpoint.Host} can be read{(connection.CanIdle ? string.Empty : "; the server has no IDLE, it is asked once a minute")}.");
            }
        }
        catch (MailSourceException fault)
        {
            return new EndpointCheck(Works: false, fault.Code, fault.Message);
        }
        catch (Exception fault) when (IsOfTheServer(fault, cancellationToken))
        {
            var code = fault is System.Net.Sockets.SocketException or OperationCanceledException or ImapUnavailableException ? "unreachable" : "protocol_error";
            return new EndpointCheck(Works: false, code, ImapTrouble.Sentence(fault, endpoint));
        }
    }

    /// <returns>Why the connection ended.</returns>
    private async Task<string> OneConnectionAsync(ImapEndpoint endpoint, ImapSink sink, ImapSuspects suspects, Backoff backoff, CancellationToken cancellationToken)
    {
        ImapSession? session = null;
        try
        {
            await sink.ReportAsync(MailSourceState.Connecting, $"Connecting to {endpoint.Host}.", cancellationToken).ConfigureAwait(false);
            var connection = await ImapConnection.OpenAsync(endpoint, _settings, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                session = new ImapSession(connection, _settings, sink, suspects, backoff.Reset);
                await session.RunAsync(cancellationToken).ConfigureAwait(false);
                return string.Empty; // it ends only by an exception
            }
        }
        catch (Exception fault) when (IsOfTheServer(fault, cancellationToken))
        {
            // All of them: what a server sends may also hit a fault of the library, and no server may stop the node.
            suspects.Blame(session?.Fetching ?? [], fault);
            return ImapTrouble.Sentence(fault, endpoint);
        }
    }

    private static bool IsOfTheServer(Exception fault, CancellationToken cancellationToken) =>
        fault is not (MailSourceException or MailSinkException or OutOfMemoryException) && !cancellationToken.IsCancellationRequested;

    private static double Jitter() => RandomNumberGenerator.GetInt32(JitterSteps) / (double)JitterSteps;
}
