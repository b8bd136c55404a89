using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Suppression;

/// <summary>What a token lets its bearer do: take this address off this list of the account.</summary>
/// <param name="Address">addr-spec as it was written to.</param>
internal sealed record UnsubscribeGrant(AccountId Account, string List, string Address);

/// <summary>
/// Tokens that name their recipient to us alone and that nobody else can make (RFC 8058 §4). They hold all they need: they outlive
/// the database, and they never expire.
/// </summary>
/// <remarks>
/// Opaque id: <c>key id ‖ nonce ‖ tag ‖ AES-256-GCM(account ‖ list ‖ 0 ‖ address)</c>, base64url; the list <c>default</c> is left empty.
/// Behind it, for links, a dot and <c>base64url(HMAC-SHA256(k_unsub, "mm-unsub-v1" ‖ 0 ‖ account ‖ 0 ‖ list ‖ 0 ‖ address))</c>.
/// </remarks>
internal sealed class UnsubscribeTokens(SuppressionSecrets secrets)
{
    public const string DefaultList = "default";

    /// <summary>Longer is not ours: 254 characters of address and 64 of list make some 500.</summary>
    public const int MostChars = 700;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 1 + NonceBytes + TagBytes;
    private const int AccountBytes = 8;
    private const char Dot = '.';

    private static ReadOnlySpan<byte> Version => "mm-unsub-v1"u8;

    /// <summary>The account's own number: public ids hang on a key of the database, which may be lost.</summary>
    public static string Tenant(AccountId account) => account.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>For a link: the opaque id and its proof.</summary>
    public string Make(UnsubscribeGrant grant) => $"{MakeId(grant)}{Dot}{Mac(secrets.Current.Mac, Tenant(grant.Account), grant.List, grant.Address)}";

    /// <summary>The opaque id alone, for a subject line. It is authenticated too.</summary>
    public string MakeId(UnsubscribeGrant grant)
    {
        var plain = Encode(grant);
        var token = new byte[HeadBytes + plain.Length];
        token[0] = secrets.Current.Id;
        var nonce = token.AsSpan(1, NonceBytes);

        // As in RFC 5297: the nonce is a keyed hash of the content, so it comes again only with the same content.
        HMACSHA256.HashData(secrets.Current.Nonce, plain).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var aes = new AesGcm(secrets.Current.Seal, TagBytes);
        aes.Encrypt(nonce, plain, token.AsSpan(HeadBytes), token.AsSpan(1 + NonceBytes, TagBytes), Version);
        return Base64Url.EncodeToString(token);
    }

    /// <returns>Null when the token was not made here, or was changed.</returns>
    public UnsubscribeGrant? Read(string? token)
    {
        if (token is not { Length: <= MostChars } || token.IndexOf(Dot, StringComparison.Ordinal) is var dot && dot < 0)
        {
            return null;
        }

        var proof = Encoding.UTF8.GetBytes(token[(dot + 1)..]);
        return Open(token[..dot]) is var (secret, grant) &&
            CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(secret.Mac, Tenant(grant.Account), grant.List, grant.Address)), proof) ? grant : null;
    }

    /// <inheritdoc cref="Read"/>
    public UnsubscribeGrant? ReadId(string? id) => id is { Length: <= MostChars } && Open(id) is var (_, grant) ? grant : null;

    internal static string Mac(byte[] key, string tenant, string list, string address)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Version);
        foreach (var part in (ReadOnlySpan<string>)[tenant, list, address])
        {
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    private (SuppressionSecret Secret, UnsubscribeGrant Grant)? Open(string id)
    {
        if (!Base64Url.IsValid(id))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(id);

        // Two spellings of the same bytes would be two tokens.
        if (bytes.Length <= HeadBytes + AccountBytes || Base64Url.EncodeToString(bytes) != id)
        {
            return null;
        }

        foreach (var secret in secrets.All.Where(s => s.Id == bytes[0]))
        {
            if (Decrypt(secret, bytes) is { } plain && Decode(plain) is { } grant)
            {
                return (secret, grant);
            }
        }

        return null;
    }

    private static byte[]? Decrypt(SuppressionSecret secret, byte[] token)
    {
        var plain = new byte[token.Length - HeadBytes];
        using var aes = new AesGcm(secret.Seal, TagBytes);
        try
        {
            aes.Decrypt(token.AsSpan(1, NonceBytes), token.AsSpan(HeadBytes), token.AsSpan(1 + NonceBytes, TagBytes), plain, Version);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Encode(UnsubscribeGrant grant)
    {
        var list = grant.List == DefaultList ? string.Empty : grant.List;
        var plain = new byte[AccountBytes + Encoding.UTF8.GetByteCount(list) + 1 + Encoding.UTF8.GetByteCount(grant.Address)];
        BinaryPrimitives.WriteInt64BigEndian(plain, grant.Account.Value);
        var written = AccountBytes + Encoding.UTF8.GetBytes(list, plain.AsSpan(AccountBytes));
        Encoding.UTF8.GetBytes(grant.Address, plain.AsSpan(written + 1));
        return plain;
    }

    private static UnsubscribeGrant? Decode(byte[] plain)
    {
        var texts = plain.AsSpan(AccountBytes);
        var end = texts.IndexOf((byte)0);
        return end < 0 ? null : new UnsubscribeGrant(
            new AccountId(BinaryPrimitives.ReadInt64BigEndian(plain)),
            end == 0 ? DefaultList : Encoding.UTF8.GetString(texts[..end]),
            Encoding.UTF8.GetString(texts[(end + 1)..]));
    }
}
