namespace MultiMail.Core.Compliance;

/// <summary>What one compliance rule says of a message, for the person who decides and for a preview.</summary>
/// <param name="Rule">Its id, e.g. <c>CS-05</c>; docs/compliance-rules.md has them all.</param>
/// <param name="State"><c>passed</c>, <c>failed</c> or <c>not_applicable</c>.</param>
/// <param name="Sentence">What the rule asks for.</param>
/// <param name="Faults">What is wrong; empty unless it failed.</param>
public sealed record ComplianceCheckView(string Rule, string State, string Sentence, IReadOnlyList<string> Faults);
