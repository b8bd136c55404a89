using System.Globalization;

namespace MultiMail.TransparencyLog;

/// <summary>The state of a log at a size (C2SP tlog-checkpoint), without extension lines, which monitors cannot audit.</summary>
/// <param name="Origin">The log's name; not empty, without control characters.</param>
/// <param name="Size">The number of leaves, 0 or more.</param>
/// <param name="Root">The root of the tree of that size.</param>
/// <exception cref="ArgumentException">Origin or size is out of its bounds.</exception>
public sealed record Checkpoint(string Origin, long Size, Hash32 Root)
{
    public string Origin { get; init => field = ValidOrigin(value); } = ValidOrigin(Origin);

    public long Size { get; init => field = ValidSize(value); } = ValidSize(Size);

    /// <summary>The three lines, each with its newline.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");

    /// <summary>The signed note over this checkpoint. A log must never sign two that are inconsistent: that is the caller's duty.</summary>
    /// <exception cref="ArgumentException">The signer's name is not the origin.</exception>
    public string Sign(NoteSigner signer) => signer.Name == Origin
        ? signer.Sign(ToText())
        : throw new ArgumentException("The log's key carries the name of the log's origin.", nameof(signer));

    /// <summary>Parses the text of a checkpoint: exactly three lines, decimal size without leading zero, canonical base64.</summary>
    public static bool TryParse(string? text, out Checkpoint checkpoint)
    {
        checkpoint = null!; // Read only after true, as with every TryParse.
        if (text is null
            || !StrictText.TrySplitLines(text, out var lines)
            || lines.Length != 3
            || !IsOrigin(lines[0])
            || !StrictText.TryParseDecimal(lines[1], out var size)
            || !Hash32.TryParseBase64(lines[2], out var root))
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root);
        return true;
    }

    /// <summary>Opens a signed checkpoint, or null. A key that has the name of the origin must have signed; witnesses alone do not do.</summary>
    public static Checkpoint? Open(string note, params IReadOnlyList<NoteVerifier> verifiers) => Open(note, verifiers, out _);

    /// <summary>Opens a signed checkpoint, or null with the reason.</summary>
    public static Checkpoint? Open(string note, IReadOnlyList<NoteVerifier> verifiers, out NoteFault fault)
    {
        if (SignedNote.Open(note, verifiers, out fault) is not { } opened)
        {
            return null;
        }

        if (TryParse(opened.Text, out var checkpoint) && opened.VerifiedBy.Any(v => v.Name == checkpoint.Origin))
        {
            return checkpoint;
        }

        fault = NoteFault.NotThisCheckpoint;
        return null;
    }

    private static bool IsOrigin(string origin) =>
        origin.Length > 0 && !origin.Contains('\n', StringComparison.Ordinal) && StrictText.IsNoteText(origin);

    private static string ValidOrigin(string origin) => IsOrigin(origin)
        ? origin
        : throw new ArgumentException("An origin is one line, not empty, without control characters.", nameof(origin));

    private static long ValidSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size;
    }
}
