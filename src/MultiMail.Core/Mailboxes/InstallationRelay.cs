using System.Security.Cryptography;
using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Mailboxes;

/// <summary>The relay that carries mail of all own domains: from the settings, else as a person stored it, sealed.</summary>
public sealed class InstallationRelay
{
    private const string MetaName = "relay";
    private readonly CoreContext _core;
    private readonly LinkSeal _seal;

    internal InstallationRelay(CoreContext core)
    {
        _core = core;
        _seal = new LinkSeal(core.Seal);
    }

    public async Task<RelayView> ShowAsync(Principal person, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(person);
        if (_core.Options.Relay is { } set)
        {
            return new RelayView(set.ToString(), "settings", set.User is not null);
        }

        if (await TryOpenAsync(cancellationToken).ConfigureAwait(false) is { } stored)
        {
            return new RelayView(stored.ToString(), "stored", stored.User is not null);
        }

        return new RelayView(null, await IsSetAsync(cancellationToken).ConfigureAwait(false) ? "unreadable" : "none", SignsIn: false);
    }

    /// <summary>Stores a relay, after it was tried.</summary>
    /// <param name="check">False: stored as it is, for a relay that cannot be reached from here now.</param>
    public async Task<RelayView> SetAsync(Principal person, string? url, bool check, CancellationToken cancellationToken)
    {
        person.RequirePerson("sets the relay");
        var faults = new Faults();
        var relay = EndpointFields.ParseRelay(url, faults);
        if (relay is null && string.IsNullOrWhiteSpace(url))
        {
            faults.Invalid(EndpointFields.Relay, $"{EndpointFields.Relay} is missing.", "Write smtps://user:password@host:465.");
        }

        faults.ThrowIfAny();
        if (check)
        {
            await EndpointFields.ProveAsync(_core, relay, null, faults, cancellationToken).ConfigureAwait(false);
            faults.ThrowIfAny();
        }

        await WriteAsync(person, _seal.SealInstallation(relay!), "relay_set", cancellationToken).ConfigureAwait(false);
        return await ShowAsync(person, cancellationToken).ConfigureAwait(false);
    }

    public async Task<RelayView> RemoveAsync(Principal person, CancellationToken cancellationToken)
    {
        person.RequirePerson("sets the relay");
        await WriteAsync(person, [], "relay_removed", cancellationToken).ConfigureAwait(false);
        return await ShowAsync(person, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Signs in at the relay and leaves; null when there is none, or none whose secret opens.</summary>
    public async Task<EndpointCheck?> TestAsync(Principal person, CancellationToken cancellationToken)
    {
        EndpointFields.RequireRight(person);
        return await EndpointFields.CheckAsync(_core, await TryOpenAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether there is one, also when its secret does not open.</summary>
    internal async ValueTask<bool> IsSetAsync(CancellationToken cancellationToken) =>
        _core.Options.Relay is not null || await _core.Store.MetaAsync(MetaName, cancellationToken).ConfigureAwait(false) is { Length: > 0 };

    /// <exception cref="CryptographicException">The stored relay was sealed with another master key.</exception>
    internal async ValueTask<RelayEndpoint?> OpenAsync(CancellationToken cancellationToken)
    {
        if (_core.Options.Relay is { } set)
        {
            return set;
        }

        return await _core.Store.MetaAsync(MetaName, cancellationToken).ConfigureAwait(false) is { Length: > 0 } stored ? _seal.OpenInstallation(stored) : null;
    }

    /// <summary>Null also when the stored relay does not open.</summary>
    internal async ValueTask<RelayEndpoint?> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task WriteAsync(Principal person, byte[] value, string reason, CancellationToken cancellationToken) =>
        await _core.Store.WriteAsync(
            async unit =>
            {
                await unit.SetMetaAsync(MetaName, value).ConfigureAwait(false);
                await unit.AppendLeafAsync(_core.Leaves.Simple(person, LeafNames.ConfigChanged, reason)).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
}

/// <param name="Relay">Scheme, host and port; null = none.</param>
/// <param name="Origin"><c>settings</c> (environment or multimail.json; it wins), <c>stored</c>, <c>unreadable</c> (stored under another master key: to be set again) or <c>none</c>.</param>
/// <param name="SignsIn">With user and password, which are never shown.</param>
public sealed record RelayView(string? Relay, string Origin, bool SignsIn);
