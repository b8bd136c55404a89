namespace MultiMail.TransparencyLog;

/// <summary>A proof for offline use (C2SP tlog-proof): index, inclusion proof and the signed checkpoint, in one text file.</summary>
public sealed class TlogProof
{
    /// <summary>The extension of such files.</summary>
    public const string FileExtension = ".tlog-proof";

    internal TlogProof(long index, IReadOnlyList<Hash32> hashes, string checkpointNote, ReadOnlyMemory<byte> extra) =>
        (Index, Hashes, CheckpointNote, Extra) = (index, hashes, checkpointNote, extra);

    /// <summary>The leaf's index, from 0.</summary>
    public long Index { get; }

    /// <summary>The inclusion proof, from the leaf's sibling up.</summary>
    public IReadOnlyList<Hash32> Hashes { get; }

    /// <summary>The signed checkpoint as the log issued it, not yet verified.</summary>
    public string CheckpointNote { get; }

    /// <summary>Opaque data beside the proof, empty for none. <b>Not authenticated</b> by log or witness.</summary>
    public ReadOnlyMemory<byte> Extra { get; }

    /// <summary>Makes the proof for one leaf under a signed checkpoint.</summary>
    /// <exception cref="ArgumentException"><paramref name="checkpointNote"/> is no signed checkpoint.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or not below the checkpoint's size.</exception>
    public static TlogProof Create(long index, string checkpointNote, IHashSource source, ReadOnlyMemory<byte> extra = default)
    {
        if (UnverifiedNote.Parse(checkpointNote) is not { } note || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            throw new ArgumentException("Not a signed checkpoint.", nameof(checkpointNote));
        }

        return new TlogProof(index, InclusionProof.Create(index, checkpoint.Size, source), checkpointNote, extra);
    }

    /// <summary>The text of the file.</summary>
    public string ToText() => TlogProofText.Format(this);

    /// <summary>Parses the text of a file, strictly: each proof has exactly one spelling.</summary>
    public static bool TryParse(string? text, out TlogProof proof)
    {
        proof = (text is null ? null : TlogProofText.Parse(text))!; // Read only after true, as with every TryParse.
        return proof is not null;
    }

    /// <summary>Parses the bytes of a file; they must be UTF-8 without byte order mark.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out TlogProof proof) =>
        TryParse(StrictText.TryDecodeUtf8(utf8, out var text) ? text : null, out proof);

    /// <summary>Whether a known log key signed the checkpoint and <paramref name="leaf"/>, to the byte, is under it at <see cref="Index"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> leaf, params IReadOnlyList<NoteVerifier> verifiers) => Verify(leaf, verifiers, out _);

    /// <summary>As the other overload, with the reason.</summary>
    public bool Verify(ReadOnlySpan<byte> leaf, IReadOnlyList<NoteVerifier> verifiers, out TlogProofFault fault)
    {
        if (Checkpoint.Open(CheckpointNote, verifiers) is not { } checkpoint)
        {
            fault = TlogProofFault.Checkpoint;
            return false;
        }

        var included = InclusionProof.Verify(Index, checkpoint.Size, MerkleHash.Leaf(leaf), Hashes, checkpoint.Root);
        fault = included ? TlogProofFault.None : TlogProofFault.Inclusion;
        return included;
    }
}
