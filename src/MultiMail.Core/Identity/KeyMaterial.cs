using MultiMail.Core.Node;
using MultiMail.Mail;
using System.Collections.Concurrent;
using System.Globalization;

namespace MultiMail.Core.Identity;

/// <summary>Makes key pairs, seals them, and opens each once for as long as the node runs.</summary>
internal sealed class KeyMaterial(CoreContext core)
{
    public const string Rsa = "rsa-sha256";
    public const string Ed25519 = "ed25519-sha256";
    private const string IdentityPurpose = "identity signing key";
    private const string DkimPurpose = "dkim signing key";
    private readonly ConcurrentDictionary<(AccountId, string), IdentityKey> _identity = new();
    private readonly ConcurrentDictionary<(AccountId, string, string), DkimKey> _dkim = new();

    /// <summary>A new key that is used from now on, unless the caller sets other times.</summary>
    /// <param name="standing">Keys there are, so that its name is its own.</param>
    public SigningKey Make(AccountId account, SigningKeyUse use, string domain, string algorithm, IReadOnlyList<SigningKey> standing)
    {
        var now = core.Clock.GetUtcNow();
        if (use is SigningKeyUse.Identity)
        {
            using var key = IdentityKey.Create();
            return new SigningKey(
                account, use, string.Empty, key.Public.Kid, IdentityToken.Algorithm, $"{key.Public.X}.{key.Public.Y}", core.Seal.Seal(key.Export(), IdentityPurpose), now, now, null, null, null);
        }

        using var dkim = algorithm == Ed25519 ? DkimKey.CreateEd25519() : DkimKey.CreateRsa();
        var taken = standing.Where(key => key.Use is SigningKeyUse.Dkim && key.Domain == domain).Select(key => key.Name);
        return new SigningKey(
            account, use, domain, Selector(now, taken), dkim.Algorithm, dkim.PublicRecord, core.Seal.Seal(dkim.Export(), DkimPurpose), now, now, null, null, null);
    }

    public IdentityKey Identity(SigningKey key) =>
        _identity.GetOrAdd((key.Account, key.Name), static (_, use) => IdentityKey.Import(use.core.Seal.Open(use.key.Sealed, IdentityPurpose)), (core, key));

    public DkimKey Dkim(SigningKey key) =>
        _dkim.GetOrAdd((key.Account, key.Domain, key.Name), static (_, use) => DkimKey.Import(use.core.Seal.Open(use.key.Sealed, DkimPurpose)), (core, key));

    public static IssuerKey Published(SigningKey key, DateTimeOffset now)
    {
        var point = key.PublicText.Split('.');
        return IssuerKey.Of(point[0], point[1]) with
        {
            NotBefore = key.NotBefore,
            NotAfter = key.NotAfter,
            Status = SigningKeyView.StateName(key.StateAt(now)),
            RevokedAt = key.RevokedAt,
            Reason = key.Reason,
        };
    }

    /// <summary>Year and month say at a glance how old a key is; a letter tells those of one month apart.</summary>
    private static string Selector(DateTimeOffset now, IEnumerable<string> taken)
    {
        var month = now.UtcDateTime.ToString("'mm'yyyyMM", CultureInfo.InvariantCulture);
        var used = taken.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < 26; i++)
        {
            if (!used.Contains(month + (char)('a' + i)))
            {
                return month + (char)('a' + i);
            }
        }

        throw new RefusalException(ErrorCodes.RateLimited, "This domain got 26 DKIM keys this month.", "Wait for the next month.");
    }
}
