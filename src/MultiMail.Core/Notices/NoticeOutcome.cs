namespace MultiMail.Core.Notices;

public enum NoticeResult
{
    /// <summary>The relay took it.</summary>
    Sent,

    /// <summary>It is tried again.</summary>
    Later,

    /// <summary>Refused for good, or tried for a day: nobody was told.</summary>
    GivenUp,

    /// <summary>Everything in it was decided before it left.</summary>
    NothingToTell,

    /// <summary>Another node took it over.</summary>
    Taken,
}

/// <summary>What became of one notice in one try.</summary>
/// <param name="Failure">One of <see cref="NoticeFailures"/>.</param>
public sealed record NoticeOutcome(string Kind, NoticeResult Result, string? Failure);

/// <summary>Why a notice did not leave.</summary>
public static class NoticeFailures
{
    /// <summary>The address belongs to this installation: an agent could read it.</summary>
    public const string OwnAddress = "own_address";

    public const string NoRelay = "no_relay";

    /// <summary>The relay cannot be reached, or takes it later.</summary>
    public const string Deferred = "deferred";

    /// <summary>The relay's answer was lost.</summary>
    public const string Unknown = "unknown";

    /// <summary>The relay refused it for good.</summary>
    public const string Refused = "refused";

    public static string Sentence(string failure) => failure switch
    {
        OwnAddress => "The address belongs to this installation, where agents may read it.",
        NoRelay => "There is no relay that notices could leave through.",
        Deferred => "The relay cannot be reached, or takes no mail now.",
        Unknown => "The relay's answer was lost.",
        Refused => "The relay refused it for good.",
        _ => "It could not be sent.",
    };
}
