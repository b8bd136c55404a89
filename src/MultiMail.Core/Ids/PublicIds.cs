using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Ids;

/// <summary>
/// Turns keys into what the outside sees: prefix, underscore, 26 characters of Crockford base32 over
/// <c>key ‖ HMAC-SHA256(store key, key ‖ prefix)[..8]</c>. Texts sort as the keys do, and one that was not made here
/// is known as such without a query: guessing an id is guessing 64 bits.
/// </summary>
public sealed class PublicIds
{
    private const int TextLength = 26;
    private readonly byte[] _storeKey;

    /// <param name="storeKey">32 random bytes, made with the store and never changed.</param>
    public PublicIds(ReadOnlySpan<byte> storeKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(storeKey.Length, 32);
        _storeKey = storeKey.ToArray();
    }

    public string Format<T>(T id)
        where T : struct, IEntityId<T>
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes, id.Value, T.Prefix);
        return $"{T.Prefix}_{CrockfordBase32.Encode(bytes)}";
    }

    public string? Format<T>(T? id)
        where T : struct, IEntityId<T> => id is { } value ? Format(value) : null;

    /// <summary>False for anything that this store did not make for this kind of thing.</summary>
    public bool TryParse<T>([NotNullWhen(true)] string? text, out T id)
        where T : struct, IEntityId<T>
    {
        id = default;
        var prefix = T.Prefix;
        if (text is null || text.Length != prefix.Length + 1 + TextLength ||
            !text.StartsWith(prefix, StringComparison.Ordinal) || text[prefix.Length] != '_')
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (!CrockfordBase32.TryDecode(text.AsSpan(prefix.Length + 1), bytes))
        {
            return false;
        }

        var value = BinaryPrimitives.ReadInt64BigEndian(bytes);
        Span<byte> expected = stackalloc byte[16];
        Fill(expected, value, prefix);
        if (!CryptographicOperations.FixedTimeEquals(bytes, expected))
        {
            return false;
        }

        id = T.From(value);
        return true;
    }

    private void Fill(Span<byte> bytes, long value, string prefix)
    {
        Span<byte> signed = stackalloc byte[8 + 8];
        BinaryPrimitives.WriteInt64BigEndian(signed, value);
        var length = 8 + Encoding.ASCII.GetBytes(prefix, signed[8..]);
        Span<byte> tag = stackalloc byte[32];
        HMACSHA256.HashData(_storeKey, signed[..length], tag);
        signed[..8].CopyTo(bytes);
        tag[..8].CopyTo(bytes[8..]);
    }
}
