using MultiMail.Mail;

namespace MultiMail.Core.Tests.Delivery;

/// <summary>A relay that answers each recipient as the test says, and keeps what it was given.</summary>
internal sealed class ScriptedRelay : IMailTransport
{
    private readonly Lock _lock = new();
    private readonly List<(MailEnvelope Envelope, byte[] Bytes)> _seen = [];
    private int _open;

    public IReadOnlyList<(MailEnvelope Envelope, byte[] Bytes)> Seen
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>How many dialogues were open at the same time at most.</summary>
    public int MostOpen { get; private set; }

    /// <summary>What a recipient is told in the given dialogue, counted from 1.</summary>
    public Func<string, int, RecipientReply> Answer { get; set; } = (address, _) => Accepted(address);

    public TransportTrouble Trouble { get; set; }

    /// <summary>A dialogue waits for this.</summary>
    public Func<MailEnvelope, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public static RecipientReply Accepted(string address) => new(address, ReplyClass.Accepted, "2.0.0", "queued");

    public static RecipientReply Deferred(string address, string code = "4.2.0") => new(address, ReplyClass.Deferred, code, "try later");

    public static RecipientReply Refused(string address, string code) => new(address, ReplyClass.Refused, code, "no");

    public static RecipientReply Lost(string address) => new(address, ReplyClass.Unknown, "4.4.2", "lost");

    public async Task<TransportResult> SendAsync(RelayEndpoint relay, MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        int number;
        lock (_lock)
        {
            _seen.Add((envelope, message.ToArray()));
            number = _seen.Count;
            MostOpen = Math.Max(MostOpen, ++_open);
        }

        try
        {
            await Before(envelope, cancellationToken);
            return new TransportResult([.. envelope.Recipients.Select(r => Answer(r, number))], Trouble);
        }
        finally
        {
            lock (_lock)
            {
                _open--;
            }
        }
    }

    public Task<EndpointCheck> CheckAsync(RelayEndpoint relay, CancellationToken cancellationToken) =>
        Task.FromResult(new EndpointCheck(Works: true, "ok", "It works."));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
