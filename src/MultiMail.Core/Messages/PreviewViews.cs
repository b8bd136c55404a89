namespace MultiMail.Core.Messages;

/// <summary>What would become of a message if it were submitted now, and as what it would leave.</summary>
/// <param name="WouldBe"><c>pending</c>, <c>scheduled</c>, <c>queued</c> or <c>refused</c>.</param>
/// <param name="ApprovalNeeded">A person would decide about it.</param>
/// <param name="Reasons">Why it would wait; empty when it would not.</param>
public sealed record PreviewView(string WouldBe, bool ApprovalNeeded, IReadOnlyList<string> Reasons)
{
    /// <summary>The refusal's code; null unless it would be refused. The message and everything below it are then as an error has them.</summary>
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Fix { get; init; }

    public IReadOnlyList<Violation>? Violations { get; init; }

    /// <summary>The category in force; null when it would be refused before it was written.</summary>
    public string? Category { get; init; }

    /// <summary>Bytes on the wire, without what is put in front of it when it leaves.</summary>
    public int? Size { get; init; }

    /// <summary>Everybody who would get it, blind copies too.</summary>
    public IReadOnlyList<PreviewRecipient>? Recipients { get; init; }

    /// <summary>Header fields as they would be frozen; Date and signatures come when it leaves.</summary>
    public IReadOnlyList<HeaderLine>? Headers { get; init; }

    /// <summary>With everything that is added to what the author wrote.</summary>
    public string? Text { get; init; }

    public string? Html { get; init; }

    /// <summary>What each compliance rule says of it; null when it would be refused: then the violations say which failed.</summary>
    public IReadOnlyList<Compliance.ComplianceCheckView>? Checks { get; init; }

    internal static PreviewView Refused(RefusalException refusal) => new("refused", ApprovalNeeded: false, [])
    {
        Code = refusal.Code,
        Message = refusal.Message,
        Fix = refusal.Fix,
        Violations = refusal.Violations,
    };
}

public sealed record HeaderLine(string Name, string Value);

/// <param name="Kind"><c>to</c>, <c>cc</c> or <c>bcc</c>.</param>
public sealed record PreviewRecipient(string Address, string Kind);
