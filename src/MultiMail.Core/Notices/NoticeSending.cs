using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Notices;

/// <summary>Sends what is due. A notice is written when it leaves: what was decided meanwhile is not in it.</summary>
internal sealed class NoticeSending(CoreContext core)
{
    /// <summary>Tries without an answer after which a notice counts as sent: the relay may have taken each, so at most one duplicate arrives.</summary>
    private const int MostLost = 2;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SendWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    private readonly NoticeWriting _writing = new(core);
    private readonly NoticeReaders _readers = new(core);
    private readonly string _owner = core.Ids.Format(core.NewId<NoticeId>());

    public async Task<IReadOnlyList<NoticeOutcome>> SendDueAsync(AccountId account, NoticeWay? way, CancellationToken cancellationToken)
    {
        var outcomes = new List<NoticeOutcome>();

        // Looked at before claiming: a claim is a write, and an idle node writes nothing.
        while (await core.Store.NextNoticeDueAsync(account, cancellationToken).ConfigureAwait(false) <= core.Clock.GetUtcNow() &&
            await core.Store.WriteAsync(unit => unit.ClaimNoticeAsync(account, _owner, Lease), cancellationToken).ConfigureAwait(false) is { } job)
        {
            outcomes.Add(await SendAsync(job, way, cancellationToken).ConfigureAwait(false));
        }

        return outcomes;
    }

    private async Task<NoticeOutcome> SendAsync(NoticeJob job, NoticeWay? way, CancellationToken cancellationToken)
    {
        var profile = await core.Profiles.OfAsync(job.Account, cancellationToken).ConfigureAwait(false);
        var reader = await _readers.OfAsync(job, profile, cancellationToken).ConfigureAwait(false);
        var content = reader is null ? null : await _writing.WriteAsync(job, profile, cancellationToken).ConfigureAwait(false);
        if (reader is not { } to || content is null)
        {
            return await EndAsync(job, NoticeResult.NothingToTell, null).ConfigureAwait(false);
        }

        if (job.Lost >= MostLost)
        {
            return await SentAsync(job, content, "unknown").ConfigureAwait(false);
        }

        if (to.Ours || way is null || core.Options.Transport is not { } transport)
        {
            return await LaterAsync(job, to.Ours ? NoticeFailures.OwnAddress : NoticeFailures.NoRelay, lost: false).ConfigureAwait(false);
        }

        var reply = await HandOverAsync(transport, way, to.Address, await BytesAsync(job, content, way, to.Address, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            ReplyClass.Accepted => await SentAsync(job, content, "accepted").ConfigureAwait(false),
            ReplyClass.Refused => await EndAsync(job, NoticeResult.GivenUp, NoticeFailures.Refused).ConfigureAwait(false),
            ReplyClass.Deferred => await LaterAsync(job, NoticeFailures.Deferred, lost: false).ConfigureAwait(false),
            _ => await LaterAsync(job, NoticeFailures.Unknown, lost: true).ConfigureAwait(false),
        };
    }

    private async Task<byte[]> BytesAsync(NoticeJob job, NoticeContent content, NoticeWay way, string to, CancellationToken cancellationToken)
    {
        var now = core.Clock.GetUtcNow();
        var bytes = NoticeMail.Write(content, core.Ids.Format(job.Id), way, to, core.Options.PublicUrl, now);
        if (way.OwnDomain is not { } domain)
        {
            return bytes;
        }

        var keys = await core.SigningKeys.DkimAsync(job.Account, domain, cancellationToken).ConfigureAwait(false);
        return keys.Count == 0 ? bytes : FrozenForm.Prepend(bytes, DkimSigner.Sign(bytes, [.. keys.Select(k => new DkimIdentity(domain, k.Selector, k.Key))], now));
    }

    private async Task<ReplyClass> HandOverAsync(IMailTransport transport, NoticeWay way, string to, byte[] bytes, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(SendWithin, core.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await transport.SendAsync(way.Relay, new MailEnvelope(way.From, [to]), bytes, both.Token).ConfigureAwait(false);
            return result.Recipients.Count == 1 ? result.Recipients[0].Class : ReplyClass.Unknown;
        }
        catch (OperationCanceledException)
        {
            return ReplyClass.Deferred; // so the port promises
        }
    }

    private async Task<NoticeOutcome> LaterAsync(NoticeJob job, string failure, bool lost)
    {
        var now = core.Clock.GetUtcNow();
        if (now - job.CreatedAt >= GiveUpAfter)
        {
            return await EndAsync(job, NoticeResult.GivenUp, failure).ConfigureAwait(false);
        }

        var again = now + (lost ? RetrySchedule.UnknownWait : RetrySchedule.After(job.Tries, new MessageId(job.Id.Value)));
        return await WriteAsync(
            async unit => await unit.PostponeNoticeAsync(job, again, lost).ConfigureAwait(false) && await FailedAsync(unit, job, failure).ConfigureAwait(false),
            new NoticeOutcome(job.Kind, NoticeResult.Later, failure)).ConfigureAwait(false);
    }

    private Task<NoticeOutcome> SentAsync(NoticeJob job, NoticeContent content, string result)
    {
        var (rest, due) = (core.NewId<NoticeId>(), core.Clock.GetUtcNow() + core.Options.NoticesGather);
        var leaf = core.Leaves.Of(job.Account, LeafNames.NoticeSent, LeafActor.System) with { Policy = job.Kind, Reason = content.Counts, Result = result };
        return WriteAsync(
            async unit =>
            {
                if (!await unit.EndNoticeAsync(job, rest, due).ConfigureAwait(false))
                {
                    return false;
                }

                await unit.NoteNoticeSentAsync(job.Account, job.Kind).ConfigureAwait(false);
                await unit.AppendLeafAsync(leaf).ConfigureAwait(false);
                return true;
            },
            new NoticeOutcome(job.Kind, NoticeResult.Sent, null));
    }

    private Task<NoticeOutcome> EndAsync(NoticeJob job, NoticeResult result, string? failure)
    {
        var (rest, due) = (core.NewId<NoticeId>(), core.Clock.GetUtcNow());
        return WriteAsync(
            async unit => await unit.EndNoticeAsync(job, rest, due).ConfigureAwait(false) && (failure is null || await FailedAsync(unit, job, failure).ConfigureAwait(false)),
            new NoticeOutcome(job.Kind, result, failure));
    }

    private static async ValueTask<bool> FailedAsync(IWriteUnit unit, NoticeJob job, string failure)
    {
        await unit.NoteNoticeFailedAsync(job.Account, failure).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes no cancellation: what a relay has said is written down even while the node stops.</summary>
    private async Task<NoticeOutcome> WriteAsync(Func<IWriteUnit, ValueTask<bool>> unit, NoticeOutcome outcome) =>
        await core.Store.WriteAsync(unit, CancellationToken.None).ConfigureAwait(false) ? outcome : outcome with { Result = NoticeResult.Taken };
}
