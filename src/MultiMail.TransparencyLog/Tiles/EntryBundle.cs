using System.Buffers.Binary;

namespace MultiMail.TransparencyLog;

/// <summary>The content of an entry bundle: each entry after its length as big-endian uint16 (C2SP tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int MaxEntrySize = ushort.MaxValue;

    private const int LengthSize = 2;

    /// <summary>The content of the bundle of these entries.</summary>
    /// <exception cref="ArgumentException">An entry is longer than 65,535 bytes.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (entries.Any(e => e.Length > MaxEntrySize))
        {
            throw new ArgumentException("An entry has at most 65,535 bytes.", nameof(entries));
        }

        var bytes = new byte[entries.Sum(e => LengthSize + e.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[LengthSize..]);
            rest = rest[(LengthSize + entry.Length)..];
        }

        return bytes;
    }

    /// <summary>Splits a bundle into its entries; false unless it holds exactly <paramref name="width"/> of them and no byte more.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bundle, int width, out IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        entries = found;
        while (!bundle.IsEmpty)
        {
            if (found.Count == width || bundle.Length < LengthSize)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            bundle = bundle[LengthSize..];
            if (bundle.Length < length)
            {
                return false;
            }

            found.Add(bundle[..length]);
            bundle = bundle[length..];
        }

        return found.Count == width;
    }
}
