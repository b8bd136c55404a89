using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class CheckpointTests
{
    private const string Root = "+63UKC9WaV3MLhH2w2BKDqkgCO+kTZmxIyX/phe/quk=";
    private const string Text = $"{Samples.Origin}\n77\n{Root}\n";

    [Fact]
    public void Text_is_three_lines()
    {
        var checkpoint = new Checkpoint(Samples.Origin, 77, Samples.Hash(Root));
        Assert.Equal(Text, checkpoint.ToText());
        Assert.True(Checkpoint.TryParse(Text, out var read));
        Assert.Equal(checkpoint, read);
    }

    [Fact]
    public void Any_size_and_root_round_trip() => Gen.Select(Gen.Long[0, long.MaxValue], Gen.Byte.Array[32]).Sample((size, root) =>
    {
        var checkpoint = new Checkpoint(Samples.Origin, size, new Hash32(root));
        Assert.True(Checkpoint.TryParse(checkpoint.ToText(), out var read));
        Assert.Equal(checkpoint, read);
        Assert.Equal(checkpoint, Checkpoint.Open(checkpoint.Sign(Samples.Signer), Samples.Signer.Verifier));
    }, iter: 50);

    [Theory]
    [InlineData("\n77\n" + Root + "\n")]
    [InlineData("o\n077\n" + Root + "\n")]
    [InlineData("o\n00\n" + Root + "\n")]
    [InlineData("o\n+77\n" + Root + "\n")]
    [InlineData("o\n-1\n" + Root + "\n")]
    [InlineData("o\n 77\n" + Root + "\n")]
    [InlineData("o\n7_7\n" + Root + "\n")]
    [InlineData("o\n\u0667\n" + Root + "\n")]
    [InlineData("o\n9223372036854775808\n" + Root + "\n")]
    [InlineData("o\n\n" + Root + "\n")]
    [InlineData("o\n77\n+63UKC9WaV3MLhH2w2BKDqkgCO+kTZmxIyX/phe/qul=\n")] // unused bits set
    [InlineData("o\n77\n+63UKC9WaV3MLhH2w2BKDqkgCO+kTZmxIyX/phe/quk\n")]
    [InlineData("o\n77\n" + Root)]
    [InlineData("o\n77\n" + Root + "\n\n")]
    [InlineData("o\n77\n" + Root + "\nextension\n")]
    [InlineData("o\r\n77\r\n" + Root + "\r\n")]
    [InlineData("o\n77\n")]
    [InlineData("")]
    [InlineData(null)]
    public void Second_spelling_of_a_checkpoint_is_refused(string? text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Fact]
    public void Forged_signed_checkpoint_is_refused()
    {
        var log = Samples.Signer.Verifier;
        var good = Samples.Signer.Sign(Text);
        Assert.NotNull(Checkpoint.Open(good, log));
        Assert.Null(Checkpoint.Open(good.Replace("\n77\n", "\n78\n", StringComparison.Ordinal), [log], out var changed));
        Assert.Equal(NoteFault.BadSignature, changed);
        Assert.Null(Checkpoint.Open(good.Replace("\n\n", "\n", StringComparison.Ordinal), [log], out var noBlankLine));
        Assert.Equal(NoteFault.Malformed, noBlankLine);
        Assert.Null(Checkpoint.Open(Samples.Signer.Sign(Text.Replace("77", "077", StringComparison.Ordinal)), [log], out var leadingZero));
        Assert.Equal(NoteFault.NotThisCheckpoint, leadingZero);
        var wrongKey = new NoteSigner(Samples.Origin, new byte[32]);
        Assert.Null(Checkpoint.Open(wrongKey.Sign(Text), [log], out var unknown));
        Assert.Equal(NoteFault.NoKnownKey, unknown);
    }

    [Fact]
    public void Trusted_key_of_another_name_does_not_speak_for_the_log()
    {
        var witness = new NoteSigner("witness.example", new byte[32]);
        Assert.Null(Checkpoint.Open(witness.Sign(Text), [witness.Verifier, Samples.Signer.Verifier], out var fault));
        Assert.Equal(NoteFault.NotThisCheckpoint, fault);
        Assert.NotNull(Checkpoint.Open(Samples.Signer.Sign(Text) + witness.SignatureLine(Text), witness.Verifier, Samples.Signer.Verifier));
        Assert.True(Checkpoint.TryParse(Text, out var checkpoint));
        Assert.Throws<ArgumentException>(() => checkpoint.Sign(witness));
    }

    [Fact]
    public void Checkpoint_that_could_not_be_read_back_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => new Checkpoint("", 0, default));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a\nb", 0, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("a", -1, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("a", 1, default) with { Size = -1 });
    }
}
