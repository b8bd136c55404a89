namespace MultiMail.Mail;

/// <summary>Submission over MailKit's SMTP client (RFC 5321, RFC 6409), with everything that it leaves to its caller.</summary>
public sealed class MailKitTransport : IMailTransport
{
    private const int MaxRecipients = 50;
    private const int MaxEnvelopeId = 100; // RFC 3461 §4.4

    private readonly TransportOptions _options;
    private readonly TimeProvider _clock;
    private readonly RelayPool _pool;

    /// <param name="options">Null = the defaults.</param>
    public MailKitTransport(TimeProvider clock, TransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _options = options ?? new TransportOptions();
        _pool = new RelayPool(_options, clock);
    }

    /// <inheritdoc />
    public async Task<TransportResult> SendAsync(RelayEndpoint relay, MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(relay);
        Check(envelope, message);
        var mail = new RelayTransaction(envelope);
        try
        {
            RequireSafe(relay);
            using var place = await _pool.EnterAsync(relay, cancellationToken).ConfigureAwait(false);
            while (await place.TakeAsync(cancellationToken).ConfigureAwait(false) is { } kept)
            {
                try
                {
                    return await SendOverAsync(place, kept, mail, message, cancellationToken).ConfigureAwait(false);
                }
                catch (StaleRelayException)
                {
                    // Nothing of the mail was sent: the next one, or a new one at last.
                }
            }

            var session = await place.OpenAsync(cancellationToken).ConfigureAwait(false);
            return await SendOverAsync(place, session, mail, message, cancellationToken).ConfigureAwait(false);
        }
        catch (RelayFaultException e)
        {
            return mail.Finish(ReplyClass.Deferred, e.Status, e.Message, e.Trouble);
        }
    }

    /// <inheritdoc />
    public async Task<EndpointCheck> CheckAsync(RelayEndpoint relay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(relay);
        try
        {
            RequireSafe(relay);
            using var session = await RelaySession.OpenAsync(relay, _options, _clock, cancellationToken).ConfigureAwait(false);
            await session.QuitAsync(_options.ReplyWithin).ConfigureAwait(false);
            return new EndpointCheck(Works: true, "ok", $"{relay} {(relay.User is null ? "answers" : "took the sign-in")}.");
        }
        catch (RelayFaultException e)
        {
            return new EndpointCheck(Works: false, Code(e.Trouble), e.Message);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private static async Task<TransportResult> SendOverAsync(
        RelayPool.Place place, RelaySession session, RelayTransaction mail, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            return await session.SendAsync(mail, message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await place.GiveBackAsync(session).ConfigureAwait(false);
        }
    }

    // An endpoint need not come from a URL.
    private static void RequireSafe(RelayEndpoint relay)
    {
        if (relay.Security is RelaySecurity.None && (relay.User is not null || !EndpointUrl.IsLoopback(relay.Host)))
        {
            throw RelayFaultException.NotSecure($"{relay} is without TLS: only this machine is spoken to in clear text, and never with a password.");
        }
    }

    private static void Check(MailEnvelope envelope, ReadOnlyMemory<byte> message)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var recipients = envelope.Recipients;
        if (recipients.Count is 0 or > MaxRecipients || recipients.Distinct(StringComparer.OrdinalIgnoreCase).Count() != recipients.Count)
        {
            throw new ArgumentException($"There must be 1 to {MaxRecipients} recipients, each once.", nameof(envelope));
        }

        if (!recipients.All(IsAddress) || (envelope.ReturnPath.Length > 0 && !IsAddress(envelope.ReturnPath)))
        {
            throw new ArgumentException("The return path and the recipients must be addresses as our parser writes them.", nameof(envelope));
        }

        if (envelope.EnvelopeId is { } id && (id.Length is 0 or > MaxEnvelopeId || id.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            throw new ArgumentException($"An envelope id has 1 to {MaxEnvelopeId} printable ASCII characters.", nameof(envelope));
        }

        List<string> faults = [.. FrozenForm.Faults(message.Span)];
        if (!FrozenMessage.HasHeader(message.Span))
        {
            faults.Add("it does not begin with a header field, or has no blank line after the header");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"The message is not in frozen form: {string.Join("; ", faults)}.", nameof(message));
        }
    }

    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address, out _) && address.DisplayName is null
        && string.Equals(address.AddrSpec, text, StringComparison.OrdinalIgnoreCase);

    private static string Code(TransportTrouble trouble) => trouble switch
    {
        TransportTrouble.NotSecure => "not_secure",
        TransportTrouble.SignInRefused => "sign_in_refused",
        TransportTrouble.Disconnected => "protocol_error",
        _ => "unreachable",
    };
}
