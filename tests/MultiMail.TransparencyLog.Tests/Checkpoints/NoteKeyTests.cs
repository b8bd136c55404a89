namespace MultiMail.TransparencyLog.Tests;

public sealed class NoteKeyTests
{
    [Fact]
    public void Rfc_8032_key_pair_is_the_one_we_derive()
    {
        // RFC 8032 §7.1 test 1.
        var signer = new NoteSigner("example.com/log", Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        var key = Convert.FromBase64String(signer.VerifierKey.Split('+', 3)[2]);
        Assert.Equal("01d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", Convert.ToHexStringLower(key));
    }

    [Fact]
    public void Verifier_key_round_trips()
    {
        Assert.True(NoteVerifier.TryParse(Samples.Signer.VerifierKey, out var verifier));
        Assert.Equal(Samples.Signer.VerifierKey, verifier.VerifierKey);
        Assert.Equal(Samples.Signer.Verifier.KeyId, verifier.KeyId);
        Assert.Equal(Samples.Origin, verifier.Name);
        Assert.NotNull(SignedNote.Open(Samples.Signer.Sign("text\n"), verifier));
    }

    [Fact]
    public void Change_of_any_character_of_a_verifier_key_is_refused()
    {
        var good = Samples.Signer.VerifierKey;
        for (var i = 0; i < good.Length; i++)
        {
            foreach (var c in "aA0+/= \n")
            {
                var changed = $"{good[..i]}{c}{good[(i + 1)..]}";
                Assert.True(changed == good || !NoteVerifier.TryParse(changed, out _), changed);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("name+00000000+")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")] // id in upper case
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n")]
    public void Malformed_verifier_key_is_refused(string? vkey) => Assert.False(NoteVerifier.TryParse(vkey, out _));

    [Fact]
    public void Key_of_small_order_is_refused()
    {
        // The neutral point verifies signatures that nobody made.
        byte[] neutral = [1, 1, .. new byte[31]];
        var id = NoteKey.Id("evil.example", neutral);
        Assert.False(NoteVerifier.TryParse($"evil.example+{id:x8}+{Convert.ToBase64String(neutral)}", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\u00a0b")]
    [InlineData("a\nb")]
    public void Name_that_would_break_a_signature_line_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new NoteSigner(name, new byte[32]));

    [Fact]
    public void Seed_has_32_bytes() => Assert.Throws<ArgumentException>(() => new NoteSigner("a", new byte[31]));
}
