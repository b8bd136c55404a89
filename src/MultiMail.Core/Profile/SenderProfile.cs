namespace MultiMail.Core.Profile;

/// <summary>Who sends: the organisation behind an account's agents, as mail to the outside must name it.</summary>
/// <param name="Name">The organisation, or the person; null = not given yet.</param>
/// <param name="AddressLines">Street or box, place: 1 to 6 lines as they stand on an envelope, without name and country; empty = not given yet.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
/// <param name="Language">One of <see cref="ProfileLanguages.All"/>; null = not chosen.</param>
/// <param name="Notify">Where people are told what waits; null = nobody is told by mail.</param>
/// <param name="NotifyPending">An address that takes the place of <paramref name="Notify"/>.</param>
/// <param name="NotifyPendingAt">From when on it does.</param>
public sealed record SenderProfile(
    AccountId Account,
    string? Name,
    IReadOnlyList<string> AddressLines,
    string? Country,
    string? Language,
    string? Notify,
    string? NotifyPending,
    DateTimeOffset? NotifyPendingAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>How long the person at the old address has to see that another is to take its place.</summary>
    public static readonly TimeSpan NotifyDelay = TimeSpan.FromHours(24);

    /// <summary>Name, address and country are there: a footer can be written.</summary>
    public bool HasPostalAddress => Name is not null && AddressLines.Count > 0 && Country is not null;

    /// <summary>The address as it stands in a footer: name, lines, country.</summary>
    public IReadOnlyList<string> PostalLines => HasPostalAddress ? [Name!, .. AddressLines, Country!] : [];

    public static SenderProfile Empty(AccountId account) => new(account, null, [], null, null, null, null, null, default);

    /// <summary>The address that notices go to at this time.</summary>
    public string? NotifyAt(DateTimeOffset now) => NotifyPending is not null && NotifyPendingAt <= now ? NotifyPending : Notify;

    /// <summary>The same with a change of the notify address made where its time has come.</summary>
    public SenderProfile Settled(DateTimeOffset now) =>
        NotifyPending is not null && NotifyPendingAt <= now ? this with { Notify = NotifyPending, NotifyPending = null, NotifyPendingAt = null } : this;
}
