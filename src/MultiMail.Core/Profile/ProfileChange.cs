namespace MultiMail.Core.Profile;

/// <summary>Fields that are null stay as they are.</summary>
public sealed record ProfileChange
{
    public string? Name { get; init; }

    /// <summary>The lines below the name, without the country.</summary>
    public IReadOnlyList<string>? AddressLines { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }

    /// <summary>An address outside this installation.</summary>
    public string? Notify { get; init; }
}

/// <param name="Complete">Name, address and country are there: mail to the outside can carry its footer.</param>
/// <param name="NotifyPending">The address that takes the place of <paramref name="Notify"/> at <paramref name="NotifyPendingAt"/>.</param>
public sealed record ProfileView(
    string? Name,
    IReadOnlyList<string> AddressLines,
    string? Country,
    string? Language,
    string? Notify,
    string? NotifyPending,
    DateTimeOffset? NotifyPendingAt,
    bool Complete);
