using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MultiMail.Core.Delivery;

/// <summary>
/// Works off the outbox, several jobs at a time. Each job is leased; the bytes are checked against the approved digest on the
/// spot; the intent leaf is durable before anything is delivered; the outcome commits together with what was delivered.
/// </summary>
public sealed class DeliveryWorker : IDisposable
{
    /// <summary>How many messages are in memory at most.</summary>
    public const int Slots = 8;

    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly CoreContext _core;
    private readonly DeliveryLanes _lanes = new();
    private readonly DeliveryRun _run;
    private readonly SemaphoreSlim _free = new(Slots);
    private readonly Lock _lock = new();
    private readonly List<Task> _working = [];
    private readonly Dictionary<MailboxId, Task> _turns = [];
    private readonly ConcurrentQueue<Exception> _faults = [];
    private readonly string _owner = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private MailboxId _served;

    internal DeliveryWorker(CoreContext core, InboundMail inbound, DeliveryHead head)
    {
        _core = core;
        _run = new DeliveryRun(core, inbound, head, _lanes);
    }

    /// <summary>Claims what is due now, as far as there are free slots, and works it off.</summary>
    /// <returns>How many jobs it took; 0 means that nothing was due that may be tried now.</returns>
    /// <exception cref="AggregateException">Some failed for a reason of our own; their leases run out and they are tried again.</exception>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var taken = await StartDueAsync(cancellationToken).ConfigureAwait(false);
        await DrainAsync().ConfigureAwait(false);
        ThrowFaults();
        return taken;
    }

    /// <summary>
    /// The same without waiting for the end, so that one slow relay delays nobody else. Waits for a free slot, and, when all that is
    /// due waits for a relay that has enough connections, for one of them to end.
    /// </summary>
    /// <exception cref="AggregateException">Of jobs started before.</exception>
    public async Task<int> StartDueAsync(CancellationToken cancellationToken)
    {
        ThrowFaults();
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        var slots = 1;
        while (slots < Slots && await _free.WaitAsync(0, CancellationToken.None).ConfigureAwait(false))
        {
            slots++;
        }

        IReadOnlyList<OutboxJob> jobs = [];
        try
        {
            var turn = new ClaimTurn(_served, _lanes.Full);
            jobs = await _core.Store.WriteAsync(unit => unit.ClaimAsync(_owner, Lease, slots, turn), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (slots > jobs.Count)
            {
                _free.Release(slots - jobs.Count);
            }
        }

        foreach (var job in jobs)
        {
            _served = job.Mailbox;
            lock (_lock)
            {
                // In the order of a mailbox's queue up to the relay, so that its mail arrives here as it was sent; dialogues go side by side.
                var before = _turns.GetValueOrDefault(job.Mailbox, Task.CompletedTask);
                var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _turns[job.Mailbox] = begun.Task;
                _working.Add(WorkAsync(job, before, begun, cancellationToken));
            }
        }

        if (jobs.Count == 0 && Working() is { Length: > 0 } working)
        {
            await Task.WhenAny(working).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return jobs.Count;
    }

    /// <summary>Waits for the end of what was started.</summary>
    public async Task DrainAsync()
    {
        while (Working() is { Length: > 0 } working)
        {
            await Task.WhenAll(working).ConfigureAwait(false);
        }
    }

    public void Dispose() => _free.Dispose();

    /// <param name="begun">Set when the next message of the mailbox may begin.</param>
    private async Task WorkAsync(OutboxJob job, Task before, TaskCompletionSource begun, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await _run.WorkAsync(job, begun.SetResult, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the node stops; the lease runs out
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _faults.Enqueue(fault); // one message's trouble stops no other; its lease runs out and it is tried again
        }
        finally
        {
            begun.TrySetResult();
            Forget(job.Mailbox, begun.Task);
            _free.Release();
        }
    }

    private void Forget(MailboxId mailbox, Task begun)
    {
        lock (_lock)
        {
            if (_turns.GetValueOrDefault(mailbox) == begun)
            {
                _turns.Remove(mailbox);
            }
        }
    }

    private Task[] Working()
    {
        lock (_lock)
        {
            _working.RemoveAll(task => task.IsCompleted);
            return [.. _working];
        }
    }

    private void ThrowFaults()
    {
        var faults = new List<Exception>();
        while (_faults.TryDequeue(out var fault))
        {
            faults.Add(fault);
        }

        if (faults.Count > 0)
        {
            throw new AggregateException("Some deliveries failed for a reason of our own.", faults);
        }
    }
}
