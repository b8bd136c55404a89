namespace MultiMail.Core.Compliance.Rules;

/// <summary>One message and everything known about it, as every rule sees it.</summary>
internal sealed record RuleScene(FinalBytes Bytes, string? Category, RuleFacts Facts)
{
    public MailKinds Kind { get; } = MailKind.Of(Category);

    /// <summary>Every recipient is a mailbox of the same account on this server.</summary>
    public bool IsInternal { get; } = Facts.Recipients.All(r => r.IsHere);

    /// <summary>The language the message says it is written in; null = it does not say, and every language's words count.</summary>
    public string? Language => Bytes.Values("Content-Language") is [{ Length: > 1 } language, ..] ? language : null;
}
