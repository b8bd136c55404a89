using System.Threading.Channels;
using MultiMail.Mail;

namespace MultiMail.Core.Tests;

/// <summary>A source whose mail the test hands over itself.</summary>
internal sealed class HandFetcher : IMailSource
{
    private readonly Channel<(ImapEndpoint Endpoint, IMailSink Sink)> _started = Channel.CreateUnbounded<(ImapEndpoint, IMailSink)>();
    private readonly Channel<ImapEndpoint> _ended = Channel.CreateUnbounded<ImapEndpoint>();

    public Exception? Fault { get; set; }

    public static FetchedMail Fetched(uint uid, string? text = null, bool truncated = false) =>
        new(uid, System.Text.Encoding.UTF8.GetBytes(text ?? $"From: bo@stranger.example\r\nTo: ada@provider.example\r\nMessage-ID: <{uid}@stranger.example>\r\nSubject: Letter {uid}\r\n\r\nHello {uid}\r\n"), null, Seen: false, truncated);

    public async Task RunAsync(ImapEndpoint endpoint, IMailSink sink, CancellationToken cancellationToken)
    {
        _started.Writer.TryWrite((endpoint, sink));
        try
        {
            if (Fault is { } fault)
            {
                throw fault;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        finally
        {
            _ended.Writer.TryWrite(endpoint);
        }
    }

    public Task<EndpointCheck> CheckAsync(ImapEndpoint endpoint, CancellationToken cancellationToken) =>
        Task.FromResult(new EndpointCheck(Works: true, "ok", "It works."));

    public async Task<(ImapEndpoint Endpoint, IMailSink Sink)> StartedAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _started.Reader.ReadAsync(late.Token);
    }

    public bool HasStarted => _started.Reader.TryPeek(out _);

    public async Task<ImapEndpoint> EndedAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _ended.Reader.ReadAsync(late.Token);
    }
}
