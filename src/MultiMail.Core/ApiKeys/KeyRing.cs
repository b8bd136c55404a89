using MultiMail.Core.Crypto;
using MultiMail.Core.Evidence;
using MultiMail.Core.Node;
using System.Security.Cryptography;

namespace MultiMail.Core.ApiKeys;

/// <summary>API keys: made by people, shown once, stored as SHA-256, revocable at once.</summary>
public sealed class KeyRing
{
    private const int PrefixLength = 20;
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);
    private readonly CoreContext _core;

    internal KeyRing(CoreContext core) => _core = core;

    public async Task<CreatedKey> CreateAsync(Principal principal, NewKey wanted, CancellationToken cancellationToken)
    {
        var owner = principal.RequirePerson("makes keys");
        var (scopes, world, mailboxes) = await CheckedAsync(principal, wanted, cancellationToken).ConfigureAwait(false);
        var secret = $"mm_{Worlds.Name(world)}_{SecretTokens.New()}";
        var id = _core.NewId<ApiKeyId>();
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.InsertKeyAsync(new ApiKey(
                    id, principal.Account, wanted.Name!.Trim(), secret[..PrefixLength], SecretTokens.Hash(secret), scopes, mailboxes, world, id, owner, unit.Now, null, null, null)).ConfigureAwait(false);
                await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.KeyCreated, null) with { Result = _core.Ids.Format(id) }).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return new CreatedKey(_core.Ids.Format(id), wanted.Name!.Trim(), secret, ScopeNames.Names(scopes), Worlds.Name(world));
    }

    public async Task<IReadOnlyList<ApiKeyView>> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Admin);
        var keys = await _core.Store.KeysAsync(principal.Account, cancellationToken).ConfigureAwait(false);
        return [.. keys.Select(k => new ApiKeyView(
            _core.Ids.Format(k.Id), k.Name, ScopeNames.Names(k.Scopes), Worlds.Name(k.World),
            k.Mailboxes is null ? null : [.. k.Mailboxes.Select(m => _core.Ids.Format(m))], k.CreatedAt, k.LastUsedAt, k.RevokedAt))];
    }

    /// <param name="leaked">Somebody else may have it: the mailboxes that it may send from lose their freedom, also when it was revoked before.</param>
    public async Task RevokeAsync(Principal principal, string? keyId, CancellationToken cancellationToken, bool leaked = false)
    {
        principal.RequirePerson("revokes keys");
        if (!_core.Ids.TryParse<ApiKeyId>(keyId, out var id))
        {
            throw RefusalException.NotFound("key");
        }

        while (!await RevokeOnceAsync(principal, id, leaked, cancellationToken).ConfigureAwait(false))
        {
            // A mailbox has become loose in this very moment: look again, so that it is not passed over.
        }
    }

    private async Task<bool> RevokeOnceAsync(Principal principal, ApiKeyId id, bool leaked, CancellationToken cancellationToken)
    {
        var loose = leaked ? await _core.Store.LooseMailboxesAsync(principal.Account, cancellationToken).ConfigureAwait(false) : [];
        var news = loose.ToDictionary(m => m, _ => _core.NewId<EventId>());
        return await _core.Store.WriteAsync(
            async unit =>
            {
                var key = await unit.FindKeyAsync(principal.Account, id).ConfigureAwait(false) ?? throw RefusalException.NotFound("key");
                if (leaked && !await _core.Demotion.OfLeakAsync(unit, key, news).ConfigureAwait(false))
                {
                    return false;
                }

                var fresh = await unit.RevokeKeyAsync(principal.Account, id).ConfigureAwait(false);
                if (fresh || leaked)
                {
                    await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.KeyRevoked, leaked ? DemotionReasons.KeyLeak : null) with { Result = _core.Ids.Format(id) }).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Turns a bearer into a principal.</summary>
    /// <param name="channel"><c>mcp</c> or <c>rest</c>.</param>
    /// <exception cref="RefusalException"><c>invalid_key</c>, <c>key_revoked</c></exception>
    public async Task<Principal> AuthenticateAsync(string? bearer, string channel, CancellationToken cancellationToken)
    {
        if (bearer is not { Length: > PrefixLength and <= 200 })
        {
            throw Unknown();
        }

        var key = await _core.Store.KeyByPrefixAsync(bearer[..PrefixLength], cancellationToken).ConfigureAwait(false);
        if (key is null || !CryptographicOperations.FixedTimeEquals(key.SecretHash, SecretTokens.Hash(bearer)))
        {
            throw Unknown();
        }

        var now = _core.Clock.GetUtcNow();
        if (key.RevokedAt is not null || key.ExpiresAt <= now)
        {
            throw new RefusalException(ErrorCodes.KeyRevoked, "This key was revoked or has expired.");
        }

        if (key.LastUsedAt is not { } used || now - used > TouchEvery)
        {
            await _core.Store.WriteAsync(
                async unit =>
                {
                    await unit.TouchKeyAsync(key.Account, key.Id).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        return _core.OfKey(key, channel);
    }

    private static RefusalException Unknown() => new(ErrorCodes.InvalidKey, "This is not a key of this installation.");

    private async Task<(Scopes Scopes, World World, IReadOnlyList<MailboxId>? Mailboxes)> CheckedAsync(Principal principal, NewKey wanted, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(wanted.Name))
        {
            faults.Invalid("name", "The key has no name.", "Give the key a name that says who uses it.");
        }

        faults.MaxLength("name", wanted.Name, 100);
        var scopes = ScopesOf(wanted, faults);
        var env = faults.OneOf("env", wanted.Env, "live", "live", "test");
        var mailboxes = new List<MailboxId>();
        foreach (var text in wanted.Mailboxes)
        {
            if (await _core.Reach.FindAsync(principal, text, "mailbox", faults, cancellationToken).ConfigureAwait(false) is { } mailbox)
            {
                mailboxes.Add(mailbox.Id);
            }
        }

        faults.ThrowIfAny();
        return (scopes, env == "test" ? World.Test : World.Live, wanted.Mailboxes.Count == 0 ? null : mailboxes);
    }

    private static Scopes ScopesOf(NewKey wanted, Faults faults)
    {
        if (wanted.Operator)
        {
            if (wanted.Scopes.Count > 0)
            {
                faults.Invalid("scopes", "An operator key has its scopes already.", "Leave scopes out, or leave operator out.");
            }

            return Scopes.Read | Scopes.Admin | Scopes.Oversight;
        }

        var scopes = Scopes.None;
        foreach (var name in wanted.Scopes)
        {
            if (ScopeNames.TryParse(name, out var scope))
            {
                scopes |= scope;
            }
            else
            {
                faults.Invalid("scopes", "There is a scope that does not exist.", "Use read, send, admin or oversight.");
            }
        }

        if (scopes == Scopes.None)
        {
            faults.Invalid("scopes", "The key has no scope.", "Give scopes such as read,send.");
        }

        // No key approves what it sends, and only an operator key joins oversight with admin.
        if (scopes.HasFlag(Scopes.Send | Scopes.Oversight))
        {
            faults.Invalid("scopes", "A key with send cannot have oversight.", "Make two keys: one that sends, and one for whoever decides.");
        }

        if (scopes.HasFlag(Scopes.Admin | Scopes.Oversight))
        {
            faults.Invalid("scopes", "A key with admin and oversight is an operator key.", "Ask for an operator key instead; never hand it to an agent.");
        }

        return scopes;
    }
}
