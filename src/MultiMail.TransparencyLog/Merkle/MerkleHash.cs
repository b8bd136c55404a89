using System.Buffers;
using System.Security.Cryptography;

namespace MultiMail.TransparencyLog;

/// <summary>The hashes of RFC 6962 §2.1. The leading byte keeps a leaf from ever passing for a node.</summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int StackLimit = 1024;

    /// <summary>The root of the tree without leaves: SHA-256 of the empty string.</summary>
    public static Hash32 EmptyRoot { get; } = Sha256([]);

    /// <summary><c>SHA256(0x00 ‖ data)</c>.</summary>
    public static Hash32 Leaf(ReadOnlySpan<byte> data)
    {
        var length = data.Length + 1;
        if (length <= StackLimit)
        {
            Span<byte> small = stackalloc byte[StackLimit];
            return Prefixed(small[..length], data);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return Prefixed(rented.AsSpan(0, length), data);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <summary><c>SHA256(0x01 ‖ left ‖ right)</c>.</summary>
    public static Hash32 Node(in Hash32 left, in Hash32 right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Hash32.Size)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash32.Size)..]);
        return Sha256(input);
    }

    private static Hash32 Prefixed(Span<byte> buffer, ReadOnlySpan<byte> data)
    {
        buffer[0] = LeafPrefix;
        data.CopyTo(buffer[1..]);
        return Sha256(buffer);
    }

    private static Hash32 Sha256(ReadOnlySpan<byte> input)
    {
        Span<byte> digest = stackalloc byte[Hash32.Size];
        SHA256.HashData(input, digest);
        return new Hash32(digest);
    }
}
