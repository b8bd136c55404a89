namespace MultiMail.Core.Compliance.Rules;

/// <summary>One rule of what may leave: data and a small check.</summary>
/// <param name="Id">Stable: <c>CS-07</c>.</param>
/// <param name="Field">The wire name of what it looks at; a fault may name a narrower one.</param>
/// <param name="Check">Yields what is wrong; nothing = the message passes.</param>
/// <param name="Sentence">What it asks of a message, for people.</param>
/// <param name="Fix">What helps when a fault says nothing better.</param>
/// <param name="Source">The law or standard behind it.</param>
internal sealed record ComplianceRule(
    string Id, string Field, MailKinds AppliesTo, Func<RuleScene, IEnumerable<RuleFault>> Check, string Sentence, string Fix, string Source)
{
    /// <summary>Mail among mailboxes of one account on this server is nobody's commercial mail.</summary>
    public bool OutsideOnly { get; init; }

    /// <summary>What it looks at may change after the freeze: it is asked again in the transaction of each attempt.</summary>
    public bool Changes { get; init; }

    public bool Covers(RuleScene scene) => AppliesTo.HasFlag(scene.Kind) && !(OutsideOnly && scene.IsInternal);
}

/// <summary>What is wrong with a message, in one sentence that is safe to show.</summary>
/// <param name="Field">Null = the rule's own.</param>
/// <param name="Fix">Null = the rule's own.</param>
/// <param name="Code">Another code than <c>compliance_rejected</c>.</param>
internal sealed record RuleFault(string Message, string? Field = null, string? Fix = null, string? Code = null);
