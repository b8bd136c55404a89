namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_rule_comes_back_as_it_was_made_and_stands_once()
    {
        var scene = await SceneAsync();
        var rule = RuleOf(scene, RuleType.Block, "*@evil.example") with { Mailbox = scene.Mailbox, Note = "spam" };
        await scene.WriteAsync(u => u.InsertRuleAsync(rule));

        Assert.Equal(rule, await scene.Store.RuleAsync(scene.Account, rule.Id, Cancelled));
        Assert.Equal(rule, await scene.WriteAsync(u => u.FindRuleAsync(scene.Account, rule.Id)));
        Assert.Equal(rule, await scene.WriteAsync(u => u.FindSameRuleAsync(rule with { Id = default, Note = null })));
        var again = rule with { Id = scene.Ids.Next<RuleId>() };
        Assert.Equal("id", (await Assert.ThrowsAsync<StoreConflictException>(async () => await scene.WriteAsync(u => u.InsertRuleAsync(again)))).Key);
        Assert.True(await scene.WriteAsync(u => u.RemoveRuleAsync(scene.Account, rule.Id)));
        Assert.False(await scene.WriteAsync(u => u.RemoveRuleAsync(scene.Account, rule.Id)));
        Assert.Null(await scene.Store.RuleAsync(scene.Account, rule.Id, Cancelled));
    }

    [Fact]
    public async Task Rules_match_by_pattern_direction_and_mailbox_the_same_in_and_out_of_a_unit()
    {
        var scene = await SceneAsync();
        var other = scene.NewMailbox("other-rules@example.org");
        var all = RuleOf(scene, RuleType.Block, "*@evil.example");
        var own = RuleOf(scene, RuleType.Allow, "*@evil.example") with { Mailbox = scene.Mailbox };
        var others = RuleOf(scene, RuleType.Allow, "*@evil.example") with { Mailbox = other.Id };
        var inbound = RuleOf(scene, RuleType.Block, "*@evil.example") with { Direction = RuleDirection.Receive };
        await scene.WriteAsync(async u =>
        {
            await u.InsertMailboxAsync(other);
            foreach (var rule in new[] { all, own, others, inbound })
            {
                await u.InsertRuleAsync(rule);
            }
        });

        string[] patterns = ["*@evil.example", "*"];
        var outside = await scene.Store.MatchingRulesAsync(scene.Account, scene.Mailbox, RuleDirection.Send, patterns, Cancelled);
        var inside = await scene.WriteAsync(u => u.FindMatchingRulesAsync(scene.Account, scene.Mailbox, RuleDirection.Send, patterns));
        Assert.Equal([all.Id, own.Id], outside.Select(r => r.Id).OrderBy(i => i.Value));
        Assert.Equal(outside, inside);
        Assert.Empty(await scene.Store.MatchingRulesAsync(scene.Account, scene.Mailbox, RuleDirection.Send, ["*"], Cancelled));
        Assert.True(await scene.Store.HasAllowRuleAsync(scene.Account, scene.Mailbox, RuleDirection.Send, Cancelled));
        Assert.True(await scene.WriteAsync(u => u.FindHasAllowRuleAsync(scene.Account, scene.Mailbox, RuleDirection.Send)));
        Assert.False(await scene.Store.HasAllowRuleAsync(scene.Account, scene.Mailbox, RuleDirection.Receive, Cancelled));
    }

    [Fact]
    public async Task Rules_are_listed_oldest_first_by_mailbox_direction_and_type()
    {
        var scene = await SceneAsync();
        var account = RuleOf(scene, RuleType.Block, "a@evil.example");
        var own = RuleOf(scene, RuleType.Allow, "b@good.example") with { Mailbox = scene.Mailbox };
        await scene.WriteAsync(async u =>
        {
            await u.InsertRuleAsync(account);
            await u.InsertRuleAsync(own);
        });
        async Task<IEnumerable<RuleId>> ListAsync(RuleQuery query, RuleId? after = null) => (await scene.Store.RulesAsync(query, after, 10, Cancelled)).Select(r => r.Id);
        var every = new RuleQuery(scene.Account, Mailboxes: null, WithAccount: true, Direction: null, Type: null);

        Assert.Equal([account.Id, own.Id], await ListAsync(every));
        Assert.Equal([own.Id], await ListAsync(every, account.Id));
        Assert.Equal([own.Id], await ListAsync(every with { Mailboxes = [scene.Mailbox], WithAccount = false }));
        Assert.Equal([account.Id, own.Id], await ListAsync(every with { Mailboxes = [scene.Mailbox] }));
        Assert.Equal([account.Id], await ListAsync(every with { Mailboxes = [] }));
        Assert.Equal([account.Id], await ListAsync(every with { Type = RuleType.Block }));
        Assert.Empty(await ListAsync(every with { Direction = RuleDirection.Receive }));
    }

    [Fact]
    public async Task Rules_reads_counts_and_acquaintances_belong_to_their_account()
    {
        var one = await SceneAsync();
        var other = await Scene.CreateAsync(one.Store, Clock);
        var rule = RuleOf(one, RuleType.Allow, "*");
        var read = new UntrustedRead(one.Ids.Next<MessageId>(), one.Ids.Next<ThreadId>(), one.Now);
        await one.WriteAsync(async u =>
        {
            await u.InsertRuleAsync(rule);
            await u.MeetAsync(one.Account, [new Acquaintance("a@b.example", "a@b.example")], writtenTo: true);
            await u.NoteReadsAsync(one.Account, "key_1", [read], 50);
            await u.TallyAsync(one.Account, new TallyKey("x", 1), 1, one.Now.AddHours(1));
        });

        Assert.False(await other.WriteAsync(u => u.RemoveRuleAsync(other.Account, rule.Id)));
        Assert.Null(await other.Store.RuleAsync(other.Account, rule.Id, Cancelled));
        Assert.False(await other.Store.HasAllowRuleAsync(other.Account, one.Mailbox, RuleDirection.Send, Cancelled));
        var facts = await other.Store.RiskFactsAsync(Question(other, ["a@b.example"], new TallyKey("x", 1)), Cancelled);
        Assert.Empty(facts.Known);
        Assert.Empty(facts.Reads);
        Assert.Equal([0], facts.Tallies);
    }

    [Fact]
    public async Task Whoever_looks_alike_is_found_and_what_was_noted_stays()
    {
        var scene = await SceneAsync();
        await scene.WriteAsync(u => u.MeetAsync(scene.Account, [new Acquaintance("ann@real.example", "looks")], writtenTo: true));
        await scene.WriteAsync(u => u.MeetAsync(scene.Account, [new Acquaintance("ann@real.example", "looks"), new Acquaintance("arn@real.example", "looks")], writtenTo: false));

        var known = (await scene.Store.RiskFactsAsync(Question(scene, ["looks"]), Cancelled)).Known;

        Assert.Equal(
            [new Correspondent("ann@real.example", "looks", WroteToUs: true, WrittenTo: true), new Correspondent("arn@real.example", "looks", WroteToUs: true, WrittenTo: false)],
            known.OrderBy(k => k.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whom_one_knows_without_mail_is_found_and_forgotten_and_whoever_wrote_is_not()
    {
        var scene = await SceneAsync();
        Acquaintance ann = new("ann@real.example", "looks"), bob = new("bob@real.example", "looks");
        await scene.WriteAsync(async u =>
        {
            await u.MeetAsync(scene.Account, [ann], writtenTo: true);
            await u.KnowAsync(scene.Account, [ann, bob]);
        });
        async Task<IEnumerable<Correspondent>> KnownAsync() =>
            (await scene.Store.RiskFactsAsync(Question(scene, ["looks"]), Cancelled)).Known.OrderBy(k => k.Key, StringComparer.Ordinal);

        Assert.Equal(
            [new Correspondent(ann.Key, "looks", WroteToUs: false, WrittenTo: true), new Correspondent(bob.Key, "looks", WroteToUs: false, WrittenTo: false)], await KnownAsync());
        await scene.WriteAsync(async u =>
        {
            await u.ForgetAsync(scene.Account, ann);
            await u.ForgetAsync(scene.Account, bob);
        });
        Assert.Equal([ann.Key], (await KnownAsync()).Select(k => k.Key));
    }

    [Fact]
    public async Task A_conversation_is_flagged_by_mail_that_came_in()
    {
        var scene = await SceneAsync();
        var plain = await scene.ReceiveAsync();
        var flagged = scene.Message(Direction.Inbound, MessageState.Received) with { RiskFlags = RiskCodes.InjectionFlagged };
        await scene.InsertAsync(scene.With(flagged), Moves.Receive);
        async Task<bool> FlaggedAsync(Scene who, ThreadId? thread) => (await who.Store.RiskFactsAsync(Question(who, []) with { Thread = thread }, Cancelled)).ThreadFlagged;

        Assert.False(await FlaggedAsync(scene, plain.Message.Thread));
        Assert.False(await FlaggedAsync(scene, null));
        Assert.True(await FlaggedAsync(scene, flagged.Thread));
        Assert.False(await FlaggedAsync(await Scene.CreateAsync(scene.Store, Clock), flagged.Thread));
    }

    [Fact]
    public async Task Only_the_newest_reads_are_kept_and_only_those_of_the_time_asked_for_come_back()
    {
        var scene = await SceneAsync();
        var reads = Enumerable.Range(0, 5).Select(i => new UntrustedRead(scene.Ids.Next<MessageId>(), scene.Ids.Next<ThreadId>(), scene.Now.AddMinutes(i))).ToList();
        await scene.WriteAsync(u => u.NoteReadsAsync(scene.Account, "key_1", reads, 3));
        await scene.WriteAsync(u => u.NoteReadsAsync(scene.Account, "key_2", [reads[0]], 3));

        var question = Question(scene, []);
        Assert.Equal([reads[4], reads[3], reads[2]], (await scene.Store.RiskFactsAsync(question, Cancelled)).Reads);
        Assert.Equal([reads[4]], (await scene.Store.RiskFactsAsync(question with { Since = scene.Now.AddMinutes(4) }, Cancelled)).Reads);
        Assert.Equal([reads[4]], (await scene.Store.RiskFactsAsync(question with { MostReads = 1 }, Cancelled)).Reads);
    }

    [Fact]
    public async Task Counts_add_up_until_their_time_is_over_and_roll_back_with_the_unit()
    {
        var scene = await SceneAsync();
        var key = new TallyKey("k key_1", 7);
        Assert.Equal(1, await scene.WriteAsync(u => u.TallyAsync(scene.Account, key, 1, scene.Now.AddMinutes(1))));
        Assert.Equal(4, await scene.WriteAsync(u => u.TallyAsync(scene.Account, key, 3, scene.Now.AddMinutes(1))));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await scene.WriteAsync(async u =>
        {
            await u.TallyAsync(scene.Account, key, 1, scene.Now.AddMinutes(1));
            throw new InvalidOperationException("refused");
        }));

        Assert.Equal(4, await scene.WriteAsync(u => u.FindTallyAsync(scene.Account, key)));
        Assert.Equal([4, 0], (await scene.Store.RiskFactsAsync(Question(scene, [], key, key with { Slot = 8 }), Cancelled)).Tallies);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.WriteAsync(u => u.DeleteExpiredSessionsAsync());
        Assert.Equal(0, await scene.WriteAsync(u => u.FindTallyAsync(scene.Account, key)));
    }

    [Fact]
    public async Task A_tainted_message_keeps_what_was_read()
    {
        var scene = await SceneAsync();
        var read = await scene.ReceiveAsync();
        var held = HeldSend.In(scene, m => m with { Tainted = true });
        await scene.WriteAsync(held.WriteAsync);
        var fresh = scene.With(scene.Message(Direction.Inbound, MessageState.Received)) with { TaintedBy = read.Message.Id };
        await scene.InsertAsync(fresh, Moves.Receive);

        Assert.Equal(read.Message.Id, await scene.Store.TaintCauseAsync(scene.Account, fresh.Message.Id, Cancelled));
        Assert.Null(await scene.Store.TaintCauseAsync(scene.Account, read.Message.Id, Cancelled));
        Assert.Equal([read.Message.BodyText], await scene.Store.BodyTextsAsync(scene.Account, [read.Message.Id], Cancelled));
    }

    private static AccessRule RuleOf(Scene scene, RuleType type, string pattern) =>
        new(scene.Ids.Next<RuleId>(), scene.Account, Mailbox: null, RuleDirection.Send, type, pattern, Note: null, "key_1", scene.Now);

    private static RiskQuestion Question(Scene scene, IReadOnlyList<string> skeletons, params IReadOnlyList<TallyKey> tallies) =>
        new(scene.Account, "key_1", scene.Now.AddDays(-1), 50, skeletons, [], tallies);
}
