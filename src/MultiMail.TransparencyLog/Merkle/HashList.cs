using System.Runtime.InteropServices;

namespace MultiMail.TransparencyLog;

/// <summary>Hashes one after the other, as edges and tiles hold them.</summary>
internal static class HashList
{
    public static void Write(ReadOnlySpan<Hash32> hashes, Span<byte> destination) =>
        MemoryMarshal.AsBytes(hashes).CopyTo(destination);

    /// <summary>Needs a length that is a multiple of 32.</summary>
    public static Hash32[] Read(ReadOnlySpan<byte> bytes)
    {
        var hashes = new Hash32[bytes.Length / Hash32.Size];
        bytes.CopyTo(MemoryMarshal.AsBytes(hashes.AsSpan()));
        return hashes;
    }
}
