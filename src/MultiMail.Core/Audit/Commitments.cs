using MultiMail.Core.Crypto;
using MultiMail.Core.Node;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MultiMail.Core.Audit;

/// <summary>
/// Personal data enters the log only as HMAC-SHA256 under a random salt. Salts and values lie beside it, sealed under a key
/// of the message's own that the account's key wraps: erasing that row leaves a log that verifies and cannot be opened.
/// </summary>
internal sealed class Commitments(CoreContext core)
{
    private const int SaltBytes = 32;
    private readonly ConcurrentDictionary<AccountId, byte[]> _accountKeys = new();

    public async Task<(LeafCommitments Commit, SealedOpening Opening)> MakeAsync(
        Message message, ReadOnlyMemory<byte> raw, IEnumerable<string> recipients, CancellationToken cancellationToken)
    {
        var addresses = recipients.ToList();
        var salts = RandomNumberGenerator.GetBytes(SaltBytes * (3 + addresses.Count));
        var commit = new LeafCommitments(
            Commit(salts, 0, raw.Span),
            Commit(salts, 1, message.FromAddress),
            [.. addresses.Select((address, i) => Commit(salts, 3 + i, address))],
            Commit(salts, 2, message.Subject));
        var plain = Plain(message, addresses, salts);
        var accountKey = await AccountKeyAsync(message.Account, cancellationToken).ConfigureAwait(false);
        return (commit, Close(message.Id, plain, accountKey));
    }

    /// <summary>Salts and values of a message's commitments as JSON.</summary>
    public async Task<byte[]> OpenAsync(AccountId account, SealedOpening opening, CancellationToken cancellationToken)
    {
        var accountKey = await AccountKeyAsync(account, cancellationToken).ConfigureAwait(false);
        var messageKey = new Sealer(accountKey).Open(opening.WrappedKey, Purpose(opening.Message));
        return new Sealer(messageKey).Open(opening.Sealed, Purpose(opening.Message));
    }

    private static SealedOpening Close(MessageId id, byte[] plain, byte[] accountKey)
    {
        var messageKey = RandomNumberGenerator.GetBytes(32);
        return new SealedOpening(id, new Sealer(accountKey).Seal(messageKey, Purpose(id)), new Sealer(messageKey).Seal(plain, Purpose(id)));
    }

    private static string Purpose(MessageId id) => $"commitment {id.Value}";

    private static string Commit(byte[] salts, int at, string value) => Commit(salts, at, Encoding.UTF8.GetBytes(value));

    private static string Commit(byte[] salts, int at, ReadOnlySpan<byte> value) =>
        Convert.ToBase64String(HMACSHA256.HashData(salts.AsSpan(at * SaltBytes, SaltBytes), value));

    private static byte[] Plain(Message message, List<string> addresses, byte[] salts)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("content");
            json.WriteBase64String("salt", Salt(salts, 0));
            json.WriteString("value", "the raw bytes of the message");
            json.WriteEndObject();
            WriteOpening(json, "from", Salt(salts, 1), message.FromAddress);
            json.WriteStartArray("rcpt");
            for (var i = 0; i < addresses.Count; i++)
            {
                json.WriteStartObject();
                json.WriteBase64String("salt", Salt(salts, 3 + i));
                json.WriteString("value", addresses[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteOpening(json, "subject", Salt(salts, 2), message.Subject);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteOpening(Utf8JsonWriter json, string name, ReadOnlySpan<byte> salt, string value)
    {
        json.WriteStartObject(name);
        json.WriteBase64String("salt", salt);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Salt(byte[] salts, int at) => salts.AsSpan(at * SaltBytes, SaltBytes);

    private async ValueTask<byte[]> AccountKeyAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (_accountKeys.TryGetValue(account, out var key))
        {
            return key;
        }

        var stored = await core.Store.GetAccountAsync(account, cancellationToken).ConfigureAwait(false) ?? throw RefusalException.NotFound("account");
        return _accountKeys.GetOrAdd(account, core.Seal.Open(stored.DataKeySealed, AccountKeyPurpose));
    }

    public const string AccountKeyPurpose = "account data key";
}
