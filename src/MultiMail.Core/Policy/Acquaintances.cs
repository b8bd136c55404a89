using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Policy;

/// <summary>Whom mail was exchanged with, as far as it is needed to know a stranger and a look-alike.</summary>
internal static class Acquaintances
{
    /// <summary>Notes a message that arrived, or whose delivery begins; in the unit that moves it.</summary>
    public static ValueTask NoteAsync(IWriteUnit unit, Message message, Mailbox mailbox, Moved moved) => (moved.To, message.World) switch
    {
        (MessageState.Received, World.Live) when message.FromAddress.Length > 0 => unit.MeetAsync(message.Account, Of([message.FromAddress, mailbox.Address]), writtenTo: false),
        (MessageState.Sending, World.Live) when moved.Leaf is Leaf.Attempted =>
            unit.MeetAsync(message.Account, Of([.. message.To, .. message.Cc, .. message.Bcc]), writtenTo: true),
        _ => ValueTask.CompletedTask,
    };

    /// <summary>Each address, and its domain once.</summary>
    public static IReadOnlyList<Acquaintance> Of(IEnumerable<string> addresses)
    {
        var keys = addresses.Select(AddressPattern.KeyOf).Distinct(StringComparer.Ordinal).ToList();
        return [.. keys.Concat(keys.Select(DomainKeyOf)).Distinct(StringComparer.Ordinal).Select(key => new Acquaintance(key, AddressLook.Skeleton(key)))];
    }

    public static string DomainKeyOf(string address) => "@" + AddrSpecs.DomainOf(address);
}
