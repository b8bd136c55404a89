using MultiMail.Core.Node;
using MultiMail.TransparencyLog;

namespace MultiMail.Core.Audit;

/// <summary>Each log's own Ed25519 key, sealed at rest. It signs checkpoints and nothing else.</summary>
internal sealed class LogKeys(CoreContext core)
{
    public const string Purpose = "audit log key";

    public static string MetaName(AccountId account) => $"log_key/{account.Value}";

    /// <param name="origin">The log's origin is its key's name (C2SP tlog-checkpoint).</param>
    public async Task<NoteSigner> SignerAsync(AccountId account, string origin, CancellationToken cancellationToken)
    {
        var seed = await core.Store.MetaAsync(MetaName(account), cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException("The audit log's signing key is missing.");
        return new NoteSigner(origin, core.Seal.Open(seed, Purpose));
    }
}
