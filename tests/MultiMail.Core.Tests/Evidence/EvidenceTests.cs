using MultiMail.Core.Evidence;
using MultiMail.Core.Ids;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Core.Policy;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Evidence;

public sealed class EvidenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_mailbox_has_shown_nothing()
    {
        await using var house = await House.BuildAsync();
        var evidence = await OfAsync(house);

        Assert.Equal((0, 0, 0m, (decimal?)null), (evidence.Decisions, evidence.NotClean, evidence.LowerBound, evidence.MedianViewSeconds));
        Assert.All(evidence.Verdicts, v => Assert.False(v.Met));
        Assert.Equal(["monitored", "autonomous"], evidence.Verdicts.Select(v => v.Mode));
    }

    [Fact]
    public async Task Every_decision_of_a_person_counts_once_with_the_worst_word()
    {
        await using var house = await House.BuildAsync();
        await house.ApproveAsync(await LetterAsync(house, 1));
        await RejectAsync(house, await LetterAsync(house, 2), RejectClasses.Leak);
        await house.Node.Decisions.RequestChangesAsync(house.Person, new DecisionRequest(await LetterAsync(house, 3), null, "shorter"), Token);
        var takenBack = await LetterAsync(house, 4);
        await house.ApproveAsync(takenBack);
        await RejectAsync(house, takenBack, RejectClasses.WrongRecipient);

        var evidence = await OfAsync(house);
        Assert.Equal((4, 3), (evidence.Decisions, evidence.NotClean));
        Assert.Equal(new RejectCounts(1, 0, 1, 0), evidence.Rejects);
        Assert.Equal(EvidenceCode(1, 4), evidence.LowerBound);
    }

    [Fact]
    public async Task Keys_that_decide_and_the_test_world_show_nothing()
    {
        await using var house = await House.BuildAsync();
        var (reviewer, _) = await house.KeyAsync("oversight");
        var (stand, _) = await house.KeyAsync("operator");
        await house.ApproveAsync(await LetterAsync(house, 1), reviewer);
        await house.ApproveAsync(await LetterAsync(house, 2), stand);
        var (test, _) = await house.KeyAsync("send", "test", Installation.AgentAddress);
        await house.ApproveAsync((await house.SendAsync(Steps.Letter("Test"), test)).MessageId);

        Assert.Equal(0, (await OfAsync(house)).Decisions);
    }

    [Fact]
    public async Task Reviewing_takes_as_long_as_from_the_last_look_to_the_decision()
    {
        await using var house = await House.BuildAsync();
        foreach (var seconds in new[] { 3, 20, 7 })
        {
            var id = await LetterAsync(house, seconds);
            await house.Node.Pending.ReviewAsync(house.Person, id, Token);
            house.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await house.ApproveAsync(id);
        }

        Assert.Equal(7m, (await OfAsync(house)).MedianViewSeconds);
        await house.ApproveAsync(await LetterAsync(house, 4)); // never opened
        await house.ApproveAsync(await LetterAsync(house, 5));
        Assert.Equal(3m, (await OfAsync(house)).MedianViewSeconds);
    }

    [Fact]
    public async Task A_hundred_careful_decisions_in_two_weeks_speak_for_monitored()
    {
        await using var house = await House.BuildAsync();
        await ReviewedAsync(house, 99, days: 15);
        await RejectAsync(house, await LetterAsync(house, 100), RejectClasses.Other, look: true);
        await CanaryAsync(house);

        var evidence = await OfAsync(house);
        Assert.Equal((100, 1, 15), (evidence.Decisions, evidence.NotClean, evidence.Days));
        Assert.True(evidence.Verdicts[0].Met, string.Join('\n', evidence.Verdicts[0].Criteria));
        Assert.Equal(
            ["decisions", "monitored_days", "recipient_policy"],
            evidence.Verdicts[1].Criteria.Where(c => !c.Met).Select(c => c.Name));
    }

    [Theory]
    [InlineData("decisions")]
    [InlineData("days")]
    [InlineData("lower_bound")]
    [InlineData("bad_rejects")]
    [InlineData("view_time")]
    [InlineData("canaries")]
    [InlineData("bounces")]
    [InlineData("complaints")]
    public async Task One_thing_short_is_not_enough(string missing)
    {
        await using var house = await House.BuildAsync();
        await ReviewedAsync(house, missing == "decisions" ? 98 : 99, days: missing == "days" ? 13 : 15, seconds: missing == "view_time" ? 5 : 6);
        await RejectAsync(house, await LetterAsync(house, 100), missing == "bad_rejects" ? RejectClasses.FalseContent : RejectClasses.Other, look: true);
        if (missing == "lower_bound")
        {
            await RejectAsync(house, await LetterAsync(house, 101), RejectClasses.Other, look: true);
        }

        if (missing != "canaries")
        {
            await CanaryAsync(house);
        }

        Break(house, missing);
        var monitored = (await OfAsync(house)).Verdicts[0];
        Assert.Equal([missing], monitored.Criteria.Where(c => !c.Met).Select(c => c.Name));
        Assert.False(monitored.Met);
    }

    [Fact]
    public async Task Another_agent_begins_anew()
    {
        await using var house = await House.BuildAsync();
        await house.ApproveAsync(await LetterAsync(house, 1));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Node.Mailboxes.ChangeAsync(house.Person, Installation.AgentAddress, new MailboxChange { DisplayName = "Same agent" }, Token);
        Assert.Equal(1, (await OfAsync(house)).Decisions);
        await house.Node.Mailboxes.ChangeAsync(house.Person, Installation.AgentAddress, new MailboxChange { AgentId = "other" }, Token);
        Assert.Equal(0, (await OfAsync(house)).Decisions);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.ApproveAsync(await LetterAsync(house, 2));
        Assert.Equal(1, (await OfAsync(house)).Decisions);
    }

    [Fact]
    public async Task Another_signing_key_begins_anew()
    {
        await using var house = await House.BuildAsync();
        await house.ApproveAsync(await LetterAsync(house, 1));
        await house.DeliverAsync(); // the first mail makes the first key
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Node.SigningKeys.RotateAsync(house.Person, domain: null, Token);

        Assert.Equal(0, (await OfAsync(house)).Decisions);
    }

    [Fact]
    public async Task Loosening_puts_the_numbers_into_the_leaf_and_tightening_puts_none()
    {
        await using var house = await House.BuildAsync();
        await house.ApproveAsync(await LetterAsync(house, 1));
        await RejectAsync(house, await LetterAsync(house, 2), RejectClasses.Other);
        await house.SetModeAsync(Installation.AgentAddress, "monitored");
        await house.SetModeAsync(Installation.AgentAddress, "gated_all");

        var leaves = await house.Store.QueryLogAsync(new Audit.AuditQuery(house.Person.Account, null, null, null, "mailbox.mode_changed", null, null, 10), Token);
        Assert.Equal([null, "evidence n=2 k=1 lb=0.0253"], leaves.Select(l => System.Text.Json.Nodes.JsonNode.Parse(l.Entry)!["policy"]?.GetValue<string>()));
    }

    [Fact]
    public async Task A_rule_for_whom_it_writes_to_is_seen()
    {
        await using var house = await House.BuildAsync();
        Assert.Equal(["none"], await ValuesAsync(house, "recipient_policy"));
        var rule = new AccessRule(
            new IdSource(house.Clock).Next<RuleId>(), house.Person.Account, Mailbox: null, RuleDirection.Send, RuleType.Allow, "*@example.org", Note: null, house.Person.PublicId, house.Clock.GetUtcNow());
        await house.Store.WriteAsync(
            async unit =>
            {
                await unit.InsertRuleAsync(rule);
                return true;
            },
            Token);

        Assert.Equal(["set"], await ValuesAsync(house, "recipient_policy"));
    }

    [Fact]
    public async Task A_bad_reject_in_monitored_is_an_incident()
    {
        await using var house = await House.BuildAsync();
        await RejectAsync(house, await LetterAsync(house, 1), RejectClasses.Leak);
        house.Clock.Advance(TimeSpan.FromDays(1));
        var held = await LetterAsync(house, 2);
        await house.SetModeAsync(Installation.AgentAddress, "monitored");
        house.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(["31", "0"], await ValuesAsync(house, "monitored_days", "incidents"));
        house.Tamper($"UPDATE approval SET expires_at = expires_at + {(long)TimeSpan.FromDays(60).TotalMilliseconds}");
        await RejectAsync(house, held, RejectClasses.Leak);
        Assert.Equal(["31", "1"], await ValuesAsync(house, "monitored_days", "incidents"));
    }

    [Fact]
    public async Task Only_who_decides_or_provisions_reads_the_evidence()
    {
        await using var house = await House.BuildAsync();
        var (reviewer, _) = await house.KeyAsync("oversight");

        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.Node.Evidence.OfAsync(house.Agent, Installation.AgentAddress, Token)));
        Assert.Equal("not_found", await Steps.RefusedAsync(() => house.Node.Evidence.OfAsync(reviewer, "nobody@multimail.localhost", Token)));
        Assert.Equal(Installation.AgentAddress, (await house.Node.Evidence.OfAsync(reviewer, Installation.AgentAddress, Token)).Mailbox);
    }

    [Theory]
    [InlineData("approve", "leak")]
    [InlineData("request_changes", "leak")]
    [InlineData("reject", "boring")]
    public async Task A_class_goes_with_a_rejection_and_is_one_of_four(string verb, string given)
    {
        await using var house = await House.BuildAsync();
        var request = new DecisionRequest(await LetterAsync(house, 1), null, "no") { ReasonClass = given };
        Assert.Equal("invalid_parameter", await Steps.RefusedAsync(() => verb switch
        {
            "approve" => house.Node.Decisions.ApproveAsync(house.Person, request, Token),
            "reject" => house.Node.Decisions.RejectAsync(house.Person, request, Token),
            _ => house.Node.Decisions.RequestChangesAsync(house.Person, request, Token),
        }));
    }

    private static decimal EvidenceCode(int good, int all) => ClopperPearson.LowerInTenThousandths(good, all) / 10_000m;

    // The letters stay inside the server, so what other servers said is put beside them: two of a hundred are 2 %, one is not under 0.1 %.
    private static void Break(House house, string missing)
    {
        if (missing is "bounces" or "complaints")
        {
            house.Tamper("INSERT INTO sent_outcome (account_id, mailbox_id, message_id) SELECT account_id, mailbox_id, id FROM message WHERE direction = 'outbound' LIMIT 100");
            house.Tamper(missing == "bounces"
                ? "UPDATE sent_outcome SET hard_bounce = 1 WHERE message_id IN (SELECT message_id FROM sent_outcome LIMIT 2)"
                : "UPDATE sent_outcome SET complaint = 1 WHERE message_id IN (SELECT message_id FROM sent_outcome LIMIT 1)");
        }
    }

    private static async Task ReviewedAsync(House house, int count, int days, int seconds = 6)
    {
        for (var i = 0; i < count; i++)
        {
            var id = await LetterAsync(house, 1_000 + i);
            await house.Node.Pending.ReviewAsync(house.Person, id, Token);
            house.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await house.ApproveAsync(id);
            if (i == 0)
            {
                house.Clock.Advance(TimeSpan.FromDays(days));
            }
        }

        await house.DeliverAsync();
    }

    private static async Task CanaryAsync(House house)
    {
        var id = await house.Node.Canaries.SeedAsync(house.Person, new NewCanary(Installation.AgentAddress, [Installation.PersonAddress], "Pay", "At once."), Token);
        await RejectAsync(house, id, reasonClass: null, look: true);
    }

    private static async Task<string> LetterAsync(House house, int number) => (await house.SendAsync(Steps.Letter($"Letter {number}"))).MessageId;

    private static async Task RejectAsync(House house, string id, string? reasonClass, bool look = false)
    {
        if (look)
        {
            await house.Node.Pending.ReviewAsync(house.Person, id, Token);
            house.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        await house.Node.Decisions.RejectAsync(house.Person, new DecisionRequest(id, null, "no") { ReasonClass = reasonClass }, Token);
    }

    private static Task<EvidenceView> OfAsync(House house) => house.Node.Evidence.OfAsync(house.Person, Installation.AgentAddress, Token);

    private static async Task<IReadOnlyList<string>> ValuesAsync(House house, params string[] names)
    {
        var criteria = (await OfAsync(house)).Verdicts[1].Criteria;
        return [.. names.Select(n => criteria.Single(c => c.Name == n).Value)];
    }
}
