using System.Globalization;
using System.Text;

namespace MultiMail.TransparencyLog.Tests;

/// <summary>The log of the published vectors: entry i is <c>{"event":"send.requested","n":i,"v":1}</c>.</summary>
internal static class Samples
{
    public const string Origin = "mail.example/audit/log1";

    public static NoteSigner Signer { get; } = new(Origin, Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    public static byte[] Entry(long n) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"event":"send.requested","n":{{n}},"v":1}"""));

    public static Hash32 Leaf(long n) => MerkleHash.Leaf(Entry(n));

    public static MerkleTree Tree(int size) => new(Enumerable.Range(0, size).Select(i => Leaf(i)));

    public static Hash32 Hash(string base64) =>
        Hash32.TryParseBase64(base64, out var hash) ? hash : throw new ArgumentException(base64, nameof(base64));

    public static string SignedCheckpoint(MerkleTree tree) =>
        new Checkpoint(Origin, tree.Size, tree.Root()).Sign(Signer);

    public static TlogProof Proof(MerkleTree tree, long index) => TlogProof.Create(index, SignedCheckpoint(tree), tree);

    public static (InMemoryTiles Tiles, Checkpoint Checkpoint) Export(int size)
    {
        var tiles = new InMemoryTiles();
        var writer = new TiledLogWriter(tiles);
        for (var i = 0; i < size; i++)
        {
            writer.Append(Entry(i));
        }

        return (tiles, new Checkpoint(Origin, size, writer.Finish().Root()));
    }
}
