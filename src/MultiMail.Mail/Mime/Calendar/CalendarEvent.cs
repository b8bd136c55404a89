namespace MultiMail.Mail;

/// <summary>What a calendar part says of one event (RFC 5545 §3.6.1): a stranger's words, nothing that was done or accepted.</summary>
public sealed record CalendarEvent
{
    /// <summary>What the sender asks for, in upper case: <c>REQUEST</c>, <c>CANCEL</c>, <c>REPLY</c>… (RFC 5546 §1.4); null when not said.</summary>
    public string? Method { get; init; }

    /// <summary>One line, cut at 500 characters.</summary>
    public string? Summary { get; init; }

    /// <summary>One line, cut at 500 characters.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// <c>2026-11-23</c> for a day, <c>2026-11-23T09:15:00Z</c> for a time in UTC, <c>2026-11-23T09:15:00 Europe/Berlin</c> for one in a zone that the
    /// sender names, without either for local time. Null when missing or malformed.
    /// </summary>
    public string? Start { get; init; }

    /// <summary>As <see cref="Start"/>; null also where the event gives a duration instead.</summary>
    public string? End { get; init; }

    /// <summary>addr-spec of the organiser; null when it is none.</summary>
    public string? Organizer { get; init; }

    /// <summary>The same for the same event in later messages.</summary>
    public string? Uid { get; init; }
}
