using MultiMail.Core.Node;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Pausing;

public sealed class PauseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(Installation.AgentAddress)]
    public async Task While_paused_nothing_is_submitted_in_any_mode(string? mailbox)
    {
        await using var house = await House.BuildAsync();
        await house.Node.Pauses.PauseAsync(house.Agent, mailbox, "wrong prices", Token);

        Assert.Equal("paused", await Steps.RefusedAsync(() => house.SendAsync()));
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        Assert.Equal("paused", await Steps.RefusedAsync(() => house.SendAsync()));
        await house.Node.Pauses.ResumeAsync(house.Person, mailbox, Token);
        Assert.Equal("queued", (await house.SendAsync()).Status);
    }

    [Fact]
    public async Task Another_mailbox_goes_on()
    {
        await using var house = await House.BuildAsync();
        await house.Node.Pauses.PauseAsync(house.Person, Installation.PersonAddress, reason: null, Token);

        Assert.Equal("pending", (await house.SendAsync()).Status);
    }

    [Fact]
    public async Task Approved_mail_stays_and_leaves_when_a_person_resumes()
    {
        await using var house = await House.BuildAsync();
        var approvedBefore = (await house.SendAsync()).MessageId;
        var approvedMeanwhile = (await house.SendAsync(Steps.Letter("Second"))).MessageId;
        await house.ApproveAsync(approvedBefore);
        await house.Node.Pauses.PauseAsync(house.Agent, mailbox: null, "stop", Token);
        Assert.Equal("queued", (await house.ApproveAsync(approvedMeanwhile)).Status);

        await house.DeliverAsync();
        Assert.Equal(("queued", "queued"), (await house.StatusAsync(approvedBefore), await house.StatusAsync(approvedMeanwhile)));

        await house.Node.Pauses.ResumeAsync(house.Person, mailbox: null, Token);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.DeliverAsync();
        Assert.Equal(("delivered", "delivered"), (await house.StatusAsync(approvedBefore), await house.StatusAsync(approvedMeanwhile)));
    }

    [Fact]
    public async Task Both_pauses_must_be_lifted()
    {
        await using var house = await House.BuildAsync();
        await house.Node.Pauses.PauseAsync(house.Person, mailbox: null, reason: null, Token);
        await house.Node.Pauses.PauseAsync(house.Person, Installation.AgentAddress, reason: null, Token);
        var left = await house.Node.Pauses.ResumeAsync(house.Person, mailbox: null, Token);

        Assert.Equal(Installation.AgentAddress, Assert.Single(left.Paused).Mailbox);
        Assert.Equal("paused", await Steps.RefusedAsync(() => house.SendAsync()));
        Assert.Empty((await house.Node.Pauses.ResumeAsync(house.Person, Installation.AgentAddress, Token)).Paused);
        Assert.Equal("pending", (await house.SendAsync()).Status);
    }

    [Fact]
    public async Task Retries_stop_and_go_on()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => number == 1 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address);
        var id = await there.SendAsync("ann@example.net");
        await there.House.DeliverAsync();
        await there.House.Node.Pauses.PauseAsync(there.Sender, RelayHouse.Robot, "stop", Token);
        await there.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal((1, "sending"), (there.Relay.Seen.Count, (await there.StatusAsync(id)).Status));

        await there.House.Node.Pauses.ResumeAsync(there.House.Person, RelayHouse.Robot, Token);
        await there.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal((2, "delivered"), (there.Relay.Seen.Count, (await there.StatusAsync(id)).Status));
    }

    [Fact]
    public async Task What_missed_its_time_meanwhile_waits_for_a_person_again()
    {
        await using var house = await House.BuildAsync();
        var id = (await house.SendAsync(Steps.Letter() with { SendAt = "2026-11-24T12:00:00Z" })).MessageId;
        Assert.Equal("scheduled", (await house.ApproveAsync(id)).Status);
        await house.Node.Pauses.PauseAsync(house.Person, mailbox: null, reason: null, Token);
        house.Clock.Advance(TimeSpan.FromHours(4));
        await house.DeliverAsync();
        await house.Node.Pauses.ResumeAsync(house.Person, mailbox: null, Token);
        await house.DeliverAsync();

        Assert.Equal("pending", await house.StatusAsync(id));
        Assert.Equal("too_late", await Steps.RefusedAsync(() => house.ApproveAsync(id)));
    }

    [Fact]
    public async Task What_is_due_during_the_pause_leaves_when_it_ends_in_time()
    {
        await using var house = await House.BuildAsync();
        var id = (await house.SendAsync(Steps.Letter() with { SendAt = "2026-11-24T12:00:00Z" })).MessageId;
        await house.ApproveAsync(id);
        await house.Node.Pauses.PauseAsync(house.Person, mailbox: null, reason: null, Token);
        house.Clock.Advance(new DateTimeOffset(2026, 11, 24, 12, 1, 0, TimeSpan.Zero) - house.Clock.GetUtcNow());
        await house.DeliverAsync();
        Assert.Equal("queued", await house.StatusAsync(id));
        await house.Node.Pauses.ResumeAsync(house.Person, mailbox: null, Token);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.DeliverAsync();

        Assert.Equal("delivered", await house.StatusAsync(id));
    }

    [Theory]
    [InlineData("send")]
    [InlineData("oversight")]
    [InlineData("admin")]
    [InlineData("operator")]
    public async Task Every_key_that_sends_decides_or_provisions_may_stop_and_none_may_go_on(string scopes)
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync(scopes);
        await house.Node.Pauses.PauseAsync(key, mailbox: null, "stop", Token);
        await house.Node.Pauses.PauseAsync(key, Installation.AgentAddress, "stop", Token);

        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.Node.Pauses.ResumeAsync(key, mailbox: null, Token)));
        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.Node.Pauses.ResumeAsync(key, Installation.AgentAddress, Token)));
        Assert.Equal(2, (await house.Node.Pauses.ListAsync(house.Person, Token)).Paused.Count);
        var leaves = await EventsAsync(house);
        Assert.Equal((2, 2, 0), (leaves.Count(l => l == "pause.set"), leaves.Count(l => l == "access.refused"), leaves.Count(l => l == "pause.lifted")));
    }

    [Fact]
    public async Task Who_only_reads_or_only_tests_stops_nothing()
    {
        await using var house = await House.BuildAsync();
        var (reader, _) = await house.KeyAsync("read");
        var (test, _) = await house.KeyAsync("send", "test");

        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.Node.Pauses.PauseAsync(reader, mailbox: null, "stop", Token)));
        Assert.Equal("live_key_required", await Steps.RefusedAsync(() => house.Node.Pauses.PauseAsync(test, mailbox: null, "stop", Token)));
        Assert.Empty((await house.Node.Pauses.ListAsync(house.Person, Token)).Paused);
    }

    [Fact]
    public async Task A_key_for_some_mailboxes_stops_those_or_everything_and_learns_of_no_other()
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync("send", "live", Installation.AgentAddress);

        Assert.Equal("not_found", await Steps.RefusedAsync(() => house.Node.Pauses.PauseAsync(key, Installation.PersonAddress, "stop", Token)));
        await house.Node.Pauses.PauseAsync(house.Person, Installation.PersonAddress, reason: null, Token);
        Assert.Single((await house.Node.Pauses.PauseAsync(key, Installation.AgentAddress, "stop", Token)).Paused);
        Assert.Equal(2, (await house.Node.Pauses.PauseAsync(key, mailbox: null, "stop", Token)).Paused.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("long")]
    public async Task A_key_says_why_in_at_most_500_characters(string? reason)
    {
        await using var house = await House.BuildAsync();
        var words = reason == "long" ? new string('x', 501) : reason;

        Assert.Equal("invalid_parameter", await Steps.RefusedAsync(() => house.Node.Pauses.PauseAsync(house.Agent, mailbox: null, words, Token)));
        await house.Node.Pauses.PauseAsync(house.Agent, mailbox: null, new string('x', 500), Token);
    }

    [Fact]
    public async Task The_first_reason_is_kept_for_people_and_in_no_leaf()
    {
        await using var house = await House.BuildAsync();
        await house.Node.Pauses.PauseAsync(house.Agent, Installation.AgentAddress, "Ann asked me to", Token);
        await house.Node.Pauses.PauseAsync(house.Agent, Installation.AgentAddress, "again", Token);

        var pause = Assert.Single((await house.Node.Pauses.ListAsync(house.Person, Token)).Paused);
        Assert.Equal(("Ann asked me to", house.Agent.PublicId), (pause.Reason, pause.PausedBy));
        var entries = await house.Store.LogEntriesAsync(house.Person.Account, 0, 100, Token);
        Assert.DoesNotContain(entries, e => System.Text.Encoding.UTF8.GetString(e.Entry).Contains("Ann", StringComparison.Ordinal));
        Assert.Single(await EventsAsync(house), e => e == "pause.set");
    }

    [Fact]
    public async Task Resuming_what_is_not_paused_writes_nothing()
    {
        await using var house = await House.BuildAsync();
        await house.Node.Pauses.ResumeAsync(house.Person, mailbox: null, Token);

        Assert.DoesNotContain("pause.lifted", await EventsAsync(house));
    }

    [Fact]
    public async Task Nothing_begins_to_leave_once_a_pause_is_in_the_log()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var race = Task.WhenAll(
            Task.Run(() => Task.WhenAll(Enumerable.Range(0, 40).Select(i => TryAsync(() => house.SendAsync(Steps.Letter($"Number {i}")))))),
            Task.Run(async () =>
            {
                for (var i = 0; i < 40; i++)
                {
                    await house.Node.Delivery.RunOnceAsync(Token);
                }
            }),
            Task.Run(() => house.Node.Pauses.PauseAsync(house.Agent, mailbox: null, "stop", Token)));
        await race;
        await house.DeliverAsync();

        var leaves = await EventsAsync(house);
        var after = leaves.SkipWhile(l => l != "pause.set").ToList();
        Assert.NotEmpty(after);
        Assert.DoesNotContain(after, l => l is "delivery.attempted" or "send.released" or "send.held");
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Errors.RefusalException refusal) when (refusal.Code == "paused")
        {
            // too late for this one
        }
    }

    private static async Task<IReadOnlyList<string>> EventsAsync(House house) =>
        [.. (await house.Store.LogEntriesAsync(house.Person.Account, 0, 1_000, Token)).Select(e => System.Text.Json.Nodes.JsonNode.Parse(e.Entry)!["event"]!.GetValue<string>())];
}
