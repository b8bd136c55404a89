using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Privacy;

/// <summary>How long mailboxes keep their mail (GDPR Art. 5(1)(e)): what is older loses its content. What waits for somebody or something stays.</summary>
public sealed class Retention
{
    /// <summary>A hundred years.</summary>
    public const int MostDays = 36_500;

    private const int Batch = 100;
    private const int Page = 100;
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);
    private readonly CoreContext _core;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    internal Retention(CoreContext core) => _core = core;

    /// <summary>A person, or a key that administers and cannot send: whoever writes mail must not be able to make it disappear.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>live_key_required</c>, <c>oversight_scope_required</c></exception>
    internal static void RequireRight(Principal principal)
    {
        principal.Require(Scopes.Admin);
        principal.RequireLive();
        if (principal.Kind is not PrincipalKind.Human && (principal.MaySend || principal.Channel == "mcp"))
        {
            throw new RefusalException(
                ErrorCodes.OversightScopeRequired, "Whoever sends, or speaks MCP, does not decide how long mail is kept.",
                "Ask a person: `multimail mailbox retention ADDRESS DAYS`, or use an admin key that cannot send.");
        }
    }

    /// <summary>At most once an hour: erases what is too old, a batch after another.</summary>
    /// <returns>How many messages.</returns>
    public async Task<int> RunIfDueAsync(CancellationToken cancellationToken)
    {
        if (_core.Clock.GetUtcNow() < _next)
        {
            return 0;
        }

        var erased = await RunAsync(cancellationToken).ConfigureAwait(false);
        _next = _core.Clock.GetUtcNow() + Again;
        return erased;
    }

    /// <summary>Erases all that is too old now.</summary>
    /// <returns>How many messages.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return 0;
        }

        var erased = 0;
        MailboxId? after = null;
        IReadOnlyList<Mailbox> page;
        do
        {
            page = await _core.Store.MailboxesAsync(account.Id, after, Page, cancellationToken).ConfigureAwait(false);
            foreach (var mailbox in page)
            {
                erased += await RunAsync(mailbox, cancellationToken).ConfigureAwait(false);
                after = mailbox.Id;
            }
        }
        while (page.Count == Page);

        if (erased > 0)
        {
            await RawSweep.RunAsync(_core, account.Id, cancellationToken).ConfigureAwait(false);
        }

        return erased;
    }

    private async Task<int> RunAsync(Mailbox mailbox, CancellationToken cancellationToken)
    {
        if (mailbox.RetentionDays is not { } days)
        {
            return 0;
        }

        var before = _core.Clock.GetUtcNow() - TimeSpan.FromDays(days);
        var erased = 0;
        IReadOnlyList<MessageId> old;
        do
        {
            old = await _core.Store.OlderThanAsync(mailbox.Account, mailbox.Id, before, Batch, cancellationToken).ConfigureAwait(false);
            if (old.Count > 0)
            {
                erased += await _core.Store.WriteAsync(unit => EraseAsync(unit, mailbox, days, old), cancellationToken).ConfigureAwait(false);
            }
        }
        while (old.Count == Batch);

        return erased;
    }

    private async ValueTask<int> EraseAsync(IWriteUnit unit, Mailbox mailbox, int days, IReadOnlyList<MessageId> old)
    {
        // A person may have changed his mind since it was read.
        if (await unit.FindMailboxAsync(mailbox.Account, mailbox.Id).ConfigureAwait(false) is not { RetentionDays: { } now } || now > days)
        {
            return 0;
        }

        var draft = _core.Leaves.OfMailbox(LeafActor.System, LeafNames.PrivacyErased, mailbox) with { Reason = Erased.ByAge };
        return await ErasingUnit.RunAsync(unit, mailbox.Account, old, Erased.ByAge, draft).ConfigureAwait(false);
    }
}
