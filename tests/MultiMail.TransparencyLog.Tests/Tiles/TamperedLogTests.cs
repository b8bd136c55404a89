namespace MultiMail.TransparencyLog.Tests;

/// <summary>The fault table: what was done to an exported log, and that it is found.</summary>
public sealed class TamperedLogTests
{
    private const int Size = 260;

    [Fact]
    public void Change_of_each_byte_of_each_file_is_found_in_that_file()
    {
        var (tiles, checkpoint) = Samples.Export(3);
        foreach (var (path, content) in tiles.Files.ToList())
        {
            for (var i = 0; i < content.Length; i++)
            {
                var bytes = content.ToArray();
                bytes[i] ^= 0x01;
                tiles.Files[path] = bytes;
                var faults = TiledLogCheck.Run(tiles, checkpoint);
                Assert.Contains(faults, f => f.Path == path && f.Index is >= 0 and < 3);
            }

            tiles.Files[path] = content;
        }

        Assert.Empty(TiledLogCheck.Run(tiles, checkpoint));
    }

    [Fact]
    public void Changed_byte_is_found_in_each_file_of_a_larger_log()
    {
        var (tiles, checkpoint) = Samples.Export(Size);
        foreach (var (path, content) in tiles.Files.ToList())
        {
            for (var i = 0; i < content.Length; i += 97)
            {
                var bytes = content.ToArray();
                bytes[i] ^= 0x80;
                tiles.Files[path] = bytes;
                Assert.Contains(TiledLogCheck.Run(tiles, checkpoint), f => f.Path == path && f.Index is not null);
            }

            tiles.Files[path] = content;
        }
    }

    [Fact]
    public void Missing_or_cut_file_is_named()
    {
        var (tiles, checkpoint) = Samples.Export(Size);
        foreach (var (path, content) in tiles.Files.ToList())
        {
            tiles.Files.Remove(path);
            Assert.Contains(TiledLogCheck.Run(tiles, checkpoint), f => f.Path == path && f.Problem == "is missing");
            tiles.Files[path] = content[..^1];
            Assert.Contains(TiledLogCheck.Run(tiles, checkpoint), f => f.Path == path);
            tiles.Files[path] = content;
        }
    }

    [Fact]
    public void Entry_dropped_doubled_swapped_or_inserted_contradicts_the_held_checkpoint()
    {
        var (_, held) = Samples.Export(Size);
        var entries = Enumerable.Range(0, Size).Select(i => Samples.Entry(i)).ToList();
        List<byte[]>[] rewritten =
        [
            [.. entries[..100], .. entries[101..], Samples.Entry(Size)],
            [.. entries[..100], entries[100], .. entries[100..^1]],
            [.. entries[..100], entries[101], entries[100], .. entries[102..]],
            [.. entries[..100], Samples.Entry(9999), .. entries[100..^1]],
        ];
        foreach (var history in rewritten)
        {
            // The operator made all tiles anew: only the checkpoint that somebody holds tells.
            Assert.Equal(["checkpoint"], TiledLogCheck.Run(Write(history), held).Select(f => f.Path), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Truncated_log_passes_alone_and_fails_against_the_newer_checkpoint()
    {
        var (_, held) = Samples.Export(Size);
        for (var size = 0; size < Size; size++)
        {
            var (tiles, own) = Samples.Export(size);
            Assert.Empty(TiledLogCheck.Run(tiles, own));
            Assert.NotEmpty(TiledLogCheck.Run(tiles, held));
        }
    }

    [Fact]
    public void Source_without_its_tiles_says_which_is_missing()
    {
        var (tiles, _) = Samples.Export(Size);
        tiles.Files.Remove("tile/0/001.p/4");
        var fault = Assert.Throws<InvalidDataException>(() => new TileHashSource(Size, tiles).Node(0, 259));
        Assert.Equal("tile/0/001.p/4 is missing.", fault.Message, StringComparer.Ordinal);
    }

    private static InMemoryTiles Write(List<byte[]> entries)
    {
        var tiles = new InMemoryTiles();
        var writer = new TiledLogWriter(tiles);
        entries.ForEach(e => writer.Append(e));
        writer.Finish();
        return tiles;
    }
}
