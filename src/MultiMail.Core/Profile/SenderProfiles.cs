using MultiMail.Core.Node;
using MultiMail.Core.Notices;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Profile;

/// <summary>Shows and sets who sends. A person does it, or an admin or operator key that cannot send: what mail says of its sender is no agent's choice.</summary>
public sealed class SenderProfiles
{
    private readonly CoreContext _core;

    internal SenderProfiles(CoreContext core) => _core = core;

    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>live_key_required</c></exception>
    public async Task<ProfileView> ShowAsync(Principal principal, CancellationToken cancellationToken)
    {
        RequireRight(principal);
        return ViewOf(await OfAsync(principal.Account, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Changes the named fields. The first notify address stands at once; a later one takes its place after 24 hours, so that
    /// whoever reads the old address can object; naming the one that stands takes a waiting change back.
    /// </summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>live_key_required</c>, every wrong field at once</exception>
    public async Task<ProfileView> SetAsync(Principal principal, ProfileChange change, CancellationToken cancellationToken)
    {
        await RequireRightAsync(principal, cancellationToken).ConfigureAwait(false);
        var faults = new Faults();
        _ = ProfileFields.Apply(SenderProfile.Empty(principal.Account), change, faults);
        var notify = change.Notify is null ? null : ProfileFields.Notify(change.Notify, faults);
        if (notify is not null && await IsOursAsync(principal.Account, notify, cancellationToken).ConfigureAwait(false))
        {
            faults.Invalid("notify", $"{notify} is an address of this installation, which agents may read.", "Give an address that only people read, at another mail server.");
        }

        faults.ThrowIfAny();
        var notice = _core.NewId<NoticeId>();
        return ViewOf(await _core.Store.WriteAsync(unit => ChangeAsync(unit, principal, change, notify, notice), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The profile as it stands; one without content when nobody set it.</summary>
    internal async ValueTask<SenderProfile> OfAsync(AccountId account, CancellationToken cancellationToken) =>
        Now(await _core.Store.ProfileAsync(account, cancellationToken).ConfigureAwait(false), account, _core.Clock.GetUtcNow());

    /// <summary>The same within a transaction.</summary>
    internal static async ValueTask<SenderProfile> OfAsync(IWriteUnit unit, AccountId account) =>
        Now(await unit.FindProfileAsync(account).ConfigureAwait(false), account, unit.Now);

    /// <summary>Who is responsible for the account's agents, as recipients read it: the profile's name, else the account's.</summary>
    internal async ValueTask<string> OperatorNameAsync(Account account, CancellationToken cancellationToken) =>
        (await OfAsync(account.Id, cancellationToken).ConfigureAwait(false)).Name ?? account.Name;

    private async ValueTask<SenderProfile> ChangeAsync(IWriteUnit unit, Principal principal, ProfileChange change, string? notify, NoticeId notice)
    {
        var before = await OfAsync(unit, principal.Account).ConfigureAwait(false);
        var after = WithNotify(ProfileFields.Apply(before, change, new Faults()), notify, unit.Now) with { UpdatedAt = unit.Now };
        if (Changed(before, after) is { Length: > 0 } fields)
        {
            await unit.SetProfileAsync(after).ConfigureAwait(false);

            // Which fields, never what is in them: the log stays when a person's name has to go.
            await unit.AppendLeafAsync(_core.Leaves.Simple(principal, LeafNames.ProfileChanged, fields)).ConfigureAwait(false);
            if (after.NotifyPending is not null && after.NotifyPending != before.NotifyPending)
            {
                // Whoever reads the old address hears of it while there is time to object.
                await unit.OpenNoticeAsync(new NewNotice(notice, principal.Account, NoticeKinds.AddressChange, after.Notify, 0, 0, unit.Now)).ConfigureAwait(false);
            }
        }

        return after;
    }

    private static SenderProfile WithNotify(SenderProfile profile, string? notify, DateTimeOffset now) => notify switch
    {
        null => profile,
        _ when profile.Notify is null => profile with { Notify = notify },
        _ when Same(profile.Notify, notify) => profile with { NotifyPending = null, NotifyPendingAt = null },
        _ when Same(profile.NotifyPending, notify) => profile, // asked for again: the time runs from the first
        _ => profile with { NotifyPending = notify, NotifyPendingAt = now + SenderProfile.NotifyDelay },
    };

    private static string Changed(SenderProfile before, SenderProfile after) => string.Join(',', ((string Field, bool Is)[])
    [
        ("name", before.Name != after.Name),
        ("address", !before.AddressLines.SequenceEqual(after.AddressLines, StringComparer.Ordinal)),
        ("country", before.Country != after.Country),
        ("language", before.Language != after.Language),
        ("notify", before.Notify != after.Notify),
        ("notify_pending", before.NotifyPending != after.NotifyPending),
    ]
    is var all ? all.Where(f => f.Is).Select(f => f.Field) : []);

    /// <summary>A mailbox of this installation, or any address at its domains: each may be a mailbox tomorrow.</summary>
    internal async Task<bool> IsOursAsync(AccountId account, string address, CancellationToken cancellationToken)
    {
        var facts = await _core.Store.AddressFactsAsync(account, [address], cancellationToken).ConfigureAwait(false);
        return facts.Mailboxes.Count > 0 || LocalDomain.Holds(address) ||
            facts.Domains.Any(d => Same(d.Name, AddrSpecs.DomainOf(address)));
    }

    private async Task RequireRightAsync(Principal principal, CancellationToken cancellationToken)
    {
        try
        {
            RequireRight(principal);
        }
        catch (RefusalException refusal)
        {
            await RefusalLeaves.WriteAsync(_core, principal, LeafNames.AccessRefused, refusal, null, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private static void RequireRight(Principal principal)
    {
        if (principal.Kind is not PrincipalKind.Human && (!principal.Has(Scopes.Admin) || principal.MaySend || principal.Mailboxes is not null))
        {
            throw new RefusalException(
                ErrorCodes.ScopeMissing,
                "Who sends is set by a person, or by an admin key that cannot send.",
                "Ask a person: `multimail profile set --name NAME --address LINES --country XX`, or the page Sender profile.");
        }

        principal.RequireLive();
    }

    private static SenderProfile Now(SenderProfile? stored, AccountId account, DateTimeOffset now) =>
        stored?.Settled(now) ?? SenderProfile.Empty(account);

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static ProfileView ViewOf(SenderProfile profile) => new(
        profile.Name, profile.AddressLines, profile.Country, profile.Language, profile.Notify, profile.NotifyPending, profile.NotifyPendingAt, profile.HasPostalAddress);
}
