using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Threads;

/// <summary>
/// To which conversation an arrival belongs: by the ids that it names, within one mailbox and world, never by its subject. A
/// conversation is a set of messages, so what names itself or goes in circles is in it once and no more.
/// </summary>
internal static class Conversations
{
    private const int MaxNearest = 40;
    private const int MaxFirst = 9;

    // RFC 5322 §2.1.1: what is longer stands on no honest line.
    private const int MaxField = 998;

    /// <summary>Message-ID fields that may name the conversation, nearest first: References from its end, then In-Reply-To. Of very many the last and the first.</summary>
    public static IReadOnlyList<string> FieldsOf(ReadMessage read)
    {
        var references = read.References.Reverse().ToList();
        var named = references.Take(MaxNearest).Concat(references.Skip(Math.Max(MaxNearest, references.Count - MaxFirst)));
        return [.. (read.InReplyTo is { } parent ? named.Append(parent) : named)
            .Where(field => field.Length is > 0 and <= MaxField && field != read.MessageIdField).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// The thread of the nearest message that is here; else the one that waits for a message it names; else the one that waits for it.
    /// Two threads that are there stay two: their ids are in callers' hands. A place is kept for those of the named messages that may
    /// still come: all that are nearer than the one that is here.
    /// </summary>
    /// <param name="fresh">Its thread when it begins a conversation.</param>
    public static async ValueTask<(ThreadId Thread, bool IsNew)> PlaceAsync(IWriteUnit unit, Message message, IReadOnlyList<string> fields, ThreadId fresh)
    {
        var (account, mailbox, world) = (message.Account, message.Mailbox, message.World);
        var parent = fields.Count == 0 ? null : await unit.FindByMessageIdFieldAsync(account, mailbox, world, fields).ConfigureAwait(false);
        var own = message.MessageIdField.Length is > 0 and <= MaxField ? fields.Append(message.MessageIdField) : fields;
        var found = parent?.Thread ?? await unit.FindAwaitingThreadAsync(account, mailbox, world, [.. own]).ConfigureAwait(false);
        var missing = fields.TakeWhile(field => field != parent?.MessageIdField).ToList();
        await unit.AwaitMessagesAsync(account, mailbox, world, found ?? fresh, missing).ConfigureAwait(false);
        return (found ?? fresh, found is null);
    }
}
