using MultiMail.Core.Storage;
using MultiMail.TransparencyLog;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MultiMail.Core.Audit;

/// <summary>
/// Recomputes a whole log from its stored entries and says, in sentences, what does not fit. The log may grow meanwhile: what is
/// checked is the log up to the head.
/// </summary>
/// <param name="head">The log's end as it was read first.</param>
/// <param name="checkpoints">Read before <paramref name="head"/>, so that an honest log's head covers each of them.</param>
internal sealed class LogCheck(IStoreReads store, AccountId account, LogHead head, IReadOnlyList<StoredCheckpoint> checkpoints, NoteVerifier verifier)
{
    private const int Page = 1_000;
    private const int MaxFaults = 20;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private readonly List<string> _faults = [];

    public async Task<AuditVerification> RunAsync(string? oldCheckpoint, CancellationToken cancellationToken)
    {
        var tree = await RecomputeAsync(cancellationToken).ConfigureAwait(false);
        if (tree.Size != head.Size)
        {
            Fault($"The log's head says {head.Size} entries, but {tree.Size} are there.");
        }

        await CheckNothingBehindAsync(cancellationToken).ConfigureAwait(false);
        if (!MerkleEdge.TryParse(head.Size, head.Edge, out var edge) || (tree.Size == head.Size && edge.Root() != tree.Root()))
        {
            Fault("The stored edge is not that of the stored entries.");
        }

        foreach (var checkpoint in checkpoints)
        {
            CheckAgainst(tree, checkpoint.Note, $"The stored checkpoint of size {checkpoint.Size}");
        }

        if (oldCheckpoint is not null)
        {
            CheckAgainst(tree, oldCheckpoint, "The given checkpoint");
        }

        return new AuditVerification(tree.Size, tree.Root().ToBase64(), checkpoints.Count, _faults);
    }

    /// <summary>Entries in order, without gaps, up to <paramref name="size"/>.</summary>
    public static async IAsyncEnumerable<AuditEntry> EntriesAsync(IStoreReads store, AccountId account, long size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = 0L; from < size;)
        {
            var page = await store.LogEntriesAsync(account, from, (int)Math.Min(Page, size - from), cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (var entry in page)
            {
                yield return entry;
            }

            from = page[^1].Index + 1;
        }
    }

    private async Task<MerkleTree> RecomputeAsync(CancellationToken cancellationToken)
    {
        var tree = new MerkleTree();
        var lastAt = DateTimeOffset.MinValue;
        var expected = 0L;
        await foreach (var entry in EntriesAsync(store, account, head.Size, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Index != expected)
            {
                Fault($"Entry {expected} is missing.");
            }

            expected = entry.Index + 1;
            var hash = MerkleHash.Leaf(entry.Entry);
            if (!hash.Bytes.SequenceEqual(entry.LeafHash))
            {
                Fault($"Entry {entry.Index} is not what its hash says.");
            }

            lastAt = CheckForm(entry, lastAt);
            tree.Append(hash);
        }

        return tree;
    }

    /// <summary>An entry behind the head is one of a later unit, which moved the head with it, or it was put there by hand.</summary>
    private async Task CheckNothingBehindAsync(CancellationToken cancellationToken)
    {
        var behind = await store.LogEntriesAsync(account, head.Size, 1, cancellationToken).ConfigureAwait(false);
        if (behind.Count > 0 && await store.LogHeadAsync(account, cancellationToken).ConfigureAwait(false) is { } now && now.Size <= behind[0].Index)
        {
            Fault($"Entry {behind[0].Index} stands behind the log's head.");
        }
    }

    private DateTimeOffset CheckForm(AuditEntry entry, DateTimeOffset lastAt)
    {
        try
        {
            using var json = JsonDocument.Parse(entry.Entry, Strict);
            if (json.RootElement.GetProperty("n").GetInt64() != entry.Index)
            {
                Fault($"Entry {entry.Index} carries another index.");
            }

            var at = json.RootElement.GetProperty("at").GetDateTimeOffset();
            if (at < lastAt)
            {
                Fault($"Entry {entry.Index} is earlier than the one before.");
            }

            return at;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            Fault($"Entry {entry.Index} is not a leaf of this log.");
            return lastAt;
        }
    }

    private void CheckAgainst(MerkleTree tree, string note, string what)
    {
        if (Checkpoint.Open(note, verifier) is not { } checkpoint || checkpoint.Origin != head.Origin)
        {
            Fault($"{what} is not signed by this log's key.");
        }
        else if (checkpoint.Size > tree.Size)
        {
            Fault($"{what} covers {checkpoint.Size} entries, but only {tree.Size} are there: the log was cut.");
        }
        else if (tree.Root(checkpoint.Size) != checkpoint.Root)
        {
            Fault($"{what} has another root than the first {checkpoint.Size} entries: something was changed.");
        }
    }

    private void Fault(string sentence)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(sentence);
        }
    }
}
