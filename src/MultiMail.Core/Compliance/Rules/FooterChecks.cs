namespace MultiMail.Core.Compliance.Rules;

/// <summary>What a reader must find in both parts: CS-07, CS-08.</summary>
internal static class FooterChecks
{
    public static IEnumerable<RuleFault> PostalAddress(RuleScene scene)
    {
        if (scene.Facts.Profile is not { Pieces.Count: > 0 } profile)
        {
            yield return new RuleFault("There is no sender profile, so the mail cannot say who sends it.", Fix: ErrorCatalog.Of(ErrorCodes.NeedsProfile).Fix, Code: ErrorCodes.NeedsProfile);
            yield break;
        }

        foreach (var (field, text) in scene.Bytes.Texts())
        {
            if (FirstMissing(RuleWords.Fold(text), profile.Pieces) is { } missing)
            {
                yield return new RuleFault($"The {Part(field)} does not show the sender's name and postal address: \"{missing}\" is missing.", field);
            }
        }
    }

    public static IEnumerable<RuleFault> Advertisement(RuleScene scene)
    {
        if (scene.Facts.Recipients.All(r => r.Consented))
        {
            yield break;
        }

        foreach (var (field, text) in scene.Bytes.Texts())
        {
            if (!RuleWords.SaysAdvertisement(text, scene.Language))
            {
                yield return new RuleFault($"The {Part(field)} does not say that this is an advertisement.", field);
            }
        }
    }

    /// <summary>The pieces stand in their order.</summary>
    private static string? FirstMissing(string text, IReadOnlyList<string> pieces)
    {
        var at = 0;
        foreach (var piece in pieces.Select(RuleWords.Fold))
        {
            var found = text.IndexOf(piece, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return piece;
            }

            at = found + piece.Length;
        }

        return null;
    }

    private static string Part(string field) => field == "html" ? "HTML" : "plain text";
}
