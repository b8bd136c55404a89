namespace MultiMail.Core.Policy;

public enum RuleDirection
{
    /// <summary>Mail that is sent; the pattern is about its recipients.</summary>
    Send,

    /// <summary>Mail that arrives; the pattern is about its sender.</summary>
    Receive,
}

public enum RuleType
{
    Allow,
    Block,
}

/// <summary>Who may be written to, or may write.</summary>
/// <param name="Mailbox">Null = every mailbox of the account.</param>
/// <param name="Pattern">As <see cref="AddressPattern"/> writes it: an address, <c>*@domain</c> or <c>*</c>.</param>
/// <param name="Note">The words of whoever made it.</param>
/// <param name="CreatedBy">Public id of the principal.</param>
public sealed record AccessRule(
    RuleId Id, AccountId Account, MailboxId? Mailbox, RuleDirection Direction, RuleType Type, string Pattern, string? Note, string CreatedBy, DateTimeOffset CreatedAt);

/// <summary>The words of the wire.</summary>
public static class RuleNames
{
    public static string Of(RuleDirection direction) => direction is RuleDirection.Send ? "send" : "receive";

    public static string Of(RuleType type) => type is RuleType.Allow ? "allow" : "block";
}
