using MultiMail.Testing;

namespace MultiMail.TransparencyLog.Tests;

/// <summary>What we write, checked by golang.org/x/mod; what was changed, refused by it.</summary>
public sealed class GoInteropTests : IDisposable
{
    private const int Size = 600;

    private static readonly MerkleTree Tree = Samples.Tree(Size);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("log-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Go_accepts_our_proofs()
    {
        GoVerifier.Needed();
        WriteKey();
        for (var size = 1; size <= Size; size += 1 + (size / 4))
        {
            foreach (var index in new HashSet<int> { 0, size / 3, size / 2, size - 1 })
            {
                WriteProof($"{size}-{index}", size, index);
            }
        }

        var (exitCode, output) = GoVerifier.Verify(_folder.FullName);
        Assert.True(exitCode == 0, output);
        Assert.Equal(_folder.GetFiles("*.leaf").Length, output.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("p.leaf")]
    [InlineData("p.tlog-proof")]
    [InlineData("log.vkey")]
    public void Go_refuses_one_flipped_bit_anywhere(string name)
    {
        GoVerifier.Needed();
        WriteKey();
        WriteProof("p", 77, 66);
        Assert.Equal(0, GoVerifier.Verify(_folder.FullName).ExitCode);
        var bytes = File.ReadAllBytes(PathOf(name));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x01;
            File.WriteAllBytes(PathOf(name), bytes);
            var (exitCode, output) = GoVerifier.Verify(_folder.FullName);
            Assert.True(exitCode == 1, $"byte {i} of {name}: {output}");
            bytes[i] ^= 0x01;
        }
    }

    [Fact]
    public void Go_accepts_our_export_and_that_it_extends_older_proofs()
    {
        GoVerifier.Needed();
        WriteKey();
        WriteExport();
        WriteProof("old", 39, 7);
        var (exitCode, output) = GoVerifier.Verify(_folder.FullName);
        Assert.True(exitCode == 0, output);
        Assert.Contains("ok   checkpoint: 600 entries", output, StringComparison.Ordinal);
        Assert.Contains("ok   old.tlog-proof: leaf 7 of 39", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tile/entries/000")]
    [InlineData("tile/entries/002.p/88")]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/002.p/88")]
    [InlineData("tile/1/000.p/2")]
    [InlineData("checkpoint")]
    public void Go_refuses_a_changed_export(string file)
    {
        GoVerifier.Needed();
        WriteKey();
        WriteExport();
        var bytes = File.ReadAllBytes(PathOf(file));
        bytes[bytes.Length / 2] ^= 0x01;
        File.WriteAllBytes(PathOf(file), bytes);
        Assert.Equal(1, GoVerifier.Verify(_folder.FullName).ExitCode);
    }

    [Fact]
    public void Go_refuses_a_proof_of_another_history()
    {
        GoVerifier.Needed();
        WriteKey();
        WriteExport();
        var fork = new MerkleTree(Enumerable.Range(100, 39).Select(i => Samples.Leaf(i)));
        File.WriteAllText(PathOf("fork.tlog-proof"), Samples.Proof(fork, 7).ToText());
        File.WriteAllBytes(PathOf("fork.leaf"), Samples.Entry(107));
        var (exitCode, output) = GoVerifier.Verify(_folder.FullName);
        Assert.Equal(1, exitCode);
        Assert.Contains("FAIL fork.tlog-proof", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Go_does_not_call_an_empty_folder_good()
    {
        GoVerifier.Needed();
        Assert.Equal(1, GoVerifier.Verify(_folder.FullName).ExitCode);
        WriteKey();
        Assert.Equal(1, GoVerifier.Verify(_folder.FullName).ExitCode);
    }

    private void WriteKey() => File.WriteAllText(PathOf("log.vkey"), Samples.Signer.VerifierKey + "\n");

    private void WriteProof(string name, int size, int index)
    {
        var note = new Checkpoint(Samples.Origin, size, Tree.Root(size)).Sign(Samples.Signer);
        File.WriteAllText(PathOf($"{name}.tlog-proof"), TlogProof.Create(index, note, Tree).ToText());
        File.WriteAllBytes(PathOf($"{name}.leaf"), Samples.Entry(index));
    }

    private void WriteExport()
    {
        var (tiles, checkpoint) = Samples.Export(Size);
        foreach (var (path, content) in tiles.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
            File.WriteAllBytes(PathOf(path), content.ToArray());
        }

        File.WriteAllText(PathOf("checkpoint"), checkpoint.Sign(Samples.Signer));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
