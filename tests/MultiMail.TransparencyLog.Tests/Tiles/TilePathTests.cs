using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class TilePathTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(1, 67, 1, "tile/1/067.p/1")]
    [InlineData(0, 999, 255, "tile/0/999.p/255")]
    [InlineData(3, 1000, 256, "tile/3/x001/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 1000000, 8, "tile/0/x001/x000/000.p/8")]
    public void Tile_has_the_path_of_the_specification(int level, long index, int width, string path)
    {
        Assert.Equal(path, new TileId(level, index, width).Path);
        Assert.True(TileId.TryParse(path, out var tile));
        Assert.Equal(new TileId(level, index, width), tile);
    }

    [Theory]
    [InlineData(0, 256, "tile/entries/000")]
    [InlineData(1234067, 5, "tile/entries/x001/x234/067.p/5")]
    public void Bundle_has_the_path_of_the_specification(long index, int width, string path)
    {
        Assert.Equal(path, new BundleId(index, width).Path);
        Assert.True(BundleId.TryParse(path, out var bundle));
        Assert.Equal(new BundleId(index, width), bundle);
    }

    [Fact]
    public void Paths_round_trip() => Gen.Select(Gen.Int[0, 7], Gen.Long[0, 1L << 55], Gen.Int[1, 256]).Sample((level, index, width) =>
    {
        Assert.True(TileId.TryParse(new TileId(level, index, width).Path, out var tile));
        Assert.Equal(new TileId(level, index, width), tile);
        Assert.True(BundleId.TryParse(new BundleId(index, width).Path, out var bundle));
        Assert.Equal(new BundleId(index, width), bundle);
    });

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/0/000/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/")]
    [InlineData("")]
    public void Path_in_another_spelling_is_refused(string path)
    {
        Assert.False(TileId.TryParse(path, out _));
        Assert.False(BundleId.TryParse(path.Replace("tile/0", "tile/entries", StringComparison.Ordinal), out _)
            && path != "tile/entries/000");
    }

    [Fact]
    public void Impossible_tiles_cannot_be_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(8, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileId(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BundleId(0, 257));
    }
}
