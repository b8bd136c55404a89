using System.Collections.Concurrent;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Policy;

/// <summary>
/// Remembers which mail of strangers a key was shown: what it writes within the next day may be theirs. Held here at once and
/// in the store at most once a minute for each reader, so that reading stays cheap and other nodes learn of it.
/// </summary>
internal sealed class UntrustedReads(CoreContext core)
{
    /// <summary>How many messages are remembered for one reader, the newest.</summary>
    public const int Most = 50;

    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);
    private static readonly string Inbound = Directions.Name(Direction.Inbound);
    private readonly ConcurrentDictionary<(AccountId Account, string Reader), Book> _books = new();

    /// <summary>A lineage: what one key read, the keys made by it know.</summary>
    public static string ReaderOf(Principal principal) => principal.Lineage;

    /// <summary>A list or a message was shown. A person's reading taints nothing.</summary>
    public ValueTask NoteAsync(Principal principal, IEnumerable<MessageSummary> shown, CancellationToken cancellationToken) =>
        NoteAsync(principal, shown.Where(s => s.Direction == Inbound).Select(s => (s.MessageId, s.ThreadId)), cancellationToken);

    public ValueTask NoteAsync(Principal principal, MessageView shown, CancellationToken cancellationToken) =>
        NoteAsync(principal, shown.Direction == Inbound ? [(shown.MessageId, shown.ThreadId)] : [], cancellationToken);

    /// <summary>Something of a message is used unseen, such as a file that goes along.</summary>
    public ValueTask NoteAsync(Principal principal, Message used, CancellationToken cancellationToken) =>
        NoteAsync(principal, used.Direction is Direction.Inbound ? [(core.Ids.Format(used.Id), core.Ids.Format(used.Thread))] : [], cancellationToken);

    private async ValueTask NoteAsync(Principal principal, IEnumerable<(string Message, string Thread)> shown, CancellationToken cancellationToken)
    {
        if (principal.Kind is PrincipalKind.Human or PrincipalKind.System)
        {
            return;
        }

        var now = core.Clock.GetUtcNow();
        var reads = shown.Select(s => new UntrustedRead(Id<MessageId>(s.Message), Id<ThreadId>(s.Thread), now)).ToList();
        if (reads.Count == 0)
        {
            return;
        }

        var reader = ReaderOf(principal);
        var book = _books.GetOrAdd((principal.Account, reader), static _ => new Book());
        if (book.Add(reads, now) is { } toWrite)
        {
            await WriteAsync(principal.Account, reader, book, toWrite, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What was read here, newest first; what other nodes showed is in the store.</summary>
    public IReadOnlyList<UntrustedRead> Recent(AccountId account, string reader, DateTimeOffset since) =>
        _books.TryGetValue((account, reader), out var book) ? book.Since(since) : [];

    private T Id<T>(string text)
        where T : struct, IEntityId<T> => core.Ids.TryParse<T>(text, out var id) ? id : throw new InvalidOperationException("A summary has no id.");

    private async ValueTask WriteAsync(AccountId account, string reader, Book book, IReadOnlyList<UntrustedRead> reads, CancellationToken cancellationToken)
    {
        try
        {
            await core.Store.WriteAsync(
                async unit =>
                {
                    await unit.NoteReadsAsync(account, reader, reads, Most).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            book.Retry(reads); // reading goes on, and this node knows of it; the next read writes again
        }
    }

    private sealed class Book
    {
        // Guards everything below.
        private readonly Lock _lock = new();
        private readonly Dictionary<MessageId, UntrustedRead> _recent = [];
        private readonly List<UntrustedRead> _unwritten = [];
        private DateTimeOffset _writtenAt = DateTimeOffset.MinValue;

        /// <returns>What is to be written now; null = not yet.</returns>
        public IReadOnlyList<UntrustedRead>? Add(IReadOnlyList<UntrustedRead> reads, DateTimeOffset now)
        {
            lock (_lock)
            {
                foreach (var read in reads)
                {
                    _recent[read.Message] = read;
                    _unwritten.Add(read);
                }

                Trim();
                if (now - _writtenAt < WriteEvery)
                {
                    return null;
                }

                _writtenAt = now;
                IReadOnlyList<UntrustedRead> all = [.. _unwritten.TakeLast(Most)];
                _unwritten.Clear();
                return all;
            }
        }

        public void Retry(IReadOnlyList<UntrustedRead> reads)
        {
            lock (_lock)
            {
                _unwritten.InsertRange(0, reads);
                _writtenAt = DateTimeOffset.MinValue;
                Trim();
            }
        }

        public IReadOnlyList<UntrustedRead> Since(DateTimeOffset since)
        {
            lock (_lock)
            {
                return [.. _recent.Values.Where(r => r.At >= since).OrderByDescending(r => r.At)];
            }
        }

        private void Trim()
        {
            foreach (var old in _recent.Values.OrderByDescending(r => r.At).Skip(Most).ToList())
            {
                _recent.Remove(old.Message);
            }

            if (_unwritten.Count > Most)
            {
                _unwritten.RemoveRange(0, _unwritten.Count - Most);
            }
        }
    }
}
