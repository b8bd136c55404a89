using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Core.Suppression.Reputation;

namespace MultiMail.Core.Evidence;

/// <summary>Why the node itself tightens a mode. The codes stand in the log.</summary>
public static class DemotionReasons
{
    public const string ComplaintSpike = "complaint_spike";
    public const string Bounces = "bounces";
    public const string KeyLeak = "key_leak";
    public const string InjectionThread = "injection_thread";
}

/// <summary>
/// Takes a mailbox's freedom back: from <c>monitored</c> or <c>autonomous</c> to <c>gated_send</c>, in the unit of what caused it, so
/// that nothing leaves in between. A person may give it again.
/// </summary>
internal sealed class Demotion(CoreContext core)
{
    /// <summary>The one way down; call it wherever a cause is found.</summary>
    /// <param name="reason">A <see cref="DemotionReasons"/> code.</param>
    /// <param name="news">Id of the event; made before the unit.</param>
    /// <returns>False when the mailbox has no freedom to lose.</returns>
    public async ValueTask<bool> OfAsync(IWriteUnit unit, AccountId account, MailboxId mailbox, string reason, EventId news)
    {
        var current = await unit.FindMailboxAsync(account, mailbox).ConfigureAwait(false);
        if (current is not { DeactivatedAt: null, Mode: Mode.Monitored or Mode.Autonomous } ||
            ModeChange.Decide(current.Mode, Mode.GatedSend, Actor.System, mayAdmin: true) is not ModeMoved { Loosened: false })
        {
            return false;
        }

        var next = current with { Mode = Mode.GatedSend, Version = current.Version + 1 };
        await unit.UpdateMailboxAsync(next).ConfigureAwait(false);
        await unit.NoteModeAsync(account, mailbox, reason).ConfigureAwait(false);
        await unit.AppendLeafAsync(core.Leaves.OfMailbox(LeafActor.System, LeafNames.ModeDemoted, next) with { Reason = reason }).ConfigureAwait(false);
        await unit.AddEventAsync(core.Events.ModeChanged(news, next, unit.Now)).ConfigureAwait(false);
        return true;
    }

    /// <summary>A message of the mailbox has just met an address that does not exist; it is counted already.</summary>
    public async ValueTask AfterBounceAsync(IWriteUnit unit, Message message, EventId news)
    {
        if (DemotionRule.BouncesTooMuch(await CountsAsync(unit, message).ConfigureAwait(false)))
        {
            await OfAsync(unit, message.Account, message.Mailbox, DemotionReasons.Bounces, news).ConfigureAwait(false);
        }
    }

    /// <summary>Somebody has just complained about a message of the mailbox; it is counted already.</summary>
    public async ValueTask AfterComplaintAsync(IWriteUnit unit, Message message, EventId news)
    {
        if (DemotionRule.ComplaintSpike(await CountsAsync(unit, message).ConfigureAwait(false)))
        {
            await OfAsync(unit, message.Account, message.Mailbox, DemotionReasons.ComplaintSpike, news).ConfigureAwait(false);
        }
    }

    /// <summary>Every mailbox that a leaked key may send from.</summary>
    /// <param name="news">An event id for each mailbox that was loose before the unit.</param>
    /// <returns>False, and nothing done, when another one has become loose since: read anew and try again.</returns>
    public async ValueTask<bool> OfLeakAsync(IWriteUnit unit, ApiKey key, IReadOnlyDictionary<MailboxId, EventId> news)
    {
        if (!key.Scopes.HasFlag(Scopes.Send) || key.World is not World.Live)
        {
            return true;
        }

        var loose = (await unit.FindLooseMailboxesAsync(key.Account).ConfigureAwait(false)).Where(m => key.Mailboxes is null || key.Mailboxes.Contains(m)).ToList();
        if (!loose.TrueForAll(news.ContainsKey))
        {
            return false;
        }

        foreach (var mailbox in loose)
        {
            await OfAsync(unit, key.Account, mailbox, DemotionReasons.KeyLeak, news[mailbox]).ConfigureAwait(false);
        }

        return true;
    }

    private static ValueTask<SentCounts> CountsAsync(IWriteUnit unit, Message message) =>
        unit.SentCountsAsync(message.Account, message.Mailbox, MailboxReputation.Window);
}
