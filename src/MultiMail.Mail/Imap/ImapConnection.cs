using System.Net;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MultiMail.Mail;

/// <summary>The server cannot serve now; nothing is wrong with the settings.</summary>
internal sealed class ImapUnavailableException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>Signed in to a server, behind the guard, with the folder open for reading only.</summary>
internal sealed class ImapConnection : IAsyncDisposable
{
    private readonly ImapClient _client;

    private ImapConnection(ImapClient client, ImapGuard guard)
    {
        _client = client;
        Guard = guard;
    }

    public ImapGuard Guard { get; }

    public ImapFolder Folder { get; private set; } = null!; // set before anybody sees the connection

    public bool CanIdle => _client.Capabilities.HasFlag(ImapCapabilities.Idle);

    /// <exception cref="MailSourceException">Only new settings can cure it.</exception>
    public static async Task<ImapConnection> OpenAsync(ImapEndpoint endpoint, ImapSettings settings, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(settings.Times.Connect, settings.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var dialed = await settings.Dial(endpoint, either.Token).ConfigureAwait(false);
        var client = new ImapClient { Timeout = (int)settings.Times.Read.TotalMilliseconds };
        var connection = new ImapConnection(client, new ImapGuard(dialed.Stream, settings.Limits, settings.Clock));
        try
        {
            await client.ConnectAsync(connection.Guard, endpoint.Host, endpoint.Port, SecureSocketOptions.None, either.Token).ConfigureAwait(false);
            await connection.SignInAsync(endpoint, dialed.Secure, cancellationToken).ConfigureAwait(false);
            await connection.OpenFolderAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the server tells something or <paramref name="done"/> is cancelled.</summary>
    public Task IdleAsync(CancellationToken done, CancellationToken cancellationToken) => _client.IdleAsync(done, cancellationToken);

    public Task NoOpAsync(CancellationToken cancellationToken) => _client.NoOpAsync(cancellationToken);

    /// <summary>Says goodbye, where there is time for it.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => _client.DisconnectAsync(quit: true, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // The stream first: MailKit must not talk to a server that is being left.
        await Guard.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private async Task SignInAsync(ImapEndpoint endpoint, bool secure, CancellationToken cancellationToken)
    {
        if (!secure)
        {
            // MailKit would take PREAUTH, and send a password, in clear text: whoever sits between could be the server.
            throw new MailSourceException("not_secure", $"The connection to {endpoint.Host} is not encrypted; the password was not sent.");
        }

        if (_client.IsAuthenticated)
        {
            return;
        }

        _client.AuthenticationMechanisms.RemoveWhere(static name => !IsOurs(name));
        try
        {
            await SignInAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is AuthenticationException or ImapCommandException)
        {
            throw ImapRefusal.IsTemporary(Guard.LastStatus)
                ? new ImapUnavailableException($"{endpoint.Host} cannot sign anybody in at the moment.", fault)
                : new MailSourceException("sign_in_refused", $"{endpoint.Host} refused the user name or the password.", fault);
        }
        catch (NotSupportedException fault)
        {
            throw new MailSourceException("sign_in_refused", $"{endpoint.Host} offers no way of signing in that is known here.", fault);
        }
    }

    private Task SignInAsync(ImapEndpoint endpoint, CancellationToken cancellationToken) => endpoint.OAuth
        ? _client.AuthenticateAsync(new SaslMechanismOAuth2(endpoint.User, endpoint.Secret), cancellationToken)
        : _client.AuthenticateAsync(Encoding.UTF8, new NetworkCredential(endpoint.User, endpoint.Secret), cancellationToken);

    private async Task OpenFolderAsync(ImapEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            var folder = endpoint.Folder.Equals("INBOX", StringComparison.OrdinalIgnoreCase)
                ? _client.Inbox
                : await _client.GetFolderAsync(endpoint.Folder, cancellationToken).ConfigureAwait(false);
            Folder = (ImapFolder)folder;
            await Folder.OpenAsync(FolderAccess.ReadOnly, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is FolderNotFoundException or ImapCommandException)
        {
            throw ImapRefusal.IsTemporary(Guard.LastStatus)
                ? new ImapUnavailableException($"{endpoint.Host} cannot open the folder at the moment.", fault)
                : new MailSourceException("no_such_folder", $"There is no folder of that name at {endpoint.Host}, or it may not be read.", fault);
        }
    }

    private static bool IsOurs(string mechanism) =>
        mechanism is "PLAIN" or "LOGIN" || mechanism.StartsWith("SCRAM-", StringComparison.OrdinalIgnoreCase);
}

/// <summary>All of a source that a test may want to be different.</summary>
internal sealed record ImapSettings(TimeProvider Clock)
{
    public ImapLimits Limits { get; init; } = ImapLimits.Default;

    public ImapTimes Times { get; init; } = ImapTimes.Default;

    public Func<ImapEndpoint, CancellationToken, Task<DialedStream>> Dial { get; init; } = ImapDial.TlsAsync;

    /// <summary>The largest message that is fetched whole.</summary>
    public int MessageCap { get; init; } = ImapLimits.MessageCap;
}
