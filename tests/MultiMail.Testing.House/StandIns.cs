using System.Collections.Concurrent;
using MultiMail.Mail;

namespace MultiMail.Testing;

/// <summary>A relay that lets in whoever has the right password, and takes what it is given.</summary>
public sealed class StandInTransport(string? password = null) : IMailTransport
{
    public ConcurrentQueue<(RelayEndpoint Relay, MailEnvelope Envelope)> Sent { get; } = new();

    public ConcurrentQueue<RelayEndpoint> Checked { get; } = new();

    public Task<TransportResult> SendAsync(RelayEndpoint relay, MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Sent.Enqueue((relay, envelope));
        return Task.FromResult(new TransportResult([.. envelope.Recipients.Select(r => new RecipientReply(r, ReplyClass.Accepted, "2.0.0", "taken"))]));
    }

    public Task<EndpointCheck> CheckAsync(RelayEndpoint relay, CancellationToken cancellationToken)
    {
        Checked.Enqueue(relay);
        return Task.FromResult(StandInSource.Answer(password is null || relay.Secret == password));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>An IMAP server that lets in whoever has the right password. It has no mail.</summary>
public sealed class StandInSource(string? password = null) : IMailSource
{
    public Task RunAsync(ImapEndpoint endpoint, IMailSink sink, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    public Task<EndpointCheck> CheckAsync(ImapEndpoint endpoint, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(password is null || endpoint.Secret == password));

    internal static EndpointCheck Answer(bool right) =>
        right ? new EndpointCheck(Works: true, "ok", "It answers and lets us in.") : new EndpointCheck(Works: false, "sign_in_refused", "It refused the sign-in.");
}

/// <summary>DNS of a few names; every other one does not exist. While silent it answers nothing.</summary>
public sealed class StandInDns : IDnsResolver
{
    private readonly ConcurrentDictionary<(string Name, DnsType Type), string[]> _records = new();

    public bool Silent { get; set; }

    public int Asked { get; private set; }

    public void Set(string name, DnsType type, params string[] records) => _records[(name, type)] = records;

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Asked++;
        return ValueTask.FromResult(
            Silent ? DnsAnswer.None(DnsOutcome.TemporaryFailure)
            : _records.TryGetValue((name, type), out var found) ? DnsAnswer.Found(found)
            : DnsAnswer.None(DnsOutcome.NoSuchName));
    }
}
