using System.Threading.Channels;

namespace MultiMail.Mail.Tests;

/// <summary>Keeps what it is given, and lets a test wait for it.</summary>
internal sealed class RecordingSink : IMailSink
{
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    public ImapPosition? Position { get; set; }

    public List<FetchedMail> Stored { get; } = [];

    public List<uint> Quarantined { get; } = [];

    public Func<IReadOnlyList<FetchedMail>, Exception?> Fault { get; set; } = static _ => null;

    public ValueTask<ImapPosition?> PositionAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Position);

    public ValueTask StoreAsync(IReadOnlyList<FetchedMail> batch, ImapPosition after, CancellationToken cancellationToken)
    {
        if (Fault(batch) is { } fault)
        {
            throw fault;
        }

        Position = after;
        Stored.AddRange(batch);
        foreach (var mail in batch)
        {
            _told.Writer.TryWrite($"stored {mail.Uid}");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask QuarantineAsync(uint uid, string reason, ImapPosition after, CancellationToken cancellationToken)
    {
        Position = after;
        Quarantined.Add(uid);
        _told.Writer.TryWrite($"quarantined {uid}");
        return ValueTask.CompletedTask;
    }

    public ValueTask ReportAsync(MailSourceState state, string detail, CancellationToken cancellationToken)
    {
        _told.Writer.TryWrite(state.ToString());
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads on until this is told.</summary>
    public async Task UntilAsync(string told)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _told.Reader.ReadAsync(late.Token) != told)
        {
            // something else
        }
    }
}
