using MultiMail.Core.Compliance.Rules;
using MultiMail.Core.Messages;

namespace MultiMail.Core.Tests.Compliance;

public sealed class RuleTests
{
    public static TheoryData<string> Names => [.. RuleCases.All.Select(c => c.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_says_what_is_wrong_where_and_what_helps(string name)
    {
        var given = RuleCases.All.Single(c => c.ToString() == name);

        var finding = given.Letter.Finding(given.Rule);

        if (given.Field is null)
        {
            Assert.Equal(RuleState.NotApplicable == finding.State && !finding.Rule.Covers(given.Letter.Scene()) ? RuleState.NotApplicable : RuleState.Passed, finding.State);
            Assert.Empty(finding.Violations);
            return;
        }

        Assert.Equal(RuleState.Failed, finding.State);
        var fault = Assert.Single(finding.Violations, v => v.Field == given.Field && v.Message.Contains(given.Says, StringComparison.Ordinal));
        Assert.Contains(given.Fix, fault.Fix, StringComparison.Ordinal);
        Assert.Equal((given.Rule, given.Code), (fault.Rule, fault.Code));
    }

    [Fact]
    public void Every_rule_has_a_letter_that_passes_and_one_that_does_not()
    {
        Assert.All(ComplianceRules.All, rule =>
        {
            var cases = RuleCases.All.Where(c => c.Rule == rule.Id).ToList();
            Assert.Contains(cases, c => c.Field is null && c.Letter.Finding(rule.Id).State is RuleState.Passed);
            Assert.Contains(cases, c => c.Field is not null);
        });
    }

    [Fact]
    public void A_right_letter_passes_every_rule() => Assert.Empty(new Letter().Findings().Violations);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var letter = new Letter { From = "mallory@elsewhere.test", Subject = "Re: Lunch", Extra = ["Reply-To: mallory@elsewhere.test"], Text = "Hello.", Html = null, Trace = [] }
            .To(new RuleRecipient(Letter.Reader, RecipientKind.To, IsHere: false, Stop: "complaint"));
        letter = letter with { Facts = letter.Facts with { UnsubscribeFault = "It is redirected.", ReputationStop = "too many complaints" } };

        var rules = letter.Findings().Violations.Select(v => v.Rule).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["CS-01", "CS-03", "CS-04", "CS-05", "CS-06", "CS-07", "CS-08", "CS-09", "CS-11", "CS-12", "CS-13", "CS-14"], rules);
    }

    [Fact]
    public void A_missing_profile_is_told_first()
    {
        var letter = new Letter { Text = "Hello." };

        var first = (letter with { Facts = letter.Facts with { Profile = null } }).Findings().Violations[0];

        Assert.Equal(("needs_profile", "CS-07"), (first.Code, first.Rule));
    }

    [Fact]
    public void Mail_within_the_account_is_nobodys_commercial_mail()
    {
        var inside = new Letter { Extra = [], Text = "Hello.", Html = null }.To(new RuleRecipient(Letter.Reader, RecipientKind.To, IsHere: true));
        inside = inside with { Facts = inside.Facts with { Profile = null } };

        Assert.Empty(inside.Findings().Violations);
        Assert.Equal(RuleState.Failed, (inside with { Subject = "Re: Lunch" }).Finding("CS-04").State);
    }

    [Fact]
    public void An_attached_message_shows_nothing_for_the_message_that_carries_it()
    {
        var letter = new Letter { Html = null, Text = "Hello." };
        var attached = $"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--m\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=f.txt\r\n\r\n{Letter.Footer.ReplaceLineEndings("\r\n")}\r\n--m--\r\n";
        var header = System.Text.Encoding.UTF8.GetString(letter.Bytes()).Split("Content-Type:")[0];
        var scene = letter.Scene() with { Bytes = new FinalBytes(System.Text.Encoding.UTF8.GetBytes(header + attached)) };

        var failed = RuleEngine.Run(scene).All.Where(f => f.State is RuleState.Failed).Select(f => f.Rule.Id);

        Assert.Equal(["CS-05", "CS-07", "CS-08"], failed);
    }
}
