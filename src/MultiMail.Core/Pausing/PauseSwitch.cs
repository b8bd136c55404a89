using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Pausing;

/// <summary>
/// Stops all sending of a mailbox or of the account, approved mail and retries included. Whoever may send or decide may stop;
/// only a person sets it going again.
/// </summary>
public sealed class PauseSwitch
{
    private const int MaxReason = 500;
    private readonly CoreContext _core;

    internal PauseSwitch(CoreContext core) => _core = core;

    /// <summary>What rests now, of what the principal may use.</summary>
    public async Task<PauseList> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Read, Scopes.Send, Scopes.Oversight);
        var why = await _core.Store.PausesAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var account = await _core.Store.GetAccountAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        var paused = new List<PauseView>();
        if (account?.PausedAt is { } since)
        {
            paused.Add(View(null, since, why));
        }

        foreach (var mailbox in await _core.Reach.AllAsync(principal, cancellationToken).ConfigureAwait(false))
        {
            if (mailbox.PausedAt is { } at)
            {
                paused.Add(View(mailbox, at, why));
            }
        }

        return new PauseList(paused);
    }

    /// <summary>Stops at once: from the answer on, no message begins to leave. What is paused stays so, with the first reason.</summary>
    /// <param name="mailbox">Address or id; null = the whole account, which any such key may stop: a wrong stop costs time, a missed one more.</param>
    /// <param name="reason">For people, at most 500 characters.</param>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>live_key_required</c>, <c>not_found</c>, <c>invalid_parameter</c></exception>
    public async Task<PauseList> PauseAsync(Principal principal, string? mailbox, string? reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Send, Scopes.Oversight, Scopes.Admin);
        principal.RequireLive();
        var words = Checked(principal, reason);
        var found = await FoundAsync(principal, mailbox, cancellationToken).ConfigureAwait(false);
        await _core.Store.WriteAsync(
            async unit =>
            {
                if (await MarkAsync(unit, principal.Account, found?.Id, paused: true).ConfigureAwait(false))
                {
                    await unit.SetPauseAsync(new PauseRecord(principal.Account, found?.Id, principal.PublicId, unit.Now, words)).ConfigureAwait(false);
                    await unit.AppendLeafAsync(LeafOf(principal, LeafNames.PauseSet, found)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return await ListAsync(principal, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets mail leave again. A message whose time passed meanwhile waits for a person once more.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>: a key, whatever its scopes.</exception>
    public async Task<PauseList> ResumeAsync(Principal principal, string? mailbox, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        if (principal.Kind is not PrincipalKind.Human)
        {
            var refusal = new RefusalException(
                ErrorCodes.ScopeMissing, "Only a person resumes sending, in the terminal or on the page.", "Ask a person: `multimail pause off`, or the dashboard.");
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, mailbox: null, cancellationToken).ConfigureAwait(false);
            throw refusal;
        }

        var found = await FoundAsync(principal, mailbox, cancellationToken).ConfigureAwait(false);
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.LiftPauseAsync(principal.Account, found?.Id).ConfigureAwait(false);
                if (await MarkAsync(unit, principal.Account, found?.Id, paused: false).ConfigureAwait(false))
                {
                    await unit.AppendLeafAsync(LeafOf(principal, LeafNames.PauseLifted, found)).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return await ListAsync(principal, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>False when it was so already.</returns>
    private static async ValueTask<bool> MarkAsync(IWriteUnit unit, AccountId account, MailboxId? mailbox, bool paused)
    {
        if (mailbox is not { } id)
        {
            var whole = await unit.FindAccountAsync(account).ConfigureAwait(false) ?? throw RefusalException.NotFound("account");
            if (whole.PausedAt is not null == paused)
            {
                return false;
            }

            await unit.SetAccountPausedAsync(account, paused).ConfigureAwait(false);
            return true;
        }

        var current = await unit.FindMailboxAsync(account, id).ConfigureAwait(false) ?? throw RefusalException.NotFound("mailbox");
        if (current.PausedAt is not null == paused)
        {
            return false;
        }

        await unit.UpdateMailboxAsync(current with { PausedAt = paused ? unit.Now : null }).ConfigureAwait(false);
        return true;
    }

    private async Task<Mailbox?> FoundAsync(Principal principal, string? mailbox, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(mailbox) ? null : await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false);

    // Keys say why: whoever resumes has to know. A person who acts need not explain himself.
    private static string Checked(Principal principal, string? reason)
    {
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(reason) && principal.Kind is not PrincipalKind.Human)
        {
            faults.Invalid("reason", "reason is missing.", "Say in a sentence why sending has to stop; the person who resumes it reads it.");
        }

        faults.MaxLength("reason", reason, MaxReason);
        faults.ThrowIfAny();
        return reason?.Trim() ?? string.Empty;
    }

    private LeafDraft LeafOf(Principal principal, string name, Mailbox? mailbox) =>
        mailbox is null ? _core.Leaves.Simple(principal, name, null) : _core.Leaves.OfMailbox(principal, name, mailbox);

    private PauseView View(Mailbox? mailbox, DateTimeOffset at, IReadOnlyList<PauseRecord> why)
    {
        var said = why.FirstOrDefault(p => p.Mailbox == mailbox?.Id);
        return new PauseView(
            mailbox is null ? null : _core.Ids.Format(mailbox.Id), mailbox?.Address, said?.SetBy, at, string.IsNullOrEmpty(said?.Reason) ? null : said.Reason);
    }
}
