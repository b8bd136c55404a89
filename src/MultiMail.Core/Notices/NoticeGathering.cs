using MultiMail.Core.Node;

namespace MultiMail.Core.Notices;

/// <summary>Looks what there is to tell and puts it into the queue.</summary>
internal sealed class NoticeGathering(CoreContext core)
{
    private const int Batch = 100;

    /// <summary>Leaves that tell nothing are looked at again and again until there are this many: a write for each would cost more.</summary>
    private const int MostReread = 200;
    private readonly NoticeReading _reading = new(core);

    /// <summary>Where to read from; made when the first notice could go out.</summary>
    public async Task<NoticeState> StateAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (await core.Store.NoticeStateAsync(account, cancellationToken).ConfigureAwait(false) is { } state)
        {
            return state;
        }

        // From the moment on at which somebody set the address: who has just been named need not be told of last year.
        var begin = await core.Store.NewestLeafAsync(account, LeafNames.ProfileChanged, cancellationToken).ConfigureAwait(false) ?? -1;
        await core.Store.WriteAsync(unit => unit.NoteReadLeafAsync(account, null, begin), cancellationToken).ConfigureAwait(false);
        return (await core.Store.NoticeStateAsync(account, cancellationToken).ConfigureAwait(false))!; // written just now
    }

    /// <summary>Marks the holds of which half the time is over, each once, with a leaf of its own.</summary>
    public async Task EscalateAsync(AccountId account, CancellationToken cancellationToken)
    {
        var late = await core.Store.HalfwayApprovalsAsync(account, core.Clock.GetUtcNow(), Batch, cancellationToken).ConfigureAwait(false);
        if (late.Count == 0)
        {
            return;
        }

        await core.Store.WriteAsync(
            async unit =>
            {
                foreach (var hold in late)
                {
                    if (await unit.EscalateAsync(account, hold.Id).ConfigureAwait(false) &&
                        await unit.FindMessageAsync(account, hold.Message).ConfigureAwait(false) is { } message)
                    {
                        await unit.AppendLeafAsync(core.Leaves.OfMessage(message, LeafNames.ApprovalEscalated, LeafActor.System)).ConfigureAwait(false);
                    }
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads on in the log. The first notice after a silence is due at once, a later one when those before it have had their time.</summary>
    public async Task GatherAsync(NoticeState state, CancellationToken cancellationToken)
    {
        var account = state.Account;
        var gathered = await _reading.ReadAsync(account, state.ReadLeaf, long.MaxValue, cancellationToken).ConfigureAwait(false);
        var escalates = gathered.Escalated.Count > 0;
        if (gathered.UpTo == state.ReadLeaf || (!gathered.HasSummary && !escalates && gathered.Looked < MostReread))
        {
            return;
        }

        var (summary, escalation) = (core.NewId<NoticeId>(), core.NewId<NoticeId>());
        await core.Store.WriteAsync(
            async unit =>
            {
                if (!await unit.NoteReadLeafAsync(account, state.ReadLeaf, gathered.UpTo).ConfigureAwait(false))
                {
                    return false;
                }

                if (gathered.HasSummary)
                {
                    await unit.OpenNoticeAsync(New(summary, NoticeKinds.Summary, state.SummaryAt, unit.Now)).ConfigureAwait(false);
                }

                if (escalates)
                {
                    await unit.OpenNoticeAsync(New(escalation, NoticeKinds.Escalation, state.EscalationAt, unit.Now)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);

        NewNotice New(NoticeId id, string kind, DateTimeOffset? last, DateTimeOffset now) =>
            new(id, account, kind, null, state.ReadLeaf, gathered.UpTo, Due(last, now));
    }

    public DateTimeOffset Due(DateTimeOffset? last, DateTimeOffset now) =>
        last + core.Options.NoticesGather is { } quiet && quiet > now ? quiet : now;
}
