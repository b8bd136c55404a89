using MultiMail.Core.Storage;
using MultiMail.TransparencyLog;

namespace MultiMail.Core.Node;

/// <summary>What happens because time passed.</summary>
public sealed class Clockwork
{
    private const int Batch = 100;
    private readonly CoreContext _core;
    private readonly LogKeys _keys;

    internal Clockwork(CoreContext core, LogKeys keys)
    {
        _core = core;
        _keys = keys;
    }

    /// <summary>Ends holds and requests that nobody decided in time: nothing is sent, nothing is changed.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var late = await _core.Store.ExpiredApprovalsAsync(_core.Clock.GetUtcNow(), Batch, cancellationToken).ConfigureAwait(false);
        var expired = 0;
        foreach (var hold in late)
        {
            expired += await ExpireAsync(hold, cancellationToken).ConfigureAwait(false);
        }

        return expired + await ExpireRequestsAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ExpireRequestsAsync(CancellationToken cancellationToken)
    {
        var expired = 0;
        foreach (var request in await _core.Store.ExpiredRequestsAsync(_core.Clock.GetUtcNow(), Batch, cancellationToken).ConfigureAwait(false))
        {
            var eventId = _core.NewId<EventId>();
            expired += await _core.Store.WriteAsync(unit => _core.RequestBook.ExpireAsync(unit, request, eventId), cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return expired;
    }

    internal async Task<int> ExpireAsync(Approval hold, CancellationToken cancellationToken)
    {
        var note = _core.Transitions.Note(LeafActor.System) with { ClosesHoldAs = "expired" };
        return await _core.Store.WriteAsync(unit => ExpireOneAsync(unit, hold, note), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Signs the head of the first account's log when it has grown since the last checkpoint.</summary>
    /// <returns>How many checkpoints were signed.</returns>
    public async Task<int> SignCheckpointsAsync(CancellationToken cancellationToken)
    {
        if (await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return 0;
        }

        return await CheckpointAsync(account.Id, cancellationToken).ConfigureAwait(false) ? 1 : 0;
    }

    internal async Task<bool> CheckpointAsync(AccountId account, CancellationToken cancellationToken)
    {
        var head = await _core.Store.LogHeadAsync(account, cancellationToken).ConfigureAwait(false);
        var last = await _core.Store.LatestCheckpointAsync(account, cancellationToken).ConfigureAwait(false);
        if (head is null || head.Size == 0 || last?.Size >= head.Size)
        {
            return false;
        }

        if (!MerkleEdge.TryParse(head.Size, head.Edge, out var edge))
        {
            throw new InvalidDataException("The audit log's stored edge does not fit its size.");
        }

        var signer = await _keys.SignerAsync(account, head.Origin, cancellationToken).ConfigureAwait(false);
        var root = edge.Root();
        var signed = new Checkpoint(head.Origin, head.Size, root).Sign(signer);
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.KeepCheckpointAsync(account, new StoredCheckpoint(head.Size, root.ToArray(), unit.Now, signed)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<int> ExpireOneAsync(IWriteUnit unit, Approval hold, TransitionNote note)
    {
        var message = await unit.FindMessageAsync(hold.Account, hold.Message).ConfigureAwait(false);
        var mailbox = await unit.FindMailboxAsync(hold.Account, hold.Mailbox).ConfigureAwait(false);

        // The hold may have been decided and another opened since it was read: the one that is open now says what is late.
        var open = await unit.FindOpenApprovalAsync(hold.Account, hold.Message).ConfigureAwait(false);
        var past = new KernelEvent.Expire(Actor.System, PastExpiry: open?.ExpiresAt <= unit.Now);
        if (message is null || mailbox is null || Kernel.Decide(message.State, past) is not Moved moved)
        {
            return 0;
        }

        await _core.Transitions.MoveAsync(unit, message, moved, mailbox, note).ConfigureAwait(false);
        return 1;
    }
}
