using MailKit;
using MailKit.Net.Imap;

namespace MultiMail.Mail;

/// <summary>One connection's work: catch up, wait, catch up.</summary>
internal sealed class ImapSession
{
    private const uint Window = 5_000;

    /// <summary>A list is small: a flood of untagged answers ends here, before it fills the memory.</summary>
    private const long ListBytes = 4 * 1024 * 1024;

    // INTERNALDATE and our clock are two clocks.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromDays(1);

    private readonly ImapConnection _connection;
    private readonly ImapSettings _settings;
    private readonly ImapSink _sink;
    private readonly ImapSuspects _suspects;
    private readonly ImapBodies _bodies;
    private readonly Action _progress;
    private volatile bool _changed;
    private CancellationTokenSource? _idle;
    private ImapPosition _position = new(0, 0);

    /// <param name="progress">Called after each stored batch.</param>
    public ImapSession(ImapConnection connection, ImapSettings settings, ImapSink sink, ImapSuspects suspects, Action progress)
    {
        _connection = connection;
        _settings = settings;
        _sink = sink;
        _suspects = suspects;
        _progress = progress;
        _bodies = new ImapBodies(connection.Folder, settings.MessageCap);
    }

    /// <summary>The UIDs that were being fetched when the session broke.</summary>
    public IReadOnlyList<uint> Fetching { get; private set; } = [];

    private ImapFolder Folder => _connection.Folder;

    /// <summary>Returns only by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Folder.CountChanged += OnCountChanged;
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                _changed = false;
                await CatchUpAsync(cancellationToken).ConfigureAwait(false);
                if (!_changed)
                {
                    await WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            Folder.CountChanged -= OnCountChanged;
        }
    }

    private void OnCountChanged(object? sender, EventArgs e)
    {
        _changed = true;
        Volatile.Read(ref _idle)?.Cancel();
    }

    /// <summary>Where to begin: after the last fetch, at the end of a folder never read, or at the beginning of one whose UIDs are new.</summary>
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _suspects.Under(Folder.UidValidity);
        var known = await _sink.PositionAsync(cancellationToken).ConfigureAwait(false);
        if (known?.UidValidity == Folder.UidValidity)
        {
            _position = known;
            return;
        }

        var last = await LastUidAsync(cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            _position = new ImapPosition(Folder.UidValidity, last) { Since = _settings.Clock.GetUtcNow() };
            await _sink.StoreAsync([], _position, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _position = known with { UidValidity = Folder.UidValidity, LastUid = 0, RelistTo = last };
        }
    }

    private async Task<uint> LastUidAsync(CancellationToken cancellationToken)
    {
        if (Folder.UidNext is { Id: > 0 } next)
        {
            return next.Id - 1;
        }

        var listed = await ListAsync(new UniqueIdRange(UniqueId.MaxValue, UniqueId.MaxValue), cancellationToken).ConfigureAwait(false);
        return listed.Count == 0 ? 0 : listed[^1].Uid;
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        ulong from = _position.LastUid + 1UL;
        ulong span = Window;
        while (from <= uint.MaxValue)
        {
            // UIDNEXT may be old by now: the last window is open.
            var open = Folder.UidNext is not { Id: > 0 } next || from + span >= next.Id;
            var to = open ? uint.MaxValue : (uint)(from + span - 1);
            var listed = await ListAsync(new UniqueIdRange(new UniqueId((uint)from), new UniqueId(to)), cancellationToken).ConfigureAwait(false);

            // RFC 9051 §6.4.9: n:* names the last message, however low its UID.
            await FetchAsync([.. listed.Where(message => message.Uid >= from)], cancellationToken).ConfigureAwait(false);
            if (open)
            {
                return;
            }

            from += span;
            span = listed.Count == 0 ? Math.Min(span * 4, uint.MaxValue) : Window; // a server may number with large gaps
        }
    }

    private async Task<List<ImapListed>> ListAsync(UniqueIdRange range, CancellationToken cancellationToken)
    {
        _connection.Guard.Allow(ListBytes);
        try
        {
            var told = await Folder.FetchAsync(
                range,
                MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.InternalDate | MessageSummaryItems.Size,
                cancellationToken).ConfigureAwait(false);
            return [.. told.Where(m => m.UniqueId.IsValid).Select(Listed).DistinctBy(m => m.Uid).OrderBy(m => m.Uid)];
        }
        catch (ImapCommandException fault)
        {
            throw new ImapUnavailableException("The server does not list the folder at the moment.", fault);
        }
        finally
        {
            _connection.Guard.Allow(null);
        }
    }

    private async Task FetchAsync(List<ImapListed> listed, CancellationToken cancellationToken)
    {
        if (listed.Count == 0)
        {
            return;
        }

        await _sink.ReportAsync(MailSourceState.Fetching, $"{listed.Count} new messages are listed.", cancellationToken).ConfigureAwait(false);
        var wanted = listed.Where(message => !IsFromBefore(message)).ToList();
        foreach (var segment in ImapSegments.Cut(wanted, _settings.MessageCap, _suspects.MustBeAlone))
        {
            await FetchSegmentAsync(segment, cancellationToken).ConfigureAwait(false);
        }

        if (_position.LastUid < listed[^1].Uid)
        {
            // The last ones were passed over.
            await StoreAsync([], listed[^1].Uid, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Halves what the server refuses until it refuses one message alone.</summary>
    private async Task FetchSegmentAsync(IReadOnlyList<ImapListed> segment, CancellationToken cancellationToken)
    {
        var last = segment[^1].Uid;
        if (segment.Count == 1 && _suspects.IsGivenUp(last))
        {
            _position = _position with { LastUid = last };
            await _sink.QuarantineAsync(last, "The connection broke twice when this message was fetched.", _position, cancellationToken).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<FetchedMail> mails;
        Fetching = [.. segment.Select(message => message.Uid)];
        try
        {
            mails = await _bodies.FetchAsync(segment, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapCommandException) when (segment.Count > 1 && !ImapRefusal.IsTemporary(_connection.Guard.LastStatus))
        {
            var half = segment.Count / 2;
            await FetchSegmentAsync([.. segment.Take(half)], cancellationToken).ConfigureAwait(false);
            await FetchSegmentAsync([.. segment.Skip(half)], cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (ImapCommandException fault) when (ImapRefusal.IsTemporary(_connection.Guard.LastStatus))
        {
            Fetching = []; // nobody's fault
            throw new ImapUnavailableException("The server serves no messages at the moment.", fault);
        }

        Fetching = [];
        await StoreAsync(mails, last, cancellationToken).ConfigureAwait(false);
    }

    private async Task StoreAsync(IReadOnlyList<FetchedMail> mails, uint last, CancellationToken cancellationToken)
    {
        _position = _position with { LastUid = last };
        await _sink.StoreAsync(mails, _position, cancellationToken).ConfigureAwait(false);
        _progress();
    }

    private bool IsFromBefore(ImapListed message) =>
        message.Uid <= _position.RelistTo && _position.Since is { } since && message.InternalDate < since - ClocksDiffer;

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!_connection.CanIdle)
        {
            await _sink.ReportAsync(MailSourceState.Polling, "The server has no IDLE; it is asked again and again.", cancellationToken).ConfigureAwait(false);
            await Task.Delay(_settings.Times.Poll, _settings.Clock, cancellationToken).ConfigureAwait(false);
            await _connection.NoOpAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        await _sink.ReportAsync(MailSourceState.Idle, "Waiting for new mail.", cancellationToken).ConfigureAwait(false);
        using var done = new CancellationTokenSource(_settings.Times.Renew, _settings.Clock);

        // MailKit lifts the read timeout while it idles, also for the answer to DONE: a dead server would hold us for ever.
        using var dead = new CancellationTokenSource(_settings.Times.Renew + _settings.Times.Read, _settings.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, dead.Token);
        Volatile.Write(ref _idle, done);
        try
        {
            if (!_changed)
            {
                await _connection.IdleAsync(done.Token, either.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref _idle, null);
        }
    }

    private static ImapListed Listed(IMessageSummary summary) =>
        new(summary.UniqueId.Id, summary.Size, summary.InternalDate, summary.Flags?.HasFlag(MessageFlags.Seen) == true);
}
