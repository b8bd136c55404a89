using MultiMail.Core.Node;

namespace MultiMail.Core.Notices;

/// <summary>Tells people by mail, at the profile's notify address, what waits for them.</summary>
public sealed class NoticeDesk
{
    private readonly CoreContext _core;
    private readonly NoticeWays _ways;
    private readonly NoticeGathering _gathering;
    private readonly NoticeSending _sending;

    internal NoticeDesk(CoreContext core)
    {
        _core = core;
        _ways = new NoticeWays(core);
        _gathering = new NoticeGathering(core);
        _sending = new NoticeSending(core);
    }

    /// <summary>One round: gathers and sends what is due. Several nodes may run it at once; each notice is sent by one of them.</summary>
    /// <returns>What became of what was due, for the log.</returns>
    public async Task<IReadOnlyList<NoticeOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        if (await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account ||
            await AddressAsync(account.Id, cancellationToken).ConfigureAwait(false) is not { } address)
        {
            return [];
        }

        var way = await _ways.FindAsync(account.Id, cancellationToken).ConfigureAwait(false);
        var state = await _gathering.StateAsync(account.Id, cancellationToken).ConfigureAwait(false);
        if (way is not null && !await _core.Profiles.IsOursAsync(account.Id, address, cancellationToken).ConfigureAwait(false))
        {
            await _gathering.EscalateAsync(account.Id, cancellationToken).ConfigureAwait(false);
            await _gathering.GatherAsync(state, cancellationToken).ConfigureAwait(false);
        }

        return await _sending.SendDueAsync(account.Id, way, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>When a round has something to do by the clock alone; null = nothing is queued.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is { } account
            ? await _core.Store.NextNoticeDueAsync(account.Id, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Sends a notice that says only that it is a test, now.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>live_key_required</c>, <c>invalid_parameter</c> (no notify address), <c>no_relay</c></exception>
    public async Task<NoticeTest> TestAsync(Principal principal, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(principal, cancellationToken).ConfigureAwait(false);
        if (principal.Kind is not (PrincipalKind.Human or PrincipalKind.Operator))
        {
            // An agent with an admin key could bury what matters among tests.
            throw new RefusalException(ErrorCodes.ScopeMissing, "A test notice is sent by a person, or by an operator key.", "Ask a person: `multimail profile notify-test`, or the page Sender profile.");
        }

        if (status.Address is null || status.Problem is { Failure: NoticeFailures.OwnAddress })
        {
            throw new RefusalException(ErrorCodes.InvalidParameter, status.Problem!.Sentence, status.Problem.Fix);
        }

        if (status.Problem is { } problem)
        {
            throw new RefusalException(ErrorCodes.NoRelay, problem.Sentence, problem.Fix);
        }

        _ = await _gathering.StateAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var id = _core.NewId<NoticeId>();
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.OpenNoticeAsync(new NewNotice(id, principal.Account, NoticeKinds.Test, null, 0, 0, unit.Now)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        var outcomes = await _sending.SendDueAsync(principal.Account, await _ways.FindAsync(principal.Account, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return outcomes.LastOrDefault(o => o.Kind == NoticeKinds.Test) switch
        {
            { Result: NoticeResult.Sent } => new NoticeTest("sent", "The relay took it."),
            { Result: NoticeResult.GivenUp, Failure: { } failure } => new NoticeTest("failed", NoticeFailures.Sentence(failure)),
            { Failure: { } failure } => new NoticeTest("waiting", $"{NoticeFailures.Sentence(failure)} It is tried again."),
            _ => new NoticeTest("waiting", "It is on its way."),
        };
    }

    /// <summary>Whether somebody is told, and when it last was so.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>live_key_required</c></exception>
    public async Task<NoticeStatus> StatusAsync(Principal principal, CancellationToken cancellationToken)
    {
        _ = await _core.Profiles.ShowAsync(principal, cancellationToken).ConfigureAwait(false); // the right to see the one is the right to see the other
        return await OfAsync(principal.Account, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<NoticeStatus> OfAsync(AccountId account, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(account, cancellationToken).ConfigureAwait(false);
        var way = await _ways.FindAsync(account, cancellationToken).ConfigureAwait(false);
        var state = await _core.Store.NoticeStateAsync(account, cancellationToken).ConfigureAwait(false);
        var ours = address is not null && await _core.Profiles.IsOursAsync(account, address, cancellationToken).ConfigureAwait(false);
        return new NoticeStatus(
            address, way?.From, way?.Mailbox, state?.SentAt, state?.FailedAt, state?.Failure is { } failure ? NoticeFailures.Sentence(failure) : null, Problem(address, ours, way));
    }

    private async Task<string?> AddressAsync(AccountId account, CancellationToken cancellationToken) =>
        (await _core.Profiles.OfAsync(account, cancellationToken).ConfigureAwait(false)).NotifyAt(_core.Clock.GetUtcNow());

    private static NoticeProblem? Problem(string? address, bool ours, NoticeWay? way) => (address, ours, way) switch
    {
        (null, _, _) => new("none", "Nobody is told by mail: no address for notices is set.", "Set one that only people read: multimail profile set --notify EMAIL."),
        (_, true, _) => new(NoticeFailures.OwnAddress, "Nobody is told by mail: the address for notices has become one of this installation, where agents may read it.", "Set another one, at another mail server: multimail profile set --notify EMAIL."),
        (_, _, null) => new(NoticeFailures.NoRelay, "Nobody is told by mail: there is no relay that notices could leave through.", "Set MULTIMAIL_SMTP_URL with an e-mail address as its user, verify a domain of your own, or link a mailbox: multimail mailbox create ADDRESS --smtp URL --imap URL."),
        _ => null,
    };
}
