using MultiMail.Core.Storage;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Policy;

/// <summary>What is counted: by whom or of what, in stretches of time that begin with the clock's.</summary>
internal static class Caps
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static TallyKey Writes(string key, DateTimeOffset now) => Key($"k {key}", Minute, now);

    public static TallyKey Mailbox(MailboxId mailbox, World world, DateTimeOffset now) => Key(FormattableString.Invariant($"m {world} {mailbox.Value}"), Day, now);

    public static TallyKey Thread(ThreadId thread, DateTimeOffset now) => Key(FormattableString.Invariant($"t {thread.Value}"), Hour, now);

    /// <summary>The same words to many: white space and case do not make it another text.</summary>
    public static TallyKey Content(MailboxId mailbox, string text, DateTimeOffset now)
    {
        var words = string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)).AsSpan(0, 16));
        return Key(FormattableString.Invariant($"c {mailbox.Value} {hash}"), Hour, now);
    }

    /// <summary>When the stretch is over.</summary>
    public static DateTimeOffset EndOf(TallyKey key, TimeSpan length) => DateTimeOffset.UnixEpoch + (length * (key.Slot + 1));

    /// <summary>Counts what leaves without a person's look.</summary>
    public static async ValueTask CountAsync(IWriteUnit unit, NewMessage fresh, Moved moved)
    {
        if (moved.Leaf is not (Leaf.SendReleased or Leaf.SendScheduled))
        {
            return;
        }

        var account = fresh.Message.Account;
        var thread = Thread(fresh.Message.Thread, unit.Now);
        await unit.TallyAsync(account, thread, 1, EndOf(thread, Hour)).ConfigureAwait(false);
        if (fresh.Content is { } content)
        {
            await unit.TallyAsync(account, content, fresh.Recipients.Count, EndOf(content, Hour)).ConfigureAwait(false);
        }
    }

    private static TallyKey Key(string what, TimeSpan length, DateTimeOffset now) => new(what, (now - DateTimeOffset.UnixEpoch).Ticks / length.Ticks);
}
