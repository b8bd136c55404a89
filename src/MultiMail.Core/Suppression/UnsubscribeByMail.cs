using MultiMail.Core.Inbound;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Suppression;

/// <summary>A mail that asks for no more mail.</summary>
/// <param name="Grant">From the mailto link of a message of ours; null = only the word is there.</param>
internal sealed record UnsubscribeWish(UnsubscribeGrant? Grant);

/// <summary>
/// Unsubscribing by mail. A token speaks for the recipient it was made for, whoever sends it. The word alone speaks for the sender of
/// an answer to a message that went to his address; where it went to others too, who know its id as well, SPF or DKIM must show him.
/// </summary>
internal sealed class UnsubscribeByMail(CoreContext core)
{
    /// <summary>What the mail is tagged with.</summary>
    public const string Tag = "unsubscribe";

    private const string Applied = "applied";

    /// <summary>Somebody wants no more mail, and nothing shows that he is who he says: for a person to look at.</summary>
    private const string Unproven = "unproven";

    private readonly SentMailLookup _lookup = new(core);

    /// <summary>Read before the unit that stores the mail.</summary>
    public UnsubscribeWish? WishOf(ReadMessage read)
    {
        var subject = UnsubscribeWords.Bare(read.Subject);
        if (UnsubscribeWords.TokenIn(subject) is { } token && core.UnsubscribeTokens.ReadId(token) is { } grant)
        {
            return new UnsubscribeWish(grant);
        }

        // An answering machine repeats our own subject, whatever it is.
        return !read.IsAutomatic && (UnsubscribeWords.Is(subject) || UnsubscribeWords.Is(read.Trimmed)) ? new UnsubscribeWish(Grant: null) : null;
    }

    /// <summary>Suppresses whom the mail speaks for, and tags it.</summary>
    /// <param name="message">The mail, stored in this unit.</param>
    public async ValueTask ApplyAsync(IWriteUnit unit, Mailbox mailbox, Message message, UnsubscribeWish wish, ArrivalNews news)
    {
        var address = wish.Grant is { } grant
            ? await OfGrantAsync(unit, mailbox, grant).ConfigureAwait(false)
            : await OfAnswerAsync(unit, mailbox, news).ConfigureAwait(false);
        if (address is not null)
        {
            await Suppressing.UnsubscribeAsync(core, unit, message, address).ConfigureAwait(false);
        }

        await unit.SetTagAsync(message.Account, message.Id, Tag, address is null ? Unproven : Applied).ConfigureAwait(false);
    }

    /// <summary>Of this account, or of one that is gone with its database.</summary>
    private static async ValueTask<string?> OfGrantAsync(IWriteUnit unit, Mailbox mailbox, UnsubscribeGrant grant) =>
        grant.Account == mailbox.Account || await unit.FindAccountAsync(grant.Account).ConfigureAwait(false) is null ? grant.Address : null;

    private async ValueTask<string?> OfAnswerAsync(IWriteUnit unit, Mailbox mailbox, ArrivalNews news)
    {
        if (await _lookup.NamedAsync(unit, mailbox, news with { OwnField = null }).ConfigureAwait(false) is not { } sent)
        {
            return null;
        }

        var recipients = await unit.RecipientsAsync(sent.Account, sent.Id).ConfigureAwait(false);
        var writer = recipients.FirstOrDefault(r => string.Equals(r.Address, news.From, StringComparison.OrdinalIgnoreCase));
        return writer is not null && (recipients.Count == 1 || news.Provenance.Origin is MailOrigin.Local || news.IsFrom(writer.Address)) ? writer.Address : null;
    }
}
