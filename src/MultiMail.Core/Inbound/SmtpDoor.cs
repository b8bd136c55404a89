using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Inbound;

/// <summary>The door for mail that other servers bring: what it accepts is durable in every recipient's mailbox, in one transaction.</summary>
public sealed class SmtpDoor : ISmtpAcceptor
{
    private const int Tries = 3;

    private readonly CoreContext _core;
    private readonly InboundMail _inbound;
    private readonly InboundRecipients _recipients;

    internal SmtpDoor(CoreContext core, InboundMail inbound)
    {
        _core = core;
        _inbound = inbound;
        _recipients = new InboundRecipients(core);
    }

    /// <summary>How this server names itself to others, and the authserv-id of its Authentication-Results.</summary>
    public string ServerName => _core.Options.MailHost ?? LocalDomain.Name;

    public async ValueTask<RecipientVerdict> CheckRecipientAsync(InboundEnvelope envelope, string address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return (await _recipients.FindAsync(envelope, address, cancellationToken).ConfigureAwait(false)).Verdict;
        }
        catch (StoreUnavailableException)
        {
            return RecipientVerdict.TryLater;
        }
    }

    public async ValueTask<AcceptResult> AcceptAsync(InboundEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        try
        {
            var key = new SmtpMailKey(envelope, message.Span);
            var targets = await TargetsAsync(envelope, cancellationToken).ConfigureAwait(false);

            // A mailbox that was closed since its RCPT: the sender learns of it when it tries again.
            var kept = targets is not null && await KeepAsync(envelope, key, targets, message, cancellationToken).ConfigureAwait(false);
            return kept ? new AcceptResult(AcceptOutcome.Accepted, key.Id) : new AcceptResult(AcceptOutcome.TryLater);
        }
        catch (StoreUnavailableException)
        {
            return new AcceptResult(AcceptOutcome.TryLater);
        }
    }

    /// <summary>Each mailbox once, under the first of its addresses; null when one is gone.</summary>
    private async ValueTask<IReadOnlyList<InboundRecipient>?> TargetsAsync(InboundEnvelope envelope, CancellationToken cancellationToken)
    {
        var targets = new Dictionary<MailboxId, InboundRecipient>();
        foreach (var address in envelope.Recipients)
        {
            var found = await _recipients.FindAsync(envelope, address, cancellationToken).ConfigureAwait(false);
            if (found.Mailbox is null)
            {
                return null;
            }

            targets.TryAdd(found.Mailbox.Id, found);
        }

        return [.. targets.Values];
    }

    /// <returns>False when a mailbox was closed meanwhile.</returns>
    private async Task<bool> KeepAsync(InboundEnvelope envelope, SmtpMailKey key, IReadOnlyList<InboundRecipient> targets, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var raw = TraceFields.Prepend(envelope, ServerName, key.Id, _core.Clock.GetUtcNow(), message.Span);
        for (var attempt = 1; ; attempt++)
        {
            var arrivals = new List<Arrival>(targets.Count);
            foreach (var target in targets)
            {
                arrivals.Add(await PrepareAsync(envelope, key, target, raw, cancellationToken).ConfigureAwait(false));
            }

            try
            {
                return await StoreAllAsync(arrivals, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreConflictException conflict) when (conflict.Key == "id" && attempt < Tries)
            {
                // Another process drew the same ids: draw again.
            }
        }
    }

    private Task<Arrival> PrepareAsync(InboundEnvelope envelope, SmtpMailKey key, InboundRecipient target, byte[] raw, CancellationToken cancellationToken) =>
        _inbound.PrepareAsync(
            target.Mailbox!.Account, target.Mailbox.Id, World.Live, raw, key.Of(target.Address),
            new Provenance(MailOrigin.Smtp, envelope.Client, envelope.Helo, envelope.ReturnPath) { Recipient = target.Address },
            LeafActor.System, cancellationToken);

    /// <summary>All in one transaction. When some were here before, each in its own: those are the same mail, the others are not lost with them.</summary>
    private async Task<bool> StoreAllAsync(List<Arrival> arrivals, CancellationToken cancellationToken)
    {
        try
        {
            return await _core.Store.WriteAsync(unit => StoreAsync(unit, arrivals), cancellationToken).ConfigureAwait(false);
        }
        catch (StoreConflictException conflict) when (conflict.Key == "message.dedupe")
        {
            var all = true;
            foreach (var arrival in arrivals.Count == 1 ? [] : arrivals)
            {
                all &= await StoreAllAsync([arrival], cancellationToken).ConfigureAwait(false);
            }

            return all;
        }
    }

    /// <returns>False, with nothing written, when a mailbox is closed.</returns>
    private async ValueTask<bool> StoreAsync(IWriteUnit unit, List<Arrival> arrivals)
    {
        var mailboxes = new List<Mailbox>(arrivals.Count);
        foreach (var arrival in arrivals)
        {
            if (await unit.FindMailboxAsync(arrival.Message.Account, arrival.Mailbox).ConfigureAwait(false) is not { DeactivatedAt: null } mailbox)
            {
                return false;
            }

            mailboxes.Add(mailbox);
        }

        foreach (var (arrival, mailbox) in arrivals.Zip(mailboxes))
        {
            await _inbound.StoreAsync(unit, arrival, mailbox).ConfigureAwait(false);
        }

        return true;
    }
}
