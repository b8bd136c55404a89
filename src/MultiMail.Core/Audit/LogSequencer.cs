using MultiMail.TransparencyLog;

namespace MultiMail.Core.Audit;

/// <summary>
/// Gives leaves their index, time, bytes and hash. A store makes one inside the transaction that commits the acts,
/// from the head that this transaction sees, and writes back <see cref="Head"/>: no act without its leaf.
/// </summary>
public sealed class LogSequencer
{
    private readonly LogHead _start;
    private readonly MerkleEdgeBuilder _edge;
    private DateTimeOffset _lastAt;

    /// <exception cref="InvalidDataException">The stored edge is not one of a tree of this size.</exception>
    public LogSequencer(LogHead head)
    {
        if (!MerkleEdge.TryParse(head.Size, head.Edge, out var edge))
        {
            throw new InvalidDataException("The audit log's stored edge does not fit its size.");
        }

        _start = head;
        _edge = new MerkleEdgeBuilder(edge);
        _lastAt = head.LastAt;
    }

    public LogHead Head => _start with { Size = _edge.Size, Edge = _edge.ToEdge().ToBytes(), LastAt = _lastAt };

    public SequencedLeaf Append(LeafDraft draft, DateTimeOffset now)
    {
        // A clock set back never shows in the log: the index orders it, the time never falls.
        _lastAt = now > _lastAt ? now : _lastAt;
        var index = _edge.Size;
        var entry = LeafEncoding.Encode(draft, index, _lastAt);
        var hash = MerkleHash.Leaf(entry);
        _edge.Append(hash);
        return new SequencedLeaf(draft, index, _lastAt, entry, hash.ToArray());
    }
}
