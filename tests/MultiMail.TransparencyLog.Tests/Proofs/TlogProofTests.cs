using System.Text;
using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class TlogProofTests
{
    private static readonly MerkleTree Tree = Samples.Tree(77);
    private static readonly NoteVerifier Log = Samples.Signer.Verifier;
    private static readonly string Good = Samples.Proof(Tree, 66).ToText();

    [Fact]
    public void File_has_the_published_form() => Assert.Equal(
        $"""
        c2sp.org/tlog-proof@v1
        index 66
        E/J9XzddRnt2COcRCQxkJeEbWlxv8HrajR6IXI53+j8=
        JToEIP8LyCJuWZ0/L53zhnf8IQCPiSfWjvI94yq9ruE=
        AQNRbMuR4ugunyHeNtHoUflaFwFnzmzdo7qwz4RscUc=
        dO85kQpencfkW2WJjNbRsAt5op5UVThKQYKscJh4vOw=
        TZIvcea2Wd8raJ5aAzrkAIxhvz0uXfW45lNff5n7/ZA=

        {Samples.SignedCheckpoint(Tree)}
        """, Good);

    [Fact]
    public void Every_leaf_of_every_small_log_is_proved_and_no_other() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 39], Gen.Byte.Array[0, 50]).Sample((size, i, extra) =>
        {
            var tree = Samples.Tree(size);
            var index = i % size;
            var text = TlogProof.Create(index, Samples.SignedCheckpoint(tree), tree, extra).ToText();
            Assert.True(TlogProof.TryParse(text, out var proof));
            Assert.Equal(text, proof.ToText());
            Assert.Equal(index, proof.Index);
            Assert.Equal(extra, proof.Extra.ToArray());
            Assert.True(proof.Verify(Samples.Entry(index), Log));
            Assert.False(proof.Verify(Samples.Entry(index + 1), Log));
        }, iter: 100);

    [Fact]
    public void Change_of_any_byte_of_a_proof_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var i = 0; i < bytes.Length; i++)
        {
            var original = bytes[i];
            for (var change = 1; change < 256; change++)
            {
                bytes[i] = (byte)(original ^ change);
                Assert.False(IsProof(bytes), $"byte {i} changed from {original} to {bytes[i]}");
            }

            bytes[i] = original;
        }

        Assert.True(IsProof(bytes));
    }

    [Fact]
    public void Cut_or_lengthened_proof_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(IsProof(bytes[..length]), $"cut to {length} bytes");
            Assert.False(IsProof([.. bytes[..length], .. bytes[(length + 1)..]]), $"without byte {length}");
        }

        Assert.False(IsProof([.. bytes, (byte)'\n']));
        Assert.False(IsProof([0xEF, 0xBB, 0xBF, .. bytes]));
    }

    [Theory]
    [InlineData("index 66\n", "index 066\n")]
    [InlineData("index 66\n", "index -66\n")]
    [InlineData("index 66\n", "index 77\n")]
    [InlineData("index 66\n", "index 65\n")]
    [InlineData("index 66\n", "")]
    [InlineData("index 66\n", "index 66\nindex 66\n")]
    [InlineData("index 66\n", "extra \nindex 66\n")]
    [InlineData("index 66\n", "extra AB==\nindex 66\n")]
    [InlineData("index 66\n", "extra AAAA\nextra AAAA\nindex 66\n")]
    [InlineData("index 66\n", "index 66\nextra AAAA\n")]
    [InlineData("index 66\n", "index 66\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    [InlineData("+j8=\n", "+j9=\n")]
    [InlineData("@v1", "@v2")]
    [InlineData("\n\n", "\n")]
    [InlineData("\n", "\r\n")]
    public void Forged_or_respelt_proof_is_refused(string part, string replacement)
    {
        var forged = Good.Replace(part, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Good, forged, StringComparer.Ordinal);
        Assert.False(IsProof(Encoding.UTF8.GetBytes(forged)));
    }

    [Fact]
    public void Reason_tells_checkpoint_from_inclusion()
    {
        Assert.True(TlogProof.TryParse(Good, out var proof));
        Assert.False(proof.Verify(Samples.Entry(66), [new NoteSigner("x", new byte[32]).Verifier], out var stranger));
        Assert.Equal(TlogProofFault.Checkpoint, stranger);
        Assert.False(proof.Verify(Samples.Entry(65), [Log], out var wrongLeaf));
        Assert.Equal(TlogProofFault.Inclusion, wrongLeaf);
        Assert.True(proof.Verify(Samples.Entry(66), [Log], out var none));
        Assert.Equal(TlogProofFault.None, none);
    }

    [Fact]
    public void Extra_data_may_be_swapped_by_anyone()
    {
        // C2SP tlog-proof: "not authenticated". The test keeps the sentence in our documentation true.
        var swapped = Good.Replace("index", "extra AAAA\nindex", StringComparison.Ordinal);
        Assert.True(IsProof(Encoding.UTF8.GetBytes(swapped)));
    }

    [Fact]
    public void Proof_needs_a_signed_checkpoint_that_covers_the_leaf()
    {
        Assert.Throws<ArgumentException>(() => TlogProof.Create(0, "no note", Tree));
        Assert.Throws<ArgumentException>(() => TlogProof.Create(0, Samples.Signer.Sign("no checkpoint\n"), Tree));
        Assert.Throws<ArgumentOutOfRangeException>(() => TlogProof.Create(77, Samples.SignedCheckpoint(Tree), Tree));
    }

    [Fact]
    public void Random_input_is_refused_without_an_exception() => Gen.Byte.Array[0, 300].Sample(bytes =>
        Assert.False(IsProof(bytes)));

    private static bool IsProof(byte[] file) =>
        TlogProof.TryParse(file, out var proof) && proof.Verify(Samples.Entry(66), Log);
}
