using MultiMail.Core.Node;

namespace MultiMail.Core.Identity;

/// <summary>Whether an agent of this installation may still be believed.</summary>
/// <param name="Status"><c>active</c>, <c>suspended</c> (its mailbox is paused, or all are) or <c>revoked</c> (its mailbox is closed).</param>
/// <param name="Since">When that began.</param>
public sealed record AgentStatus(string AgentId, string Status, DateTimeOffset Since, string Operator)
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Revoked = "revoked";
}

/// <summary>What strangers may ask about an agent that they have the name of.</summary>
public sealed class AgentDirectory
{
    private readonly CoreContext _core;

    internal AgentDirectory(CoreContext core) => _core = core;

    /// <returns>Null when there is no such agent.</returns>
    public async Task<AgentStatus?> FindAsync(string? agentId, CancellationToken cancellationToken)
    {
        if (agentId is null || !AgentIds.IsValid(agentId) || await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is not { } account)
        {
            return null;
        }

        var mailboxes = await _core.Store.MailboxesOfAgentAsync(account.Id, agentId, cancellationToken).ConfigureAwait(false);
        if (mailboxes.Count == 0)
        {
            return null;
        }

        var person = await _core.Profiles.OperatorNameAsync(account, cancellationToken).ConfigureAwait(false);

        // An agent may have several mailboxes; it is as good as the best of them.
        var open = mailboxes.Where(mailbox => mailbox.DeactivatedAt is null).ToList();
        var working = open.Where(mailbox => mailbox.PausedAt is null).ToList();
        return (open.Count, working.Count) switch
        {
            (0, _) => new AgentStatus(agentId, AgentStatus.Revoked, mailboxes.Max(mailbox => mailbox.DeactivatedAt!.Value), person), // none is open, so each has the time
            (_, 0) => new AgentStatus(agentId, AgentStatus.Suspended, open.Max(mailbox => mailbox.PausedAt!.Value), person), // none works, so each has the time
            _ when account.PausedAt is { } paused => new AgentStatus(agentId, AgentStatus.Suspended, paused, person),
            _ => new AgentStatus(agentId, AgentStatus.Active, working.Min(mailbox => mailbox.CreatedAt), person),
        };
    }
}
