namespace MultiMail.Core.Tests.Oversight;

/// <summary>A sentence about single transitions.</summary>
/// <param name="Check">Null where the sentence does not speak of this step.</param>
internal sealed record Theorem(string Id, Func<Step, bool?> Check)
{
    public bool BrokenBy(Step step) => Check(step) == false;
}
