namespace MultiMail.Core.Compliance.Rules;

/// <summary>Who gets it: CS-09, CS-10, CS-11, CS-14.</summary>
internal static class RecipientChecks
{
    private const string Scraped = "scraped";

    public static IEnumerable<RuleFault> Suppressed(RuleScene scene) =>
        scene.Facts.Recipients.Where(r => r.Stop is not null)
            .Select(r => new RuleFault($"{r.Address} is suppressed: {r.Stop}.", r.Field, Code: ErrorCodes.Suppressed, Fix: ErrorCatalog.Of(ErrorCodes.Suppressed).Fix));

    public static IEnumerable<RuleFault> One(RuleScene scene)
    {
        if (scene.Facts.EnvelopeSize != 1)
        {
            yield return new RuleFault($"The message goes to {scene.Facts.EnvelopeSize} recipients; each copy of such mail has one.");
        }

        if (scene.Bytes.Fields.Named("Cc").Count > 0)
        {
            yield return new RuleFault("The message has cc.", "cc");
        }
    }

    public static IEnumerable<RuleFault> Source(RuleScene scene)
    {
        foreach (var recipient in scene.Facts.Recipients)
        {
            if (string.IsNullOrWhiteSpace(recipient.Source))
            {
                yield return new RuleFault($"Where {recipient.Address} came from is not on record.", recipient.Field);
            }
            else if (string.Equals(recipient.Source.Trim(), Scraped, StringComparison.OrdinalIgnoreCase))
            {
                yield return new RuleFault($"{recipient.Address} was scraped.", recipient.Field, Fix: "Write to nobody whose address was scraped.");
            }
        }
    }

    public static IEnumerable<RuleFault> Reputation(RuleScene scene)
    {
        if (scene.Facts.ReputationStop is { } why)
        {
            yield return new RuleFault($"Commercial mail from {scene.Facts.Mailbox.Address} is stopped: {why}.");
        }
    }
}
