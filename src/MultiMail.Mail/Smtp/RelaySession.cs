using System.Net;
using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace MultiMail.Mail;

/// <summary>One connection to a relay, signed in. One mail at a time.</summary>
internal sealed class RelaySession : IDisposable
{
    // No CRAM-MD5, DIGEST-MD5, NTLM: within TLS they add nothing. One is chosen and tried once, so that a wrong password counts once.
    private static readonly string[] PasswordMechanisms = ["SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"];
    private static readonly string[] TokenMechanisms = ["XOAUTH2", "OAUTHBEARER"];

    private readonly RelayEndpoint _relay;
    private readonly RelayStream _stream;
    private readonly RelayClient _client;
    private readonly RelayTrust _trust;
    private readonly Secrets _secrets;
    private readonly TransportOptions _options;

    private RelaySession(RelayEndpoint relay, Socket socket, TransportOptions options, TimeProvider clock)
    {
        _relay = relay;
        _options = options;
        _secrets = new Secrets(relay);
        _trust = new RelayTrust(relay.Host, relay.CaFile);
        _stream = new RelayStream(socket, clock) { ReplyWithin = options.ReplyWithin };
        _client = new RelayClient(_secrets)
        {
            // RFC 5321 §4.1.4: without a name that the world knows, the address.
            LocalDomain = ((IPEndPoint)socket.LocalEndPoint!).Address.ToString(),
            ServerCertificateValidationCallback = (_, certificate, chain, errors) => _trust.Check(certificate, chain, errors),

            // It would ask servers that the operator never named.
            CheckCertificateRevocation = false,
            DeliveryStatusNotificationType = DeliveryStatusNotificationType.HeadersOnly,
        };
    }

    /// <summary>Mails carried so far.</summary>
    public int Mails { get; private set; }

    /// <summary>Timestamp of the clock when it was last used.</summary>
    public long RestsSince { get; set; }

    /// <summary>May carry another mail.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <exception cref="RelayFaultException">It cannot be used now.</exception>
    public static async Task<RelaySession> OpenAsync(RelayEndpoint relay, TransportOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var socket = await new RelayConnector(options, clock).ConnectAsync(relay, cancellationToken).ConfigureAwait(false);
        var session = new RelaySession(relay, socket, options, clock);
        try
        {
            await session.SecureAsync(cancellationToken).ConfigureAwait(false);
            await session.SignInAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch (Exception e)
        {
            session.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (e is RelayFaultException || session.Translate(e) is not { } fault)
            {
                throw;
            }

            throw fault;
        }
    }

    /// <summary>It can still be spoken to, as far as can be seen without, or with <paramref name="ask"/>, by asking.</summary>
    public async Task<bool> IsAliveAsync(bool ask, CancellationToken cancellationToken)
    {
        if (!_client.IsConnected || !_stream.IsQuiet())
        {
            return false;
        }

        if (!ask)
        {
            return true;
        }

        try
        {
            await _client.NoOpAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (IsLoss(e) || e is SmtpCommandException)
        {
            return false;
        }
    }

    /// <exception cref="OperationCanceledException">Cancelled before the final dot.</exception>
    /// <exception cref="StaleRelayException">The connection was at its end before the relay said anything: another one may be tried.</exception>
    public async Task<TransportResult> SendAsync(RelayTransaction mail, ReadOnlyMemory<byte> wire, CancellationToken cancellationToken)
    {
        if (_client.Capabilities.HasFlag(SmtpCapabilities.Size) && _client.MaxSize > 0 && wire.Length > _client.MaxSize)
        {
            return mail.Finish(ReplyClass.Refused, "5.3.4", $"The message has {wire.Length} octets; the relay takes {_client.MaxSize}.", TransportTrouble.NotSupported);
        }

        return await TransactAsync(mail, wire, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says goodbye, without waiting long for the answer.</summary>
    public async Task QuitAsync(TimeSpan within)
    {
        _stream.ReplyWithin = within;
        try
        {
            await _client.DisconnectAsync(quit: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // It is gone already.
        }

        Dispose();
    }

    public void Rest() => _stream.Rest();

    public void Dispose()
    {
        IsUsable = false;
        _client.Dispose();
        _stream.Dispose();
    }

    private static bool IsLoss(Exception e) => e is IOException or SmtpProtocolException or ServiceNotConnectedException or ObjectDisposedException;

    private async Task<TransportResult> TransactAsync(RelayTransaction mail, ReadOnlyMemory<byte> wire, CancellationToken cancellationToken)
    {
        var first = Mails++ == 0;
        IsUsable = false;
        _client.Current = mail;
        using var message = new FrozenMessage(wire, () => Written(mail));
        try
        {
            var text = await _client.SendAsync(FormatOptions.Default, message, mail.Sender, mail.Open, cancellationToken).ConfigureAwait(false);
            IsUsable = _client.IsConnected;
            return mail.Finish(RelayReply.Of(SmtpStatusCode.Ok, text, _secrets), ReplyClass.Accepted);
        }
        catch (SmtpCommandException e)
        {
            return Answered(mail, e, first);
        }
        catch (ServiceNotAuthenticatedException e)
        {
            // RFC 4954 §6, 530: the account is at fault and not the mail.
            return mail.Finish(RelayReply.Of((SmtpStatusCode)530, e.Message, _secrets), ReplyClass.Deferred, TransportTrouble.SignInRefused);
        }
        catch (RelayClosingException e)
        {
            return mail.Finish(e.Reply, ReplyClass.Deferred, TransportTrouble.Disconnected);
        }
        catch (Exception e) when (mail.Written && (IsLoss(e) || e is OperationCanceledException))
        {
            return mail.Finish(ReplyClass.Unknown, "4.4.2", "The connection was lost after the message was sent and before the relay answered.", TransportTrouble.Disconnected);
        }
        catch (Exception e) when (IsLoss(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!first && !mail.Answered && !_stream.IsLate)
            {
                throw new StaleRelayException();
            }

            return mail.Finish(ReplyClass.Deferred, "4.4.2", LossText(e), TransportTrouble.Disconnected);
        }
        finally
        {
            _client.Current = null;
            _stream.ReplyWithin = _options.ReplyWithin;
        }
    }

    private void Written(RelayTransaction mail)
    {
        mail.Written = true;
        _stream.ReplyWithin = _options.FinalReplyWithin;
    }

    private TransportResult Answered(RelayTransaction mail, SmtpCommandException e, bool first)
    {
        // Every recipient has its own answer already; MailKit adds a 554 of its own.
        if (!mail.Open.Any())
        {
            IsUsable = _client.IsConnected;
            return mail.Finish(ReplyClass.Refused, "5.0.0", string.Empty);
        }

        var reply = mail.SenderReply ?? RelayReply.Of(e.StatusCode, e.Message, _secrets);
        if (reply.IsClosing)
        {
            return !first && !mail.Answered
                ? throw new StaleRelayException()
                : mail.Finish(reply, ReplyClass.Deferred, TransportTrouble.Disconnected);
        }

        if (reply.Class is ReplyClass.Deferred or ReplyClass.Refused)
        {
            IsUsable = _client.IsConnected;
            return mail.Finish(reply, reply.Class.Value);
        }

        // An answer that fits no question. RFC 5321 §4.3.2: after the dot any 2xx is a yes; before it nothing was taken.
        return (mail.Written, reply.Class) switch
        {
            (true, ReplyClass.Accepted) => mail.Finish(reply, ReplyClass.Accepted),
            (true, _) => mail.Finish(ReplyClass.Unknown, "4.5.0", reply.Text, TransportTrouble.Disconnected),
            _ => mail.Finish(ReplyClass.Deferred, "4.5.0", reply.Text, TransportTrouble.Disconnected),
        };
    }

    private async Task SecureAsync(CancellationToken cancellationToken)
    {
        _stream.Expect();
        var security = _relay.Security switch
        {
            RelaySecurity.ImplicitTls => SecureSocketOptions.SslOnConnect,
            RelaySecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await _client.ConnectAsync(_stream, _relay.Host, _relay.Port, security, cancellationToken).ConfigureAwait(false);

        // RFC 6531: no address of ours needs it, and MailKit would turn A-labels into U-labels where it is offered.
        _client.Capabilities &= ~SmtpCapabilities.UTF8;
    }

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        if (_relay is not { User: { } user, Secret: { } secret })
        {
            return;
        }

        // MailKit would send a password in clear text if it were asked to.
        if (!_client.IsSecure)
        {
            throw RelayFaultException.NotSecure($"The connection to {_relay} is not encrypted: the password was not sent.");
        }

        var wanted = _relay.OAuth ? TokenMechanisms : PasswordMechanisms;
        var name = wanted.FirstOrDefault(_client.AuthenticationMechanisms.Contains)
            ?? throw RelayFaultException.SignInRefused($"{_relay} offers no way to sign in that is taken here: {string.Join(", ", wanted)}.");
        var mechanism = SaslMechanism.Create(name, Encoding.UTF8, new NetworkCredential(user, secret))!;
        await _client.AuthenticateAsync(mechanism, cancellationToken).ConfigureAwait(false);

        // RFC 5802 §3: a relay that says yes before its own proof is not believed; MailKit does.
        if (!mechanism.IsAuthenticated)
        {
            throw RelayFaultException.NotSecure(Unproven);
        }
    }

    /// <summary>What went wrong before any mail; null for what is no fault of relay or network.</summary>
    private RelayFaultException? Translate(Exception e) => e switch
    {
        _ when _stream.IsLate => RelayFaultException.Disconnected($"{_relay} did not answer in time.", e),
        SslHandshakeException => RelayFaultException.NotSecure($"No TLS with {_relay}: {_trust.Fault ?? "the handshake failed"}.", e),
        NotSupportedException => RelayFaultException.NotSecure($"{_relay} offers no STARTTLS: nothing was sent to it.", e),
        AuthenticationException { InnerException: SaslException } => RelayFaultException.NotSecure(Unproven, e),
        AuthenticationException refused => SignIn(refused),
        SmtpCommandException { StatusCode: (SmtpStatusCode)421 } closing => RelayFaultException.Disconnected(Said(closing), e),
        SmtpCommandException answer => RelayFaultException.Unreachable(Said(answer), e),
        _ when IsLoss(e) => RelayFaultException.Disconnected(LossText(e), e),
        _ => null,
    };

    /// <summary>RFC 4954 §4, §6: 535 and 534 speak of the account; 454 and the rest of the moment.</summary>
    private RelayFaultException SignIn(AuthenticationException e)
    {
        // MailKit writes the code in front, save for 534.
        var given = e.Message.Length > 4 && e.Message[3] == ':' && int.TryParse(e.Message.AsSpan(0, 3), out var code) ? code : 534;
        var words = RelayReply.Of((SmtpStatusCode)given, given == 534 ? e.Message : e.Message[4..].TrimStart(), _secrets).Text;
        return given switch
        {
            534 or 535 => RelayFaultException.SignInRefused($"{_relay} refused the user or the password: {words}", e),
            421 => RelayFaultException.Disconnected($"{_relay} took no sign-in: {words}", e),
            _ => RelayFaultException.Unreachable($"{_relay} took no sign-in: {words}", e),
        };
    }

    private string Unproven => $"{_relay} could not prove that it knows the password.";

    private string Said(SmtpCommandException e) => $"{_relay} took no mail: {RelayReply.Of(e.StatusCode, e.Message, _secrets).Text}";

    private string LossText(Exception e) => e switch
    {
        _ when _stream.IsLate => $"{_relay} did not answer in time.",
        SmtpProtocolException { InnerException: null } p when !p.Message.Contains("disconnected", StringComparison.Ordinal) => $"{_relay} answered what is no SMTP.",
        _ => $"{_relay} closed the connection.",
    };
}

/// <summary>A kept connection was at its end when it was used again; nothing of the mail was sent.</summary>
internal sealed class StaleRelayException : Exception;
