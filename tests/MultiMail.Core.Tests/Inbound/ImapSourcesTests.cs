using MultiMail.Core.Inbound;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;
using MultiMail.Testing;
using static MultiMail.Core.Tests.HandFetcher;

namespace MultiMail.Core.Tests;

/// <summary>Mail that is fetched from elsewhere, over a real store, from a source that the test plays.</summary>
public sealed class ImapSourcesTests : IAsyncDisposable
{
    private const string Address = "ada@provider.example";
    private readonly HandFetcher _fetcher = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Exception> _faults = [];
    private House? _house;
    private Task _running = Task.CompletedTask;

    [Fact]
    public async Task What_is_fetched_lies_in_the_mailbox_and_a_second_delivery_changes_nothing()
    {
        var house = await LinkedAsync();
        var (endpoint, sink) = await StartAsync(house);
        Assert.Equal("imap.provider.example", endpoint.Host);
        Assert.Null(await sink.PositionAsync(default));
        await sink.StoreAsync([Fetched(1), Fetched(2)], new ImapPosition(9, 2), default);
        await sink.StoreAsync([Fetched(1), Fetched(2), Fetched(3), Fetched(3)], new ImapPosition(10, 3), default); // UIDVALIDITY changed

        var list = await house.ListAsync(Address);
        Assert.Equal(["Letter 3", "Letter 2", "Letter 1"], list.Messages.Select(m => m.Subject));
        Assert.Equal(new ImapPosition(10, 3), await sink.PositionAsync(default));
        Assert.Equal(3, Assert.Single(house.Node.Sources.Status).Fetched);
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task The_position_is_kept_whole()
    {
        var (_, sink) = await StartAsync(await LinkedAsync());
        var position = new ImapPosition(uint.MaxValue, uint.MaxValue) { Since = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), RelistTo = 7 };
        await sink.StoreAsync([], position, default);
        Assert.Equal(position, await sink.PositionAsync(default));
    }

    [Fact]
    public async Task Mail_is_held_in_a_mailbox_that_holds_what_comes_in()
    {
        var house = await LinkedAsync();
        await house.SetModeAsync(Address, "gated_all");
        var (_, sink) = await StartAsync(house);
        await sink.StoreAsync([Fetched(1)], new ImapPosition(9, 1), default);
        Assert.Equal((1, 1), (Stored(house), Stored(house, "held")));
        Assert.Empty((await house.ListAsync(Address)).Messages);
    }

    [Fact]
    public async Task A_message_of_which_only_a_part_was_fetched_is_quarantined()
    {
        var house = await LinkedAsync();
        var (_, sink) = await StartAsync(house);
        await sink.StoreAsync([Fetched(1, truncated: true)], new ImapPosition(9, 1), default);
        Assert.Empty((await house.ListAsync(Address)).Messages);
        Assert.Equal(1, Stored(house, "quarantined"));
    }

    [Fact]
    public async Task A_uid_that_could_not_be_fetched_is_known_afterwards()
    {
        var house = await LinkedAsync();
        var (_, sink) = await StartAsync(house);
        await sink.QuarantineAsync(5, "It broke.", new ImapPosition(9, 5), default);
        var kept = Assert.Single(await house.Node.Sources.QuarantinedAsync(house.Person.Account, 10, default));
        Assert.Equal((9u, 5u, "It broke.", house.Clock.GetUtcNow()), (kept.UidValidity, kept.Uid, kept.Reason, kept.At));
        Assert.DoesNotContain("secret", kept.Source, StringComparison.Ordinal);
        var told = Assert.Single((await house.Node.Doctor.ExamineAsync(house.Person, default)).Findings, f => f.Area == "sources");
        Assert.Equal("warning", told.State);
        Assert.Contains("UID 5 (UIDVALIDITY 9)", told.Sentence, StringComparison.Ordinal);
        Assert.Equal(new ImapPosition(9, 5), await sink.PositionAsync(default));
    }

    [Fact]
    public async Task A_copy_of_what_the_mailbox_sent_is_no_new_mail()
    {
        var house = await LinkedAsync();
        var (agent, _) = await house.KeyAsync("read,send", "live", Address);
        var sent = await house.SendAsync(Steps.Letter() with { From = Address }, agent);
        await house.ApproveAsync(sent.MessageId);
        await house.DeliverAsync();
        Assert.True(house.Node.Ids.TryParse<Ids.MessageId>(sent.MessageId, out var id));
        var field = (await house.Store.MessageAsync(house.Person.Account, id, default))!.MessageIdField;
        var (_, sink) = await StartAsync(house);
        var copy = $"From: {Address}\r\nTo: {Installation.PersonAddress}\r\nMessage-ID: <{field.Trim('<', '>')}>\r\n\r\nThey are fine.\r\n";

        await sink.StoreAsync([Fetched(1, copy), Fetched(2, copy.Replace($"From: {Address}", "From: bo@stranger.example", StringComparison.Ordinal))], new ImapPosition(9, 2), default);

        Assert.Equal("bo@stranger.example", Assert.Single((await house.ListAsync(Address)).Messages).FromAddress);
    }

    [Fact]
    public async Task A_batch_that_breaks_off_is_kept_to_where_its_position_says()
    {
        var house = await LinkedAsync();
        var (_, sink) = await StartAsync(house);
        var batch = Enumerable.Range(1, 120).Select(i => Fetched((uint)i)).ToList();
        house.Tamper("CREATE TRIGGER crash BEFORE INSERT ON message WHEN new.subject = 'Letter 70' BEGIN SELECT RAISE(ABORT, 'crash'); END");
        await Assert.ThrowsAnyAsync<Exception>(async () => await sink.StoreAsync(batch, new ImapPosition(9, 120), default));
        Assert.Equal((50, 50u), (Stored(house), (await sink.PositionAsync(default))!.LastUid));

        house.Tamper("DROP TRIGGER crash");
        await sink.StoreAsync([.. batch.Where(m => m.Uid > 50)], new ImapPosition(9, 120), default);
        Assert.Equal((120, 120u), (Stored(house), (await sink.PositionAsync(default))!.LastUid));
    }

    [Fact]
    public async Task One_node_feeds_a_mailbox_and_the_other_takes_over_when_it_ends()
    {
        var house = await LinkedAsync();
        var (_, first) = await StartAsync(house);
        var fetcher = new HandFetcher();
        var other = MultiMailNode.Create(house.Store, Options(fetcher), house.Clock);
        using var stop = new CancellationTokenSource();
        var running = other.Sources.RunAsync(_faults.Add, stop.Token);
        await UntilAsync(() => other.Sources.Status is [{ State: ImapSourceState.Elsewhere }]);
        await first.StoreAsync([Fetched(1)], new ImapPosition(9, 1), default);
        house.Clock.Advance(TimeSpan.FromSeconds(20)); // the first renews
        Assert.False(fetcher.HasStarted);

        await _stop.CancelAsync();
        await _fetcher.EndedAsync();
        await EndAsync(_running);
        await UntilAsync(() => fetcher.HasStarted, () => house.Clock.Advance(TimeSpan.FromSeconds(5)));
        var (_, second) = await fetcher.StartedAsync();
        Assert.Equal(new ImapPosition(9, 1), await second.PositionAsync(default));

        // Whatever the first still has in hand is too late.
        await Assert.ThrowsAsync<ImapSourceLostException>(async () => await first.StoreAsync([Fetched(2)], new ImapPosition(9, 2), default));
        await second.StoreAsync([Fetched(2)], new ImapPosition(9, 2), default);
        Assert.Equal(2, Stored(house));
        await stop.CancelAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task A_changed_link_is_followed_and_begins_anew()
    {
        var house = await LinkedAsync();
        var (_, first) = await StartAsync(house);
        await first.StoreAsync([Fetched(1)], new ImapPosition(9, 1), default);
        await LinkAsync(house, "imaps://ada:other@imap.elsewhere.example:993/INBOX");
        await UntilAsync(() => _fetcher.HasStarted, () => house.Clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal("imap.provider.example", (await _fetcher.EndedAsync()).Host);
        var (endpoint, sink) = await _fetcher.StartedAsync();
        Assert.Equal("imap.elsewhere.example", endpoint.Host);
        Assert.Null(await sink.PositionAsync(default));
    }

    [Fact]
    public async Task A_refused_sign_in_stops_the_source_until_it_may_be_cured()
    {
        _fetcher.Fault = new MailSourceException("sign_in_refused", "The password is wrong.");
        var house = await LinkedAsync();
        await StartAsync(house);
        await UntilAsync(() => house.Node.Sources.Status is [{ State: ImapSourceState.Stopped, Detail: "The password is wrong." }]);
        house.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(_fetcher.HasStarted);
        _fetcher.Fault = null;
        await UntilAsync(() => _fetcher.HasStarted, () => house.Clock.Advance(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Our_own_trouble_is_told_and_tried_again()
    {
        _fetcher.Fault = new StoreUnavailableException("storage_full", "The disk is full.");
        var house = await LinkedAsync();
        await StartAsync(house);
        await UntilAsync(() => _faults.Count == 1);
        Assert.Equal(ImapSourceState.Failing, Assert.Single(house.Node.Sources.Status).State);
        _fetcher.Fault = null;
        await UntilAsync(() => _fetcher.HasStarted, () => house.Clock.Advance(TimeSpan.FromSeconds(5)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        if (_house is not null)
        {
            await _house.DisposeAsync();
        }
    }

    private static CoreOptions Options(HandFetcher fetcher) => new() { MasterKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)], Fetcher = fetcher };

    private async Task<House> LinkedAsync()
    {
        _house = await House.BuildAsync(_ => Options(_fetcher));
        var link = new LinkChange { ImapUrl = "imaps://ada:secret@imap.provider.example:993/INBOX", Check = false };
        await _house.Node.Mailboxes.CreateAsync(_house.Person, new NewMailbox { Address = Address, Link = link }, default);
        return _house;
    }

    private static Task<MailboxLinkView?> LinkAsync(House house, string url) =>
        house.Node.Links.SetAsync(house.Person, Address, new LinkChange { ImapUrl = url, Check = false }, default);

    private Task<(ImapEndpoint Endpoint, IMailSink Sink)> StartAsync(House house)
    {
        _running = house.Node.Sources.RunAsync(_faults.Add, _stop.Token);
        return _fetcher.StartedAsync();
    }

    private static async Task EndAsync(Task running) => await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static int Stored(House house, string? status = null)
    {
        using var db = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(house.Folder, "multimail.db")};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM message WHERE direction = 'inbound' AND ($status IS NULL OR status = $status)";
        command.Parameters.AddWithValue("$status", (object?)status ?? DBNull.Value);
        return Convert.ToInt32(command.ExecuteScalar());
    }

    /// <summary>The feed runs on threads of its own, under a clock that only the test moves.</summary>
    private static async Task UntilAsync(Func<bool> holds, Action? step = null)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            step?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(5), late.Token);
        }
    }
}
