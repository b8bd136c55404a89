using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MultiMail.TransparencyLog;

/// <summary>A SHA-256 value of 32 bytes, compared by value. The default value is 32 zero bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Hash32
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>A hash from its bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public Hash32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));
        }

        this = MemoryMarshal.Read<Hash32>(bytes);
    }

    /// <summary>The bytes in place, without a copy; they live as long as the variable they are taken from.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(new ReadOnlySpan<Hash32>(in this));

    /// <summary>Writes the 32 bytes to the start of a buffer.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    public byte[] ToArray() => Bytes.ToArray();

    /// <summary>Standard base64 with padding, 44 characters (RFC 4648 §4).</summary>
    public string ToBase64() => Convert.ToBase64String(Bytes);

    /// <summary>Parses canonical base64 of exactly 32 bytes: no white space, unused bits zero.</summary>
    public static bool TryParseBase64(ReadOnlySpan<char> text, out Hash32 hash)
    {
        hash = default;
        if (!StrictText.TryDecodeBase64(text, out var bytes) || bytes.Length != Size)
        {
            return false;
        }

        hash = new Hash32(bytes);
        return true;
    }

    public override string ToString() => ToBase64();

    // A SHA-256 value is already uniform: its first bytes serve as the hash code.
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(Bytes);
}
