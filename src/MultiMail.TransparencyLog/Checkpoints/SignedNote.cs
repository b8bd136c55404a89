namespace MultiMail.TransparencyLog;

/// <summary>
/// A note that was opened: at least one known key signed its text and no known key failed (C2SP signed-note).
/// There is no way to the text of a note that did not verify.
/// </summary>
public sealed class SignedNote
{
    private SignedNote(string text, IReadOnlyList<NoteVerifier> verifiedBy) => (Text, VerifiedBy) = (text, verifiedBy);

    /// <summary>The signed text with its final newline.</summary>
    public string Text { get; }

    /// <summary>The known keys that signed, in the order of the signature lines.</summary>
    public IReadOnlyList<NoteVerifier> VerifiedBy { get; }

    /// <summary>Opens a note, or null: malformed, signed by no known key, or a known key's signature fails. Unknown keys are ignored.</summary>
    public static SignedNote? Open(string note, params IReadOnlyList<NoteVerifier> verifiers) => Open(note, verifiers, out _);

    /// <summary>Opens a note, or null with the reason.</summary>
    public static SignedNote? Open(string note, IReadOnlyList<NoteVerifier> verifiers, out NoteFault fault)
    {
        var parsed = UnverifiedNote.Parse(note);
        if (parsed is null)
        {
            fault = NoteFault.Malformed;
            return null;
        }

        var text = StrictText.Encode(parsed.Text);
        var verifiedBy = new List<NoteVerifier>();
        foreach (var signature in parsed.Signatures)
        {
            foreach (var verifier in verifiers.Where(v => v.KeyId == signature.KeyId && v.Name == signature.Name))
            {
                if (!verifier.Verify(text, signature.Signature.Span))
                {
                    fault = NoteFault.BadSignature;
                    return null;
                }

                verifiedBy.Add(verifier);
            }
        }

        fault = verifiedBy.Count == 0 ? NoteFault.NoKnownKey : NoteFault.None;
        return verifiedBy.Count == 0 ? null : new SignedNote(parsed.Text, verifiedBy);
    }
}
