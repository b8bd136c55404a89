using CsCheck;

namespace MultiMail.TransparencyLog.Tests;

public sealed class Hash32Tests
{
    private static readonly Gen<byte[]> HashBytes = Gen.Byte.Array[32];

    [Fact]
    public void Bytes_and_base64_round_trip() => HashBytes.Sample(bytes =>
    {
        var hash = new Hash32(bytes);
        Assert.Equal(bytes, hash.ToArray());
        Assert.True(Hash32.TryParseBase64(hash.ToBase64(), out var read));
        Assert.Equal(hash, read);
        Assert.Equal(hash.GetHashCode(), read.GetHashCode());
    });

    [Fact]
    public void Hashes_are_equal_only_if_all_bytes_are() =>
        Gen.Select(HashBytes, Gen.Int[0, 31], Gen.Byte[1, 255]).Sample((bytes, at, change) =>
        {
            var other = bytes.ToArray();
            other[at] ^= change;
            Assert.NotEqual(new Hash32(bytes), new Hash32(other));
        });

    [Theory]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=")] // unused bits set
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")] // no padding
    [InlineData(" 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa+/TImW+5\nJCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")] // the URL alphabet
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==")] // 31 bytes
    [InlineData("")]
    public void Second_spelling_of_a_hash_is_refused(string text) => Assert.False(Hash32.TryParseBase64(text, out _));

    [Fact]
    public void Other_lengths_are_no_hash()
    {
        Assert.Throws<ArgumentException>(() => new Hash32(new byte[31]));
        Assert.Throws<ArgumentException>(() => new Hash32(new byte[33]));
    }
}
