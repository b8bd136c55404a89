namespace MultiMail.Mail;

/// <summary>
/// What a machine reports about a message that somebody sent earlier. A stranger can write all of it: whoever acts on it must know
/// <see cref="OriginalMessageId"/> or <see cref="OriginalEnvelopeId"/> as one of its own.
/// </summary>
public sealed record DeliveryReport
{
    public required ReportKind Kind { get; init; }

    /// <summary>Message-ID of the message that is reported on, without brackets; null when the report does not name it.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>ENVID of the transaction (RFC 3461 §4.4), decoded from xtext; null when the report has none.</summary>
    public string? OriginalEnvelopeId { get; init; }

    /// <summary>At most 500, in the order of the report; empty when it names nobody.</summary>
    public IReadOnlyList<ReportedRecipient> Recipients { get; init; } = [];
}

/// <summary>Which form a report has.</summary>
public enum ReportKind
{
    /// <summary>message/delivery-status (RFC 3464, RFC 6533).</summary>
    DeliveryStatus,

    /// <summary>message/disposition-notification (RFC 8098): what became of a message after it was delivered.</summary>
    Disposition,

    /// <summary>message/feedback-report (RFC 5965): a recipient complained about a message that was delivered.</summary>
    Complaint,

    /// <summary>A null return path and a status code in free text, as relays wrote before RFC 3464.</summary>
    PlainBounce,
}

/// <summary>What happened to one recipient.</summary>
/// <param name="Address">
/// The addr-spec that the sender used (Original-Recipient), else the one that the reporting host used (Final-Recipient); null when
/// neither passes the strict grammar.
/// </param>
/// <param name="Action">What was done; for dispositions and complaints see <see cref="RecipientAction"/>.</param>
/// <param name="Status">Enhanced status code such as <c>5.1.1</c> (RFC 3463); null when none is named.</param>
/// <param name="DiagnosticText">The other side's words, in one line, cut at 500 characters; a stranger's text, may be empty.</param>
public sealed record ReportedRecipient(string? Address, RecipientAction Action, string? Status, string DiagnosticText)
{
    /// <summary>Final-Recipient where it differs from <see cref="Address"/>: the message was forwarded on its way.</summary>
    public string? FinalAddress { get; init; }
}

/// <summary>
/// RFC 3464 §2.3.3. A disposition and a complaint presuppose delivery, so they are <see cref="Delivered"/>, save a disposition that
/// says <c>failed</c>.
/// </summary>
public enum RecipientAction
{
    Failed,
    Delayed,
    Delivered,
    Relayed,
    Expanded,
}
