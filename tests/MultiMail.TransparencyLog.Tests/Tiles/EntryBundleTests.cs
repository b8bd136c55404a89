using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class EntryBundleTests
{
    [Fact]
    public void Entries_follow_their_big_endian_length()
    {
        var bundle = EntryBundle.Encode([new byte[] { 7 }, Array.Empty<byte>(), new byte[258]]);
        Assert.Equal([0, 1, 7, 0, 0, 1, 2, 0], bundle[..8]);
        Assert.Equal(2 + 1 + 2 + 2 + 258, bundle.Length);
    }

    [Fact]
    public void Entries_round_trip_and_no_other_width_fits() => Gen.Byte.Array[0, 300].Array[0, 20].Sample(entries =>
    {
        var bundle = EntryBundle.Encode([.. entries.Select(e => (ReadOnlyMemory<byte>)e)]);
        Assert.True(EntryBundle.TryDecode(bundle, entries.Length, out var read));
        Assert.Equal(entries, read.Select(e => e.ToArray()));
        Assert.False(EntryBundle.TryDecode(bundle, entries.Length + 1, out _));
        Assert.False(EntryBundle.TryDecode(bundle, entries.Length - 1, out _));
        Assert.False(EntryBundle.TryDecode((byte[])[.. bundle, 0], entries.Length, out _));
        Assert.False(bundle.Length > 0 && EntryBundle.TryDecode(bundle.AsMemory(0, bundle.Length - 1), entries.Length, out _));
    });

    [Fact]
    public void Longest_entry_has_65535_bytes()
    {
        Assert.True(EntryBundle.TryDecode(EntryBundle.Encode([new byte[65_535]]), 1, out var read));
        Assert.Equal(65_535, read[0].Length);
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[65_536]]));
        Assert.Throws<ArgumentException>(() => new TiledLogWriter(new InMemoryTiles()).Append(new byte[65_536]));
    }
}
