using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Identity;

/// <summary>
/// The keys that sign an account's mail: one identity key at a time, and for each domain of its own the DKIM keys. Their lives are
/// told by times alone, so no clock has to strike: a rotation says when the next key takes over, and that is when it does.
/// </summary>
public sealed class SigningKeys : IDomainKeys
{
    /// <summary>A key is published this long before it signs: caches have it by then.</summary>
    public static readonly TimeSpan PublishedBefore = TimeSpan.FromHours(24);

    /// <summary>An old DKIM record stays this long: mail waits up to five days on its way.</summary>
    public static readonly TimeSpan KeptAfter = TimeSpan.FromDays(7);

    private const int MaxReason = 200;
    private readonly CoreContext _core;
    private readonly KeyMaterial _material;

    internal SigningKeys(CoreContext core) => (_core, _material) = (core, new KeyMaterial(core));

    /// <summary>Makes the first RSA key of a domain, unless it has one. Takes some hundred milliseconds; sign-up of a domain is the time for it.</summary>
    /// <param name="ed25519">An Ed25519 key as well: its signature is a second one, which older receivers pass over (RFC 8463).</param>
    public async Task EnsureDomainKeyAsync(AccountId account, string domain, CancellationToken cancellationToken, bool ed25519 = false)
    {
        foreach (var algorithm in ed25519 ? new[] { KeyMaterial.Rsa, KeyMaterial.Ed25519 } : [KeyMaterial.Rsa])
        {
            var standing = await _core.Store.SigningKeysAsync(account, cancellationToken).ConfigureAwait(false);
            if (!standing.Any(key => Is(key, SigningKeyUse.Dkim, domain, algorithm) && key.RevokedAt is null))
            {
                await FirstAsync(account, SigningKeyUse.Dkim, domain, algorithm, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What to publish in DNS so that others can check the domain's DKIM signatures.</summary>
    public async Task<IReadOnlyList<DnsTextRecord>> DnsRecordsOfAsync(AccountId account, string domain, CancellationToken cancellationToken)
    {
        var now = _core.Clock.GetUtcNow();
        var keys = await _core.Store.SigningKeysAsync(account, cancellationToken).ConfigureAwait(false);
        return [.. keys.Where(key => key.Use is SigningKeyUse.Dkim && key.Domain == domain).Select(key => DnsTextRecord.Of(key, now))];
    }

    async ValueTask IDomainKeys.EnsureAsync(AccountId account, string domain, CancellationToken cancellationToken) =>
        await EnsureDomainKeyAsync(account, domain, cancellationToken).ConfigureAwait(false);

    async ValueTask<IReadOnlyList<DomainKeyRecord>> IDomainKeys.RecordsAsync(AccountId account, string domain, CancellationToken cancellationToken) =>
        [.. (await DnsRecordsOfAsync(account, domain, cancellationToken).ConfigureAwait(false))
            .Where(record => record.State is "next" or "active").Select(record => new DomainKeyRecord(record.Name, record.Value))];

    /// <summary>All keys of the account, oldest first.</summary>
    public async Task<IReadOnlyList<SigningKeyView>> ListAsync(Principal person, CancellationToken cancellationToken)
    {
        person.RequirePerson();
        return await ViewsAsync(person.Account, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the key that takes over in <see cref="PublishedBefore"/>; the one that signs goes on until then.</summary>
    /// <param name="domain">Whose DKIM keys; null = the identity key.</param>
    /// <exception cref="RefusalException"><c>not_found</c>: there is nothing to rotate yet. <c>version_conflict</c>: a next key waits already.</exception>
    public async Task<IReadOnlyList<SigningKeyView>> RotateAsync(Principal person, string? domain, CancellationToken cancellationToken)
    {
        person.RequirePerson();
        var use = domain is null ? SigningKeyUse.Identity : SigningKeyUse.Dkim;
        var standing = await _core.Store.SigningKeysAsync(person.Account, cancellationToken).ConfigureAwait(false);
        var now = _core.Clock.GetUtcNow();
        var turning = standing.Where(key => key.Use == use && key.Domain == (domain ?? string.Empty) && key.StateAt(now) is SigningKeyState.Active).ToList();
        if (turning.Count == 0)
        {
            throw RefusalException.NotFound(domain is null ? "identity key" : "DKIM key of this domain");
        }

        var fresh = turning.Select(old => _material.Make(person.Account, use, old.Domain, old.Algorithm, standing)).ToList();
        await _core.Store.WriteAsync(
            async unit =>
            {
                var keys = await unit.FindSigningKeysAsync(person.Account).ConfigureAwait(false);
                for (var i = 0; i < turning.Count; i++)
                {
                    var old = keys.FirstOrDefault(key => IsSame(key, turning[i]));
                    if (old is not { NotAfter: null, RevokedAt: null })
                    {
                        throw new RefusalException(ErrorCodes.VersionConflict, "A next key waits already, or the key was changed meanwhile.", "Look at `multimail identity list`.");
                    }

                    var from = unit.Now + PublishedBefore;
                    await unit.UpdateSigningKeyAsync(old with { NotAfter = from }).ConfigureAwait(false);
                    await InsertAsync(unit, fresh[i] with { NotBefore = from }, person.LeafActor).ConfigureAwait(false);
                }

                await unit.ResetEvidenceAsync(person.Account, mailbox: null, domain).ConfigureAwait(false);

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return await ViewsAsync(person.Account, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a key at once and erases its private part. When it was the one that signs, a waiting next key takes over now, or else a
    /// new one: mail stays signed, though receivers believe a DKIM key only once its record is published.
    /// </summary>
    /// <param name="name">Key id or selector.</param>
    /// <param name="domain">Of a selector that several domains have; null = there is one.</param>
    public async Task<IReadOnlyList<SigningKeyView>> RevokeAsync(Principal person, string? name, string? domain, string? reason, CancellationToken cancellationToken)
    {
        person.RequirePerson();
        var why = Checked(reason);
        var standing = await _core.Store.SigningKeysAsync(person.Account, cancellationToken).ConfigureAwait(false);
        var named = standing.Where(key => key.Name == name && (domain is null || key.Domain == domain)).ToList();
        var bad = named.Count switch
        {
            0 => throw RefusalException.NotFound("signing key"),
            1 => named[0],
            _ => throw new RefusalException(ErrorCodes.InvalidParameter, "Several domains have a key of this name.", "Say which one with --domain NAME."),
        };
        var fresh = _material.Make(person.Account, bad.Use, bad.Domain, bad.Algorithm, standing);
        await _core.Store.WriteAsync(unit => RevokeAsync(unit, person, bad, fresh, why), cancellationToken).ConfigureAwait(false);
        return await ViewsAsync(person.Account, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The public identity keys of the installation's account, for strangers: retired and revoked ones stay, old mail needs them.</summary>
    public async Task<IReadOnlyList<IssuerKey>> PublishedAsync(CancellationToken cancellationToken) =>
        await _core.Store.FirstAccountAsync(cancellationToken).ConfigureAwait(false) is { } account
            ? await PublishedAsync(account.Id, cancellationToken).ConfigureAwait(false)
            : [];

    internal async Task<IReadOnlyList<IssuerKey>> PublishedAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = _core.Clock.GetUtcNow();
        var keys = await _core.Store.SigningKeysAsync(account, cancellationToken).ConfigureAwait(false);
        return [.. keys.Where(key => key.Use is SigningKeyUse.Identity).Select(key => KeyMaterial.Published(key, now))];
    }

    /// <summary>The key that signs identity headers now; made at first need.</summary>
    internal async Task<IdentityKey> IdentityAsync(AccountId account, CancellationToken cancellationToken)
    {
        var key = Active(await _core.Store.SigningKeysAsync(account, cancellationToken).ConfigureAwait(false), SigningKeyUse.Identity, string.Empty).LastOrDefault();
        return _material.Identity(key ?? await FirstAsync(account, SigningKeyUse.Identity, string.Empty, IdentityToken.Algorithm, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The selectors and keys that sign for a domain now, RSA first; none when the domain is not ours.</summary>
    internal async Task<IReadOnlyList<(string Selector, DkimKey Key)>> DkimAsync(AccountId account, string domain, CancellationToken cancellationToken) =>
        [.. Active(await _core.Store.SigningKeysAsync(account, cancellationToken).ConfigureAwait(false), SigningKeyUse.Dkim, domain)
            .OrderByDescending(key => key.Algorithm == KeyMaterial.Rsa).Select(key => (key.Name, _material.Dkim(key)))];

    private IEnumerable<SigningKey> Active(IReadOnlyList<SigningKey> keys, SigningKeyUse use, string domain)
    {
        var now = _core.Clock.GetUtcNow();
        return keys.Where(key => key.Use == use && key.Domain == domain && key.StateAt(now) is SigningKeyState.Active);
    }

    private async Task<SigningKey> FirstAsync(AccountId account, SigningKeyUse use, string domain, string algorithm, CancellationToken cancellationToken)
    {
        var standing = await _core.Store.SigningKeysAsync(account, cancellationToken).ConfigureAwait(false);
        var fresh = _material.Make(account, use, domain, algorithm, standing);
        return await _core.Store.WriteAsync(
            async unit =>
            {
                // Another process may have been first.
                var keys = await unit.FindSigningKeysAsync(account).ConfigureAwait(false);
                if (keys.LastOrDefault(key => Is(key, use, domain, algorithm) && key.StateAt(unit.Now) is SigningKeyState.Active) is { } there)
                {
                    return there;
                }

                var first = fresh with { CreatedAt = unit.Now, NotBefore = unit.Now };
                await InsertAsync(unit, first, LeafActor.System).ConfigureAwait(false);
                return first;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> RevokeAsync(IWriteUnit unit, Principal person, SigningKey bad, SigningKey fresh, string reason)
    {
        var keys = await unit.FindSigningKeysAsync(person.Account).ConfigureAwait(false);
        var now = keys.First(key => IsSame(key, bad));
        if (now.RevokedAt is not null)
        {
            throw new RefusalException(ErrorCodes.KeyRevoked, "This key is revoked already.", "Look at `multimail identity list`.");
        }

        await unit.UpdateSigningKeyAsync(now with { RevokedAt = unit.Now, Reason = reason, Sealed = [] }).ConfigureAwait(false);
        await unit.AppendLeafAsync(LeafOf(now, LeafNames.KeyRevoked, person.LeafActor)).ConfigureAwait(false);
        await unit.ResetEvidenceAsync(person.Account, mailbox: null, now.Use is SigningKeyUse.Dkim ? now.Domain : null).ConfigureAwait(false);
        var same = keys.Where(key => Is(key, bad.Use, bad.Domain, bad.Algorithm) && key.RevokedAt is null && !IsSame(key, bad)).ToList();
        switch (now.StateAt(unit.Now))
        {
            case SigningKeyState.Next when same.Find(key => key.NotAfter == now.NotBefore) is { } before:
                await unit.UpdateSigningKeyAsync(before with { NotAfter = null }).ConfigureAwait(false); // nobody takes over any more
                break;
            case SigningKeyState.Active when same.Find(key => key.StateAt(unit.Now) is SigningKeyState.Next) is { } next:
                await unit.UpdateSigningKeyAsync(next with { NotBefore = unit.Now }).ConfigureAwait(false);
                break;
            case SigningKeyState.Active:
                await InsertAsync(unit, fresh with { CreatedAt = unit.Now, NotBefore = unit.Now }, person.LeafActor).ConfigureAwait(false);
                break;
        }

        return true;
    }

    private async ValueTask InsertAsync(IWriteUnit unit, SigningKey key, LeafActor actor)
    {
        await unit.InsertSigningKeyAsync(key with { CreatedAt = unit.Now }).ConfigureAwait(false);
        await unit.AppendLeafAsync(LeafOf(key, LeafNames.KeyCreated, actor)).ConfigureAwait(false);
    }

    private LeafDraft LeafOf(SigningKey key, string name, LeafActor actor) => _core.Leaves.Of(key.Account, name, actor) with
    {
        Reason = key.Use is SigningKeyUse.Identity ? "signing_identity" : "signing_dkim",
        Result = key.Name,
    };

    private async Task<IReadOnlyList<SigningKeyView>> ViewsAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = _core.Clock.GetUtcNow();
        return [.. (await _core.Store.SigningKeysAsync(account, cancellationToken).ConfigureAwait(false)).Select(key => SigningKeyView.Of(key, now))];
    }

    private static bool Is(SigningKey key, SigningKeyUse use, string domain, string algorithm) =>
        key.Use == use && key.Domain == domain && key.Algorithm == algorithm;

    private static bool IsSame(SigningKey one, SigningKey other) => Is(one, other.Use, other.Domain, other.Algorithm) && one.Name == other.Name;

    /// <summary>It is published, word for word.</summary>
    private static string Checked(string? reason)
    {
        var text = reason?.Trim() ?? string.Empty;
        return text.Length is > 0 and <= MaxReason && !text.Any(char.IsControl)
            ? text
            : throw RefusalException.For([new Violation(
                ErrorCodes.InvalidParameter, "reason", $"The reason is empty, longer than {MaxReason} characters or has control characters.", "Say in a few words why; strangers read it.")]);
    }
}
