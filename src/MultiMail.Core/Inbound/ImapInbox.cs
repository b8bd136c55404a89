using System.Security.Cryptography;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Inbound;

/// <summary>Another node took this source over, or its mailbox is gone. What was fetched was not stored.</summary>
internal sealed class ImapSourceLostException() : Exception("This node no longer feeds the mailbox.");

/// <summary>
/// Puts what is fetched into a mailbox. Messages and position are one transaction under the lease, so a crash between two
/// batches neither loses nor doubles; the same bytes are the same message, whatever UID they come under.
/// </summary>
internal sealed class ImapInbox(CoreContext core, InboundMail inbound, ImapSourceKey key, StoreLease lease, Action<MailSourceState, string> report, Action<int> stored) : IMailSink
{
    /// <summary>Messages in one transaction: others who write wait for it.</summary>
    private const int Unit = 50;

    private const string TooLarge = "too_large";

    public async ValueTask<ImapPosition?> PositionAsync(CancellationToken cancellationToken) =>
        await core.Store.ImapPositionAsync(key, cancellationToken).ConfigureAwait(false) is { } kept
            ? new ImapPosition(kept.UidValidity, kept.LastUid) { Since = kept.Since, RelistTo = kept.RelistTo }
            : null;

    public async ValueTask StoreAsync(IReadOnlyList<FetchedMail> batch, ImapPosition after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0)
        {
            await MoveToAsync(after, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (var from = 0; from < batch.Count; from += Unit)
        {
            var chunk = batch.Skip(from).Take(Unit).ToList();
            var reached = from + Unit >= batch.Count ? after : after with { LastUid = chunk[^1].Uid };
            await StoreChunkAsync(chunk, reached, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask QuarantineAsync(uint uid, string reason, ImapPosition after, CancellationToken cancellationToken) =>
        await core.Store.WriteAsync(
            async unit =>
            {
                await RequireLeaseAsync(unit).ConfigureAwait(false);
                await unit.QuarantineUidAsync(key, after.UidValidity, uid, reason).ConfigureAwait(false);
                await unit.SetImapPositionAsync(key, Kept(after)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public ValueTask ReportAsync(MailSourceState state, string detail, CancellationToken cancellationToken)
    {
        report(state, detail);
        return ValueTask.CompletedTask;
    }

    private async Task MoveToAsync(ImapPosition after, CancellationToken cancellationToken) =>
        await core.Store.WriteAsync(
            async unit =>
            {
                await RequireLeaseAsync(unit).ConfigureAwait(false);
                await unit.SetImapPositionAsync(key, Kept(after)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    private async Task StoreChunkAsync(List<FetchedMail> chunk, ImapPosition after, CancellationToken cancellationToken)
    {
        // Begun in order, so that their ids are; who sent each is looked up in DNS, and those waits run side by side.
        var prepared = await Task.WhenAll(chunk.ConvertAll(mail => PrepareAsync(mail, cancellationToken))).ConfigureAwait(false);
        var arrivals = prepared.OfType<Arrival>().ToList();
        var unreadable = chunk.Where((_, i) => prepared[i] is null).Select(mail => mail.Uid).ToList();
        stored(await core.Store.WriteAsync(unit => StoreAsync(unit, arrivals, unreadable, after), cancellationToken).ConfigureAwait(false));
    }

    /// <returns>Null for a message that our own reading fails on: a fault of ours, which shall not stop the mailbox.</returns>
    private async Task<Arrival?> PrepareAsync(FetchedMail mail, CancellationToken cancellationToken)
    {
        try
        {
            var raw = mail.Raw.ToArray();
            var arrival = await inbound.PrepareAsync(
                key.Account, key.Mailbox, World.Live, raw, DedupeKey(raw), new Provenance(MailOrigin.Imap), LeafActor.System, cancellationToken).ConfigureAwait(false);
            return mail.Truncated ? arrival with { Quarantine = TooLarge } : arrival;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StoreUnavailableException or StoreConflictException or OutOfMemoryException or IOException))
        {
            return null;
        }
    }

    private async ValueTask<int> StoreAsync(IWriteUnit unit, List<Arrival> arrivals, List<uint> unreadable, ImapPosition after)
    {
        await RequireLeaseAsync(unit).ConfigureAwait(false);
        if (await unit.FindMailboxAsync(key.Account, key.Mailbox).ConfigureAwait(false) is not { DeactivatedAt: null } mailbox)
        {
            throw new ImapSourceLostException();
        }

        var count = 0;
        foreach (var arrival in arrivals)
        {
            if (!await unit.HasArrivedAsync(key.Account, key.Mailbox, arrival.Message.DedupeKey).ConfigureAwait(false)
                && !await IsOurOwnAsync(unit, arrival.Message, mailbox).ConfigureAwait(false))
            {
                await inbound.StoreAsync(unit, arrival, mailbox).ConfigureAwait(false);
                count++;
            }
        }

        foreach (var uid in unreadable)
        {
            await unit.QuarantineUidAsync(key, after.UidValidity, uid, "The message could not be read.").ConfigureAwait(false);
        }

        await unit.SetImapPositionAsync(key, Kept(after)).ConfigureAwait(false);
        return count;
    }

    /// <summary>
    /// A copy of what this mailbox sent, which some servers keep in the folder: it lies in <c>sent</c> already. What it sent to
    /// itself is mail like any other. Whoever copies both the Message-ID and the address only makes his own mail disappear.
    /// </summary>
    private static async ValueTask<bool> IsOurOwnAsync(IWriteUnit unit, Message message, Mailbox mailbox)
    {
        if (message.MessageIdField.Length == 0 || !Is(message.FromAddress, mailbox))
        {
            return false;
        }

        var found = await unit.FindByMessageIdFieldAsync(mailbox.Account, mailbox.Id, World.Live, [message.MessageIdField]).ConfigureAwait(false);
        return found is { Direction: Direction.Outbound, State: MessageState.Sending or MessageState.Delivered or MessageState.Bounced or MessageState.Failed }
            && !found.To.Concat(found.Cc).Concat(found.Bcc).Any(address => Is(address, mailbox));
    }

    private async ValueTask RequireLeaseAsync(IWriteUnit unit)
    {
        if (!await unit.HoldsLeaseAsync(lease).ConfigureAwait(false))
        {
            throw new ImapSourceLostException();
        }
    }

    private static FolderPosition Kept(ImapPosition position) => new(position.UidValidity, position.LastUid, position.Since, position.RelistTo);

    private static bool Is(string address, Mailbox mailbox) => string.Equals(address, mailbox.Address, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bytes hold the Message-ID, and UIDs change with UIDVALIDITY: their hash is all that lasts.</summary>
    private static string DedupeKey(byte[] raw) => "imap " + Convert.ToHexStringLower(SHA256.HashData(raw));
}
