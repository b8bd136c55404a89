using MultiMail.Core.Node;
using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Core.Suppression;

/// <summary>Keys that are derived from one master key, each for one use (RFC 5869): none of them is in the database.</summary>
/// <param name="Id">Says in a token which master key it was made under.</param>
/// <param name="Mac">k_unsub: proves that a token is ours.</param>
/// <param name="Seal">Hides who a token is about.</param>
/// <param name="Nonce">Makes the nonce of a token out of its content, so that a recipient always has the same link.</param>
/// <param name="Erased">k_supp: names an erased address.</param>
internal sealed record SuppressionSecret(byte Id, byte[] Mac, byte[] Seal, byte[] Nonce, byte[] Erased)
{
    private const int KeyBytes = 32;

    public static SuppressionSecret Of(byte[] master) => new(
        Derive(master, "key id")[0], Derive(master, "unsubscribe mac"), Derive(master, "unsubscribe seal"), Derive(master, "unsubscribe nonce"), Derive(master, "erased address"));

    private static byte[] Derive(byte[] master, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, KeyBytes, salt: [], Encoding.ASCII.GetBytes("multimail suppression v1 " + purpose));
}

/// <summary>The secrets of the master key, and of those before it: what was sent under them stays good.</summary>
internal sealed class SuppressionSecrets(CoreOptions options)
{
    private const string HashName = "hmac-sha256:";

    public IReadOnlyList<SuppressionSecret> All { get; } = [.. options.FormerMasterKeys.Prepend(options.MasterKey).Select(SuppressionSecret.Of)];

    public SuppressionSecret Current => All[0];

    /// <summary>What stands for an address once it is erased. It has no @, so no address looks like it.</summary>
    public string NameOfErased(AccountId account, string address) => NameOfErased(Current, account, address);

    /// <summary>Everything under which the address may be suppressed: itself, and its hashes.</summary>
    public IReadOnlyList<string> NamesOf(AccountId account, string address) =>
        [address, .. All.Select(secret => NameOfErased(secret, account, address))];

    public IReadOnlyList<string> NamesOf(AccountId account, IEnumerable<string> addresses) => [.. addresses.SelectMany(a => NamesOf(account, a))];

    private static string NameOfErased(SuppressionSecret secret, AccountId account, string address) =>
        HashName + Convert.ToHexStringLower(HMACSHA256.HashData(secret.Erased, Encoding.UTF8.GetBytes($"{UnsubscribeTokens.Tenant(account)}\0{Suppressed.KeyOf(address)}")));
}
