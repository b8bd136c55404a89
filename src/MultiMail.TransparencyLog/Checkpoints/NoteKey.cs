using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MultiMail.TransparencyLog;

/// <summary>Key names and key ids of C2SP signed-note.</summary>
internal static class NoteKey
{
    /// <summary>The signature type of plain Ed25519.</summary>
    public const byte Ed25519Type = 0x01;

    /// <summary>Not empty, no Unicode space, no plus sign, nothing that a note could not carry.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsWhiteSpace(c) || c == '+')
            {
                return false;
            }
        }

        return name.Length > 0 && StrictText.IsNoteText(name);
    }

    /// <summary><c>SHA-256(name ‖ 0x0A ‖ type ‖ key)[:4]</c>, big-endian.</summary>
    public static uint Id(string name, ReadOnlySpan<byte> typeAndKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. StrictText.Encode(name), (byte)'\n', .. typeAndKey]));
}
