using System.Globalization;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MultiMail.TransparencyLog;

/// <summary>A public Ed25519 key with its name: who may have signed a note (C2SP signed-note).</summary>
public sealed class NoteVerifier
{
    private readonly byte[] _publicKey;

    private NoteVerifier(string name, byte[] publicKey)
    {
        Name = name;
        _publicKey = publicKey;
        byte[] typeAndKey = [NoteKey.Ed25519Type, .. publicKey];
        KeyId = NoteKey.Id(name, typeAndKey);
        VerifierKey = string.Create(CultureInfo.InvariantCulture, $"{name}+{KeyId:x8}+{Convert.ToBase64String(typeAndKey)}");
    }

    public string Name { get; }

    /// <summary>The short identifier in signature lines; it tells keys apart and is no security measure.</summary>
    public uint KeyId { get; }

    /// <summary>The vkey text: <c>name+hex(key id)+base64(type ‖ key)</c>.</summary>
    public string VerifierKey { get; }

    /// <summary>Parses a vkey, strictly: valid name, matching key id in lower-case hex, canonical base64, an Ed25519 point of full order.</summary>
    public static bool TryParse(string? vkey, out NoteVerifier verifier)
    {
        verifier = null!; // Read only after true, as with every TryParse.
        var parts = vkey?.Split('+', 3) ?? [];
        if (parts.Length != 3
            || !NoteKey.IsName(parts[0])
            || !StrictText.TryDecodeBase64(parts[2], out var key)
            || key.Length != 1 + Ed25519.PublicKeySize
            || key[0] != NoteKey.Ed25519Type
            || !Ed25519.ValidatePublicKeyFull(key, 1))
        {
            return false;
        }

        var parsed = new NoteVerifier(parts[0], key[1..]);
        if (!string.Equals(parsed.VerifierKey, vkey, StringComparison.Ordinal))
        {
            return false;
        }

        verifier = parsed;
        return true;
    }

    public override string ToString() => VerifierKey;

    internal static NoteVerifier FromPublicKey(string name, byte[] publicKey) => new(name, publicKey);

    /// <summary>RFC 8032 §5.1.7.</summary>
    internal bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature.ToArray(), 0, _publicKey, 0, text.ToArray(), 0, text.Length);
}
