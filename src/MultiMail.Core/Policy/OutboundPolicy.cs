using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Policy;

/// <summary>What the account's people allow: the risk of a message, the facts the gate reads, and the limits of who sends.</summary>
internal sealed class OutboundPolicy(CoreContext core)
{
    /// <summary>Looks at a submission once, when it is made or edited.</summary>
    public Task<Outlook> AssessAsync(Principal principal, CheckedSubmission wanted, CancellationToken cancellationToken)
    {
        _ = core;
        return Task.FromResult(new Outlook(Assessment.RiskFlags(wanted.Envelope.Count, wanted.AnswersAutomatic), Tainted: false));
    }

    /// <summary>
    /// The gate's facts as reads outside a transaction see them, for what has to be known before the message is written. The
    /// transaction has the last word.
    /// </summary>
    public async Task<GateFacts> ExpectAsync(Principal principal, CheckedSubmission wanted, Outlook outlook, bool heldBefore, CancellationToken cancellationToken)
    {
        var account = await core.Store.GetAccountAsync(principal.Account, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("account");
        return Facts(account, wanted.Mailbox, string.Join(',', outlook.RiskFlags), outlook.Tainted, heldBefore, Assessment.TimingOf(wanted.SendAt, core.Clock.GetUtcNow()))
            with { Canary = principal.SeedsCanary };
    }

    /// <summary>The gate's facts as this transaction sees them: at submit, when it is due, and before every attempt.</summary>
    public ValueTask<GateFacts> FactsAsync(IWriteUnit unit, Account account, Mailbox mailbox, Message message)
    {
        _ = core;
        return ValueTask.FromResult(
            Facts(account, mailbox, message.RiskFlags, message.Tainted, message.HeldBefore, Assessment.TimingOf(message.SendAt, unit.Now))
                with { Canary = message.IsCanary });
    }

    /// <summary>Refuses what is too much: called in the transaction that lets a message in.</summary>
    /// <exception cref="RefusalException"><c>pending_limit</c></exception>
    public async ValueTask LimitAsync(IWriteUnit unit, Principal principal, Mailbox mailbox, Message message, Moved moved)
    {
        // The mailbox's counter holds everybody's mail, held inbound mail too: it says when to count, never whom to refuse.
        if (moved.To is MessageState.Pending && mailbox.Pending >= core.Options.PendingPerMailbox &&
            await unit.CountOpenAsync(principal.Account, mailbox.Id, message.World, principal.Lineage).ConfigureAwait(false) is var own && own >= core.Options.PendingPerMailbox)
        {
            throw new RefusalException(ErrorCodes.PendingLimit, $"{own} messages that you sent from this mailbox wait for a person already.");
        }
    }

    private static GateFacts Facts(Account account, Mailbox mailbox, string riskFlags, bool tainted, bool heldBefore, Timing timing) => new(
        mailbox.Mode,
        RiskHold: riskFlags.Length > 0,
        tainted,
        AllAllowListed: false,
        heldBefore,
        Paused: mailbox.PausedAt is not null || account.PausedAt is not null,
        timing);
}
