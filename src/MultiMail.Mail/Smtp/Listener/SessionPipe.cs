using System.Buffers;
using System.IO.Pipelines;

namespace MultiMail.Mail;

internal enum Heard
{
    Data,

    /// <summary>The client closed, or the connection broke.</summary>
    End,

    TooSlow,
    Stopping,
}

/// <summary>
/// The connection as a session uses it: replies gather until there is nothing more to read, and every wait has an end.
/// One timer serves all waits; it is set anew only when it would ring too late.
/// </summary>
internal sealed class SessionPipe : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1); // what a timer can tell from "at once, for ever"

    private readonly TimeProvider _clock;
    private readonly TimeSpan _patience;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenRegistration _stop;
    private readonly ITimer _timer;
    private IDuplexPipe _pipe;
    private long _deadline = long.MaxValue; // timestamps; read by the timer's thread
    private long _rings = long.MaxValue;
    private bool _flushing;
    private bool _unsaid;

    /// <param name="patience">How long a client may leave our replies untaken.</param>
    public SessionPipe(IDuplexPipe pipe, TimeProvider clock, TimeSpan patience, CancellationToken stopping)
    {
        (_pipe, _clock, _patience, _stopping) = (pipe, clock, patience, stopping);
        _timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stop = stopping.UnsafeRegister(static self => ((SessionPipe)self!)._pipe.Input.CancelPendingRead(), this);
    }

    /// <summary>What <see cref="HearAsync"/> found; valid until <see cref="Advance"/>.</summary>
    public ReadOnlySequence<byte> Input { get; private set; }

    public long Now => _clock.GetTimestamp();

    /// <summary>The timestamp of that time from now.</summary>
    public long In(TimeSpan time) => After(Now, time);

    public long After(long timestamp, TimeSpan time) => timestamp + (long)(time.TotalSeconds * _clock.TimestampFrequency);

    /// <summary>After STARTTLS. Nothing of the old pipe is left: the caller saw to it.</summary>
    public void Switch(IDuplexPipe pipe) => _pipe = pipe;

    public void Say(SmtpReply reply) => Say(reply.Wire);

    public void Say(ReadOnlySpan<byte> wire)
    {
        _pipe.Output.Write(wire);
        _unsaid = true;
    }

    public async ValueTask FlushAsync()
    {
        if (!_unsaid)
        {
            return;
        }

        _unsaid = false;
        var flush = _pipe.Output.FlushAsync();
        if (!flush.IsCompletedSuccessfully)
        {
            Volatile.Write(ref _flushing, true);
            SetTimer(In(_patience));
        }

        var result = await flush.ConfigureAwait(false);
        Volatile.Write(ref _flushing, false);
        if (result.IsCanceled)
        {
            throw new IOException("The client does not take our replies.");
        }
    }

    /// <summary>True when something is there already; says nothing of what is on its way.</summary>
    public bool Waits()
    {
        var some = _pipe.Input.TryRead(out var result);
        if (some)
        {
            _pipe.Input.AdvanceTo(result.Buffer.Start);
        }

        return some && !result.Buffer.IsEmpty;
    }

    /// <summary>What is there, or what comes before the deadline; our replies go out before anything is waited for.</summary>
    /// <param name="deadline">A timestamp of the clock. Octets that drip in do not move it: the caller does, or does not.</param>
    /// <param name="stoppable">The node's end ends this wait.</param>
    public async ValueTask<Heard> HearAsync(long deadline, bool stoppable)
    {
        if (stoppable && _stopping.IsCancellationRequested)
        {
            return Heard.Stopping;
        }

        if (_pipe.Input.TryRead(out var ready))
        {
            if (!ready.IsCanceled)
            {
                return Take(ready);
            }

            _pipe.Input.AdvanceTo(ready.Buffer.Start);
        }

        await FlushAsync().ConfigureAwait(false);
        SetTimer(deadline);
        while (Now < deadline)
        {
            var result = await _pipe.Input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (!result.IsCanceled)
            {
                return Take(result);
            }

            _pipe.Input.AdvanceTo(result.Buffer.Start);
            if (stoppable && _stopping.IsCancellationRequested)
            {
                return Heard.Stopping;
            }
        }

        return Heard.TooSlow;
    }

    /// <param name="consumed">Octets of <see cref="Input"/> that are done with.</param>
    /// <param name="wantMore">The rest is of no use without more octets.</param>
    public void Advance(long consumed, bool wantMore)
    {
        var to = Input.GetPosition(consumed);
        _pipe.Input.AdvanceTo(to, wantMore ? Input.End : to);
        Input = default;
    }

    public void Dispose()
    {
        _stop.Dispose();
        _timer.Dispose();
    }

    private Heard Take(ReadResult result)
    {
        Input = result.Buffer;
        return result.Buffer.IsEmpty && result.IsCompleted ? Heard.End : Heard.Data;
    }

    private void SetTimer(long deadline)
    {
        var now = Now;
        Volatile.Write(ref _deadline, deadline);
        if (_rings <= now || deadline < _rings)
        {
            _rings = deadline;
            _timer.Change(Left(now, deadline), Timeout.InfiniteTimeSpan);
        }
    }

    private TimeSpan Left(long now, long deadline)
    {
        var left = _clock.GetElapsedTime(now, deadline);
        return left > Shortest ? left : Shortest;
    }

    private void Ring()
    {
        var deadline = Volatile.Read(ref _deadline);
        var now = Now;
        if (now < deadline)
        {
            _timer.Change(Left(now, deadline), Timeout.InfiniteTimeSpan);
            return;
        }

        _pipe.Input.CancelPendingRead();
        if (Volatile.Read(ref _flushing))
        {
            _pipe.Output.CancelPendingFlush();
        }
    }
}
