using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;
using System.Globalization;
using System.Security.Cryptography;

namespace MultiMail.Core.Inbound;

/// <summary>A message on its way in, parsed before the unit that stores it.</summary>
/// <param name="Quarantine">Why it is kept from the mailbox, a word for the leaf; null = it is not.</param>
/// <param name="ThreadFields">Message-ID fields that may name its conversation, nearest first.</param>
internal sealed record Arrival(MailboxId Mailbox, Message Message, byte[] Raw, IReadOnlyList<Attachment> Attachments, IReadOnlyList<string> ThreadFields, ThreadId NewThread, TransitionNote Note, SealedOpening Opening, MessageSource Source, string? Quarantine = null)
{
    /// <summary>What it says about mail of ours; null in the test world.</summary>
    public ArrivalNews? News { get; init; }
}

/// <summary>The one way in: raw bytes become a message of a mailbox, received or held as its mode says, or quarantined.</summary>
internal sealed class InboundMail(CoreContext core, Commitments commitments)
{
    private readonly SenderCheck _senders = new(core);
    private readonly NewsDesk _news = new(core);
    private readonly UnsubscribeByMail _unsubscribes = new(core);

    /// <summary>Parses and prepares everything that needs time, randomness or ids.</summary>
    /// <param name="dedupeKey">The source's own key: the same delivery twice is one message. Never the Message-ID, which a stranger chooses.</param>
    public async Task<Arrival> PrepareAsync(AccountId account, MailboxId mailbox, World world, byte[] raw, string dedupeKey, Provenance provenance, LeafActor actor, CancellationToken cancellationToken)
    {
        var read = MessageReader.Read(raw);
        var id = core.NewId<MessageId>();
        var hash = SHA256.HashData(raw);
        var message = new Message
        {
            Id = id,
            Account = account,
            Mailbox = mailbox,
            Thread = default,
            Direction = Direction.Inbound,
            World = world,
            State = MessageState.None,
            Folder = Folder.Inbox,
            Digest = hash,
            RawSha256 = hash,
            DedupeKey = dedupeKey,
            MessageIdField = read.MessageIdField ?? string.Empty,
            InReplyTo = read.InReplyTo,
            FromAddress = read.From?.AddrSpec ?? string.Empty,
            FromName = read.From?.DisplayName,
            To = Addresses(read.To),
            Cc = Addresses(read.Cc),
            Subject = read.Subject,
            Snippet = Snippets.Of(read.Trimmed),
            BodyText = read.TextBody,
            ReceivedAt = default,
            Unread = true,
            Size = raw.Length,
            AttachmentCount = read.Attachments.Count,
            RiskFlags = InjectionSigns.Shows(read) ? RiskCodes.InjectionFlagged : string.Empty,
        };
        var attachments = read.Attachments.Select(a => new Attachment(
            core.NewId<AttachmentId>(), id, a.PartIndex, a.FileName ?? $"part-{a.PartIndex}", a.ContentType, a.Size, Convert.FromHexString(a.Sha256))).ToList();
        var (commit, opening) = await commitments.MakeAsync(message, raw, [], cancellationToken).ConfigureAwait(false);
        var source = await _senders.RunAsync(account, raw, read, provenance, cancellationToken).ConfigureAwait(false);
        await core.Store.StoreLargeRawAsync(account, hash, raw, cancellationToken).ConfigureAwait(false);
        var fields = Conversations.FieldsOf(read);
        return new Arrival(mailbox, message, raw, attachments, fields, core.NewId<ThreadId>(), core.Transitions.Note(actor) with { Commit = commit }, opening, source, InboundPolicy.Judge(read.Shape))
        {
            News = world is World.Test ? null : new ArrivalNews(
                provenance, read.Report, fields, read.MessageIdField, read.From?.AddrSpec, core.Transitions.Note(LeafActor.System), core.NewId<EventId>(),
                source.Authentication is { Aligned: true } shown ? shown.FromDomain : null)
            {
                Unsubscribe = read.Report is null ? _unsubscribes.WishOf(read) : null,
            },
        };
    }

    /// <summary>Stores a prepared arrival in the caller's unit.</summary>
    public async ValueTask<Message> StoreAsync(IWriteUnit unit, Arrival arrival, Mailbox mailbox)
    {
        var quarantine = arrival.Quarantine ?? await SenderRules.WhyNotAsync(unit, mailbox, arrival.Message.FromAddress, arrival.Source.ReturnPath).ConfigureAwait(false);
        var answer = Kernel.Decide(MessageState.None, new KernelEvent.Arrive(Actor.System, mailbox.Mode, quarantine is not null));
        var moved = answer as Moved ?? throw new InvalidOperationException("The kernel lets every message arrive.");
        var (place, isNew) = await Conversations.PlaceAsync(unit, arrival.Message, arrival.ThreadFields, arrival.NewThread).ConfigureAwait(false);
        var message = arrival.Message with
        {
            Thread = place,
            State = moved.To,
            ReceivedAt = unit.Now,

            // Held mail is unread only when a person lets it in: nobody shall count what nobody may see.
            Unread = moved.To is MessageState.Received,
            HeldBefore = moved.To is MessageState.Held,
        };
        var thread = new MailThread(message.Thread, message.Account, mailbox.Id, message.Subject, unit.Now, unit.Now, 0, 0);
        await core.Transitions.InsertAsync(
            unit, new NewMessage(message, arrival.Raw, null, [], arrival.Attachments, thread, isNew) { Source = arrival.Source }, moved, mailbox, arrival.Note with { Code = quarantine }).ConfigureAwait(false);
        await unit.KeepOpeningAsync(message.Account, arrival.Opening).ConfigureAwait(false);
        if (arrival.News is { } news && arrival.Quarantine is null) // a report about our mail counts, also where its sender is kept out
        {
            await _news.ApplyAsync(unit, mailbox, news).ConfigureAwait(false);
            if (news.Unsubscribe is { } wish)
            {
                await _unsubscribes.ApplyAsync(unit, mailbox, message, wish, news).ConfigureAwait(false);
            }
        }

        return message;
    }

    public static string LocalKey(MessageId sent) => string.Create(CultureInfo.InvariantCulture, $"local {sent.Value}");

    private static IReadOnlyList<string> Addresses(IReadOnlyList<MailboxAddressText> addresses) => [.. addresses.Select(a => a.AddrSpec).OfType<string>()];
}
