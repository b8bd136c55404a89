using System.Text;
using MultiMail.Core.Compliance.Rules;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Compliance;

/// <summary>docs/compliance-rules.md is written from the table. <c>UPDATE_GOLDEN=1</c> rewrites it.</summary>
public sealed class RuleDocTests
{
    private static readonly string DocumentPath = Path.Combine(Repository.Root, "docs", "compliance-rules.md");

    [Fact]
    public void The_document_lists_every_rule_as_the_table_has_it()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(DocumentPath, Document());
        }

        Assert.True(File.Exists(DocumentPath), "docs/compliance-rules.md is missing. Run with UPDATE_GOLDEN=1, read it, commit it.");
        Assert.Equal(Document(), File.ReadAllText(DocumentPath));
    }

    [Fact]
    public void The_ids_are_in_order_and_each_is_there_once() =>
        Assert.Equal(Enumerable.Range(1, 14).Select(n => $"CS-{n:00}"), ComplianceRules.All.Select(r => r.Id));

    private static string Document()
    {
        var text = new StringBuilder(
            """
            # Compliance rules

            Every message is held against these rules when it is submitted, and again on its frozen bytes before each attempt to deliver it.
            A refusal has the code `compliance_rejected` (CS-07 without a profile: `needs_profile`; CS-09: `suppressed`) and lists everything
            that is wrong at once, each fault with its `rule`, `field` and `fix`. The audit log keeps the rules' ids with the refused attempt.
            Whoever decides about a message sees what each rule says of it.

            The rules support sending by the law and the mailbox providers' rules that they name. They are no legal advice, and passing them
            does not make a message lawful: consent and stricter national law stay the operator's matter.

            A message without a category is unclassified and treated like commercial mail, unless it answers a stored message of its one
            recipient. "Outside" means that the rule is not for mail whose every recipient is a mailbox of the same account on this server.
            "Rechecked" means that what it looks at may change after a person approved: it is asked again in the transaction of each attempt.

            | Rule | Field | For | What it asks | What helps | Source |
            |---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var rule in ComplianceRules.All)
        {
            var notes = string.Concat(rule.OutsideOnly ? ", outside" : string.Empty, rule.Changes ? ", rechecked" : string.Empty);
            text.Append("| <a id=\"").Append(rule.Id).Append("\"></a>").Append(rule.Id).Append(" | `").Append(rule.Field).Append("` | ")
                .Append(MailKind.Words(rule.AppliesTo)).Append(notes).Append(" | ").Append(rule.Sentence).Append(" | ").Append(rule.Fix)
                .Append(" | ").Append(rule.Source).Append(" |\n");
        }

        text.Append(
            """

            ## What they do not see

            - SPF, DMARC and the relay's own DKIM: `multimail doctor` looks at those. Mail of a mailbox that another provider carries is signed by that provider.
            - Text in pictures and in attachments: it neither counts for a rule nor against one.
            - Whether what a message says is true. That is what the person who approves it is for.

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }
}
