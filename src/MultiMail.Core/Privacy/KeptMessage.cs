namespace MultiMail.Core.Privacy;

/// <summary>What stands where something was erased.</summary>
public static class Erased
{
    public const string Word = "erased";

    /// <summary>Somebody's wish.</summary>
    public const string ByWish = "erasure";

    /// <summary>The mailbox keeps its mail for so long and no longer.</summary>
    public const string ByAge = "retention";
}

/// <summary>A message with everything that is kept of it.</summary>
/// <param name="Raw">Hashes of its stored bytes.</param>
public sealed record KeptMessage(Message Message, IReadOnlyList<KeptPiece> Pieces, IReadOnlyList<byte[]> Raw);

/// <param name="IsParty">Names who wrote it or to whom it goes.</param>
public sealed record KeptPiece(bool IsParty, byte[] Bytes);

/// <summary>Where an address may stand outside of messages. Each is one column.</summary>
public enum TextPlace
{
    AccountName,
    KeyName,
    MailboxName,
    EventBody,
    JobError,
    FetchFault,
    SigningKeyReason,
    SuppressionNote,
    LiftEvidence,
    PauseReason,
    RequestWords,
    RequestReason,
    RuleNote,
    TemplateName,
    TemplateVersionName,
    TemplateSubject,
    TemplateText,
    TemplateHtml,
    TemplateMarkdown,
    TemplateVariables,

    /// <summary>Where a notice goes that waits. The rows go.</summary>
    NoticeAddress,

    /// <summary>Message-ID fields that are waited for. The rows go.</summary>
    AwaitedMessage,

    /// <summary>Keys of kept answers. The rows go.</summary>
    AnswerKey,

    /// <summary>Kept answers. The rows go.</summary>
    Answer,

    /// <summary>Whom mail was exchanged with. The rows go.</summary>
    Correspondent,
}
