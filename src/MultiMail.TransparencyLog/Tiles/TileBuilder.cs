namespace MultiMail.TransparencyLog;

/// <summary>
/// Makes the tiles of a log out of its leaf hashes as they come, holding one open tile a level: a log of any length
/// needs a few kilobytes. For one thread.
/// </summary>
public sealed class TileBuilder(Action<TileId, ReadOnlyMemory<byte>> write)
{
    private readonly List<List<Hash32>> _open = [];
    private readonly List<long> _done = [];

    /// <summary>Goes on where a log of <paramref name="size"/> leaves stands.</summary>
    /// <exception cref="InvalidDataException">A tile is missing or has another length than the size asks for.</exception>
    public static TileBuilder Resume(long size, ITileReader tiles, Action<TileId, ReadOnlyMemory<byte>> write)
    {
        var builder = new TileBuilder(write);
        var source = new TileHashSource(size, tiles);
        for (var level = 0; size >> (8 * level) > 0 && level < 8; level++)
        {
            var nodes = size >> (8 * level);
            var first = nodes / TileIndexPath.FullWidth * TileIndexPath.FullWidth;
            builder._done.Add(nodes / TileIndexPath.FullWidth);
            builder._open.Add([.. Enumerable.Range(0, (int)(nodes - first)).Select(i => source.Node(8 * level, first + i))]);
        }

        return builder;
    }

    /// <summary>Adds a leaf; tiles it completes are written, lowest level first.</summary>
    public void Append(in Hash32 leafHash) => Append(0, leafHash);

    /// <summary>Writes the partial tiles of the present size. Appending may go on afterwards.</summary>
    public void WritePartial()
    {
        for (var level = 0; level < _open.Count; level++)
        {
            if (_open[level].Count > 0)
            {
                write(new TileId(level, _done[level], _open[level].Count), Tile.Encode([.. _open[level]]));
            }
        }
    }

    private void Append(int level, in Hash32 hash)
    {
        if (level == _open.Count)
        {
            _open.Add(new List<Hash32>(TileIndexPath.FullWidth));
            _done.Add(0);
        }

        var open = _open[level];
        open.Add(hash);
        if (open.Count < TileIndexPath.FullWidth)
        {
            return;
        }

        write(new TileId(level, _done[level]), Tile.Encode([.. open]));
        _done[level]++;
        var root = Tile.Node(open, 0, 8);
        open.Clear();
        Append(level + 1, root);
    }
}
