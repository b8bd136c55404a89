namespace MultiMail.Core.Compliance.Rules;

/// <summary>CS-04: what a subject claims about the message.</summary>
internal static class SubjectCheck
{
    public static IEnumerable<RuleFault> Run(RuleScene scene)
    {
        var count = scene.Bytes.Fields.Named("Subject").Count;
        var subject = scene.Bytes.Header.Subject;
        if (count != 1 || !subject.Any(char.IsLetterOrDigit))
        {
            yield return new RuleFault(count > 1 ? $"Subject stands {count} times; once is right." : "The subject says nothing.", Fix: "Write one subject that says what the message is about.");
            yield break;
        }

        var parent = scene.Facts.Parent;
        switch (SubjectPrefixes.Of(subject))
        {
            case SubjectClaim.Answer when parent is null or { InThread: false }:
                yield return new RuleFault("The subject calls the message an answer, and it answers no message of this thread.");
                break;
            case SubjectClaim.Answer when Strangers(scene, parent) is { Count: > 0 } strangers:
                yield return new RuleFault($"The subject calls the message an answer, and {string.Join(", ", strangers)} had no part in what is answered.", Fix: "Write to them with a subject of its own.");
                break;
            case SubjectClaim.Forward when parent is null:
                yield return new RuleFault("The subject calls the message a forward, and it forwards no stored message.", Fix: "Write a subject without the prefix.");
                break;
        }
    }

    // Copies to third parties are usual in an answer; those it is addressed to must know what is answered.
    private static List<string> Strangers(RuleScene scene, ParentFacts parent) =>
        [.. scene.Facts.Recipients
            .Where(r => r.Kind is RecipientKind.To && !parent.Participants.Contains(r.Address, StringComparer.OrdinalIgnoreCase))
            .Select(r => r.Address)];
}
