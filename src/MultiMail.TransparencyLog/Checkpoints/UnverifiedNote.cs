namespace MultiMail.TransparencyLog;

/// <summary>A note taken apart, its signatures not looked at. Internal: outside this library only an opened note has a text.</summary>
internal sealed record UnverifiedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    // The specification asks for at least 16; post-quantum signatures may have 5 kB each.
    private const int MaxSignatures = 100;
    private const int MaxLength = 1_000_000;

    public static UnverifiedNote? Parse(string note)
    {
        if (note.Length > MaxLength || !StrictText.IsNoteText(note))
        {
            return null;
        }

        // The last blank line separates: the text itself may hold others.
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0
            || !StrictText.TrySplitLines(note[(blank + 2)..], out var lines)
            || lines.Length > MaxSignatures)
        {
            return null;
        }

        var signatures = lines.Select(NoteSignature.Parse).OfType<NoteSignature>().ToArray();
        return signatures.Length == lines.Length ? new UnverifiedNote(note[..(blank + 1)], signatures) : null;
    }
}
