using MultiMail.Mail;

namespace MultiMail.Core.Compliance.Rules;

/// <summary>Who a message says it is from, and how it is answered: CS-01, CS-02, CS-03, CS-12.</summary>
internal static class SenderChecks
{
    public static IEnumerable<RuleFault> From(RuleScene scene)
    {
        var (bytes, mailbox) = (scene.Bytes, scene.Facts.Mailbox);
        var fields = bytes.Fields.Named("From");
        if (fields.Count != 1 || bytes.Header.Authors.Count != 1)
        {
            yield return new RuleFault(fields.Count switch
            {
                0 => "There is no From.",
                1 => $"From names {bytes.Header.Authors.Count} addresses; one is right.",
                _ => $"From stands {fields.Count} times; once is right.",
            });
            yield break;
        }

        if (!string.Equals(bytes.Header.Authors[0].AddrSpec, mailbox.Address, StringComparison.OrdinalIgnoreCase))
        {
            yield return new RuleFault($"From is not {mailbox.Address}, the mailbox that sends.");
        }

        if (HasControls(bytes.Values("From")[0]) || HasControls(bytes.Header.Authors[0].DisplayName))
        {
            yield return new RuleFault("From holds a control character.");
        }

        var domain = AddrSpecs.DomainOf(mailbox.Address).ToLowerInvariant();
        if (scene is { IsInternal: false, Facts.IsCarriedElsewhere: false } && scene.Facts.Domains.TryGetValue(domain, out var verified) && !verified)
        {
            yield return new RuleFault($"The domain {domain} is not verified yet.", Fix: "Have a person publish its DNS records and run `multimail domain check`.");
        }
    }

    public static IEnumerable<RuleFault> DisplayName(RuleScene scene)
    {
        if (scene.Bytes.Header.From?.DisplayName is not { } name)
        {
            yield break;
        }

        if (Lookalikes.HoldsAddress(name))
        {
            yield return new RuleFault("The display name holds an address, or something that reads like one.");
        }

        var folded = Lookalikes.Skeleton(name);
        if (scene.Facts.OtherNames.Any(other => Lookalikes.Skeleton(other) == folded))
        {
            yield return new RuleFault("The display name is that of another mailbox, or looks like it.");
        }
    }

    public static IEnumerable<RuleFault> ReplyTo(RuleScene scene)
    {
        if (scene.Bytes.Fields.Named("Reply-To").Count == 0)
        {
            yield break;
        }

        if (scene.Bytes.Header.ReplyTo.Count == 0)
        {
            yield return new RuleFault("Reply-To names no address.");
        }

        foreach (var address in scene.Bytes.Header.ReplyTo.Where(address => !IsOurs(scene.Facts, address)))
        {
            yield return new RuleFault(address.AddrSpec is { } given
                ? $"Reply-To names {given}, which is neither a mailbox of this account nor at a verified domain of ours."
                : "Reply-To holds something that is no address.");
        }
    }

    public static IEnumerable<RuleFault> Trace(RuleScene scene)
    {
        var ids = scene.Bytes.Values("Message-ID");
        if (ids.Count != 1)
        {
            yield return new RuleFault($"Message-ID stands {ids.Count} times; once is right.");
        }
        else if (!ids[0].EndsWith($"@{AddrSpecs.DomainOf(scene.Facts.Mailbox.Address)}>", StringComparison.OrdinalIgnoreCase))
        {
            yield return new RuleFault("Message-ID is not at the sender's own domain.");
        }

        if (scene.Bytes.Values("MIME-Version") is not ["1.0"])
        {
            yield return new RuleFault("MIME-Version does not stand there once, as 1.0.");
        }

        if (scene.Bytes.Fields.Named("Date").Count != 0)
        {
            yield return new RuleFault("Date is written when the message leaves, and stands there already.");
        }
    }

    private static bool IsOurs(RuleFacts facts, MailboxAddressText address) => address.AddrSpec is { } spec
        && (string.Equals(spec, facts.Mailbox.Address, StringComparison.OrdinalIgnoreCase)
            || facts.OwnReplyTo.Contains(spec, StringComparer.OrdinalIgnoreCase)
            || facts.Domains.GetValueOrDefault(AddrSpecs.DomainOf(spec).ToLowerInvariant()));

    // A tab may begin a folded line.
    private static bool HasControls(string? text) => text is not null && text.Any(c => char.IsControl(c) && c != '\t');
}
