using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Suppression.Reputation;

/// <param name="Sent">Of the last 1,000 messages to other servers.</param>
/// <param name="ComplaintRate">0 to 1.</param>
/// <param name="HardBounceRate">0 to 1.</param>
/// <param name="Level"><c>good</c>, <c>warn</c> or <c>stop</c>: no commercial mail leaves.</param>
public sealed record ReputationView(string MailboxId, string Address, int Sent, int Complaints, int HardBounces, double ComplaintRate, double HardBounceRate, string Level);

/// <summary>How a mailbox's mail is received.</summary>
public sealed class Reputations
{
    private const int Page = 100;
    private readonly CoreContext _core;

    internal Reputations(CoreContext core) => _core = core;

    public async Task<MailboxReputation> OfAsync(AccountId account, MailboxId mailbox, CancellationToken cancellationToken) =>
        new(await _core.Store.SentCountsAsync(account, mailbox, MailboxReputation.Window, cancellationToken).ConfigureAwait(false));

    /// <param name="mailbox">Id or address.</param>
    /// <exception cref="RefusalException"><c>not_found</c>, <c>scope_missing</c></exception>
    public async Task<ReputationView> ShowAsync(Principal principal, string? mailbox, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Read, Scopes.Oversight, Scopes.Admin);
        return await ViewAsync(await _core.Reach.GetAsync(principal, mailbox, "mailbox", cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Of the mailboxes whose mail went to other servers.</summary>
    public async Task<IReadOnlyList<ReputationView>> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(Scopes.Read, Scopes.Oversight, Scopes.Admin);
        var views = new List<ReputationView>();
        foreach (var mailbox in await _core.Store.MailboxesAsync(principal.Account, null, Page, cancellationToken).ConfigureAwait(false))
        {
            if (principal.Uses(mailbox.Id) && await ViewAsync(mailbox, cancellationToken).ConfigureAwait(false) is { Sent: > 0 } view)
            {
                views.Add(view);
            }
        }

        return views;
    }

    /// <summary>As the unit sees it.</summary>
    internal static async ValueTask<MailboxReputation> OfAsync(IWriteUnit unit, AccountId account, MailboxId mailbox) =>
        new(await unit.SentCountsAsync(account, mailbox, MailboxReputation.Window).ConfigureAwait(false));

    private async Task<ReputationView> ViewAsync(Mailbox mailbox, CancellationToken cancellationToken)
    {
        var found = await OfAsync(mailbox.Account, mailbox.Id, cancellationToken).ConfigureAwait(false);
        return new ReputationView(
            _core.Ids.Format(mailbox.Id), mailbox.Address, found.Counts.Sent, found.Counts.Complaints, found.Counts.HardBounces,
            Math.Round(found.ComplaintRate, 4), Math.Round(found.HardBounceRate, 4), found.Level.ToString().ToLowerInvariant());
    }
}
