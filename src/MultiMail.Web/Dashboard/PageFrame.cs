namespace MultiMail.Web.Dashboard;

/// <summary>What is around a page's own content.</summary>
/// <param name="Section">The part of the navigation that the page belongs to.</param>
/// <param name="Csrf">The token for this page's forms.</param>
/// <param name="SignedIn">Shows navigation and sign-out.</param>
public sealed record PageFrame(string Title, string Section, string Csrf, bool SignedIn, DateTimeOffset Now)
{
    /// <summary>How many requests wait for a person.</summary>
    public int Requests { get; init; }

    /// <summary>Public id of whoever looks; null while nobody is signed in.</summary>
    public string? PersonId { get; init; }

    /// <summary>What the last act was refused for.</summary>
    public RefusalException? Refused { get; init; }
}
