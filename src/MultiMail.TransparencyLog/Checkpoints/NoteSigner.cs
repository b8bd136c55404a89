using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MultiMail.TransparencyLog;

/// <summary>A private Ed25519 key with its name, making signed notes (C2SP signed-note). Safe for several threads.</summary>
public sealed class NoteSigner
{
    private readonly byte[] _seed;
    private readonly byte[] _publicKey;

    /// <summary>A signer from its seed.</summary>
    /// <param name="name">The key name; for a log its origin.</param>
    /// <param name="seed">The 32 bytes of RFC 8032's private key; copied.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a space or plus sign, or the seed is not 32 bytes.</exception>
    public NoteSigner(string name, ReadOnlySpan<byte> seed)
    {
        if (!NoteKey.IsName(name))
        {
            throw new ArgumentException("A key name is not empty and has no space and no plus sign.", nameof(name));
        }

        if (seed.Length != Ed25519.SecretKeySize)
        {
            throw new ArgumentException("An Ed25519 seed has 32 bytes.", nameof(seed));
        }

        _seed = seed.ToArray();
        _publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_seed, 0, _publicKey, 0);
        Verifier = NoteVerifier.FromPublicKey(name, _publicKey);
    }

    public string Name => Verifier.Name;

    /// <summary>The public half.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>The vkey text to publish.</summary>
    public string VerifierKey => Verifier.VerifierKey;

    /// <summary>The signed note: text, blank line, signature line.</summary>
    /// <param name="text">Ends in a newline; no other control character, no lone surrogate.</param>
    /// <exception cref="ArgumentException">The text cannot be the text of a note.</exception>
    public string Sign(string text) => $"{text}\n{SignatureLine(text)}";

    /// <summary>The signature line alone, newline included, to add to a note that others signed too.</summary>
    /// <exception cref="ArgumentException">The text cannot be the text of a note.</exception>
    public string SignatureLine(string text)
    {
        if (!text.EndsWith('\n') || !StrictText.IsNoteText(text))
        {
            throw new ArgumentException("The text of a note ends in a newline and has no other control character.", nameof(text));
        }

        var message = StrictText.Encode(text);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, _publicKey, 0, message, 0, message.Length, signature, 0);
        return new NoteSignature(Name, Verifier.KeyId, signature).ToLine();
    }
}
