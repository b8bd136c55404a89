namespace MultiMail.Core.Identity;

/// <summary>What an identity header says about its message.</summary>
/// <param name="Issuer"><c>iss</c>: https origin of the installation, or <c>urn:multimail:</c> and its log's id.</param>
/// <param name="MessageIdField"><c>jti</c>: the Message-ID without brackets.</param>
/// <param name="AgentId">The agent that the mailbox belongs to; null for a person's mailbox.</param>
/// <param name="OperatorName">Who is responsible for the agent.</param>
/// <param name="AiAssisted">A person edited it, or wrote it from an agent's mailbox; left out when false.</param>
/// <param name="OversightMode">The mailbox's mode when it was signed.</param>
/// <param name="Approval">One of <see cref="ApprovalClaims"/>.</param>
/// <param name="RecipientHash"><c>rh</c>, for a message with a single recipient.</param>
/// <param name="LogOrigin">The audit log that has the intent to send it.</param>
public sealed record IdentityClaims(
    string Issuer,
    string MessageIdField,
    DateTimeOffset IssuedAt,
    string? AgentId,
    string OperatorName,
    bool AiGenerated,
    bool AiAssisted,
    string OversightMode,
    string Approval,
    string? Category,
    string HeaderHash,
    string BodyHash,
    string? RecipientHash,
    string? LogOrigin);

/// <summary>How a message came to be released.</summary>
public static class ApprovalClaims
{
    /// <summary>Nobody released it.</summary>
    public const string None = "none";

    /// <summary>A person approved exactly this text, or a key that a person holds to decide with.</summary>
    public const string Human = "human";

    /// <summary>A person changed the text before it left.</summary>
    public const string HumanEdited = "human_edited";

    /// <summary>A person wrote it.</summary>
    public const string HumanAuthor = "human_author";

    /// <summary>The mailbox's rules let it pass.</summary>
    public const string Policy = "policy";
}
