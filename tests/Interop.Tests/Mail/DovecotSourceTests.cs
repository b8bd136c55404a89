using System.Net.Mail;
using System.Threading.Channels;
using MultiMail.Mail;

namespace Interop.Mail;

/// <summary>A real server at the other end: Postfix takes a mail, Dovecot tells of it, we fetch it and leave no trace.</summary>
public sealed class DovecotSourceTests(MailServers servers)
{
    private const string User = "fetched";

    [Fact]
    public async Task Mail_that_arrives_is_told_by_idle_fetched_and_left_unread()
    {
        var running = await servers.NeededAsync();
        var endpoint = new ImapEndpoint(running.Host, running.ImapsPort, RunningMailServers.Address(User), RunningMailServers.Password) { CaFile = running.CaFile };
        var source = new MailKitSource(TimeProvider.System);
        Assert.Equal(new EndpointCheck(Works: true, "ok", "The folder at localhost can be read."), await source.CheckAsync(endpoint, TestContext.Current.CancellationToken));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(60));
        var sink = new WaitingSink();
        var fetching = source.RunAsync(endpoint, sink, stop.Token);
        await sink.UntilAsync(MailSourceState.Idle, stop.Token);

        using (var client = new SmtpClient("127.0.0.1", running.SmtpPort))
        {
            await client.SendMailAsync("bo@stranger.example", RunningMailServers.Address(User), "By IDLE", "Good morning.", stop.Token);
        }

        var mail = await sink.NextAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Contains("Subject: By IDLE\r\n", System.Text.Encoding.UTF8.GetString(mail.Raw.Span), StringComparison.Ordinal);
        Assert.False(mail.Seen);

        // Dovecot keeps flags in the file's name.
        var maildir = Path.Combine(running.Folder, "mail", RunningMailServers.Address(User), "Maildir");
        var file = Assert.Single(Directory.GetFiles(maildir, "*", SearchOption.AllDirectories), f => Path.GetDirectoryName(f) is var d && (d!.EndsWith("/new", StringComparison.Ordinal) || d.EndsWith("/cur", StringComparison.Ordinal)));
        Assert.DoesNotContain("S", file[(file.LastIndexOf(',') + 1)..].Length < 10 ? file[(file.LastIndexOf(',') + 1)..] : string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_folder_are_told_apart()
    {
        var running = await servers.NeededAsync();
        var endpoint = new ImapEndpoint(running.Host, running.ImapsPort, RunningMailServers.Address(User), RunningMailServers.Password) { CaFile = running.CaFile };
        var source = new MailKitSource(TimeProvider.System);
        Assert.Equal("sign_in_refused", (await source.CheckAsync(endpoint with { Secret = "wrong" }, TestContext.Current.CancellationToken)).Code);
        Assert.Equal("no_such_folder", (await source.CheckAsync(endpoint with { Folder = "Nowhere/At all" }, TestContext.Current.CancellationToken)).Code);
        Assert.Equal("not_secure", (await source.CheckAsync(endpoint with { CaFile = null }, TestContext.Current.CancellationToken)).Code);
    }

    private sealed class WaitingSink : IMailSink
    {
        private readonly Channel<FetchedMail> _mails = Channel.CreateUnbounded<FetchedMail>();
        private readonly Channel<MailSourceState> _states = Channel.CreateUnbounded<MailSourceState>();
        private ImapPosition? _position;

        public ValueTask<ImapPosition?> PositionAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_position);

        public ValueTask StoreAsync(IReadOnlyList<FetchedMail> batch, ImapPosition after, CancellationToken cancellationToken)
        {
            _position = after;
            foreach (var mail in batch)
            {
                _mails.Writer.TryWrite(mail);
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask QuarantineAsync(uint uid, string reason, ImapPosition after, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask ReportAsync(MailSourceState state, string detail, CancellationToken cancellationToken)
        {
            _states.Writer.TryWrite(state);
            return ValueTask.CompletedTask;
        }

        public ValueTask<FetchedMail> NextAsync(CancellationToken cancellationToken) => _mails.Reader.ReadAsync(cancellationToken);

        public async Task UntilAsync(MailSourceState state, CancellationToken cancellationToken)
        {
            while (await _states.Reader.ReadAsync(cancellationToken) != state)
            {
                // something else
            }
        }
    }
}
