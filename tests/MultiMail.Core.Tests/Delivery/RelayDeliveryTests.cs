using MultiMail.Core.Messages;
using MultiMail.Mail;
using System.Text;

namespace MultiMail.Core.Tests.Delivery;

/// <summary>Mail to other servers: what the relay gets, and what becomes of each answer.</summary>
public sealed class RelayDeliveryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_relay_sees_the_approved_recipients_and_bytes_and_nothing_else()
    {
        await using var there = await RelayHouse.BuildAsync("gated_send");
        var id = await there.SendAsync(RelayHouse.Mail("ann@example.net") with { Cc = ["bob@example.com"], Bcc = ["eve@example.edu", "robot@example.org"] });
        await there.House.DeliverAsync();
        Assert.Empty(there.Relay.Seen);
        await there.House.ApproveAsync(id);
        await there.House.DeliverAsync();

        var (envelope, bytes) = Assert.Single(there.Relay.Seen);
        Assert.Equal(["ann@example.net", "bob@example.com", "eve@example.edu"], envelope.Recipients);
        Assert.Equal($"robot+b-{id}@example.org", envelope.ReturnPath);
        Assert.Equal(id, envelope.EnvelopeId);
        Assert.DoesNotContain("eve@", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\nFrom: ", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Single((await there.House.ListAsync(RelayHouse.Robot)).Messages);
        var read = await there.House.Node.Inbox.ReadAsync(there.House.Person, new ReadRequest { MessageId = id, Format = "headers" }, Token);
        Assert.Contains("Date: Tue, 24 Nov 2026 09:00:00 +0000", read.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReplyClass.Accepted, "2.1.5", "delivered", "delivered", "delivery.accepted")]
    [InlineData(ReplyClass.Deferred, "4.2.0", "sending", "deferred", "delivery.deferred")]
    [InlineData(ReplyClass.Refused, "5.7.1", "bounced", "bounced", "delivery.bounced")]
    [InlineData(ReplyClass.Refused, "5.1.1", "bounced", "bounced", "delivery.bounced")]
    [InlineData(ReplyClass.Unknown, "4.4.2", "sending", "unknown", "delivery.unknown")]
    public async Task Each_answer_means_one_state_and_one_leaf(ReplyClass reply, string code, string state, string recipient, string leaf)
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => new RecipientReply(address, reply, code, "the relay's words");
        var id = await there.SendAsync("ann@example.net");
        await there.House.DeliverAsync();

        var status = await there.StatusAsync(id);
        Assert.Equal((state, recipient, code), (status.Status, status.Recipients[0].Status, status.Recipients[0].Code));
        string[] suppressed = code == "5.1.1" ? ["suppression.added"] : [];
        Assert.Equal(["send.released", "delivery.attempted", leaf, .. suppressed], RelayHouse.Leaves(status));
        Assert.Equal(suppressed.Length, (await there.House.Node.Suppressions.ListAsync(there.House.Person, new(), Token)).Suppressions.Count);
        await there.House.DeliverAsync();
        Assert.Single(there.Relay.Seen);
    }

    [Fact]
    public async Task Recipients_of_one_transaction_go_their_own_ways()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => address[0] switch
        {
            'a' => ScriptedRelay.Accepted(address),
            'b' => ScriptedRelay.Refused(address, "5.1.1"),
            _ => number < 3 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address),
        };
        var id = await there.SendAsync("ann@example.net", "bob@example.com", "cid@example.edu", RelayHouse.Robot);
        await there.House.DeliverAsync();
        var status = await there.StatusAsync(id);
        Assert.Equal(["delivered", "bounced", "deferred", "delivered"], status.Recipients.Select(r => r.Status));
        Assert.Equal("try later", status.Recipients[2].Detail);
        Assert.InRange(status.Recipients[2].NextAttemptAt!.Value - there.House.Clock.GetUtcNow(), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.5));

        await there.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal("bounced", (await there.StatusAsync(id)).Status);
        Assert.Equal([4, 1, 1], there.Relay.Seen.Select(s => s.Envelope.Recipients.Count + (s == there.Relay.Seen[0] ? 1 : 0)));
        Assert.All(there.Relay.Seen, s => Assert.Equal(there.Relay.Seen[0].Bytes, s.Bytes));
        Assert.Single((await there.House.ListAsync(RelayHouse.Robot)).Messages);
        Assert.Single((await there.House.Store.EventsAsync(there.House.Person.Account, "email.bounced", 10, Token)));
    }

    [Fact]
    public async Task Retries_grow_from_minutes_to_hours_and_end_on_the_fifth_day_with_a_notice()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address);
        var times = new List<DateTimeOffset>();
        there.Relay.Before = (_, _) =>
        {
            times.Add(there.House.Clock.GetUtcNow());
            return Task.CompletedTask;
        };
        var id = await there.SendAsync("ann@example.net");
        await there.PassAsync(TimeSpan.FromDays(6));

        var gaps = times.Zip(times.Skip(1), (a, b) => b - a).ToList();
        Assert.InRange(gaps[0], TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.5));
        Assert.All(gaps.Skip(1).SkipLast(1), g => Assert.InRange(g, TimeSpan.FromMinutes(30), TimeSpan.FromHours(4.4)));
        Assert.True(gaps.Max() >= TimeSpan.FromHours(4));
        Assert.Equal(TimeSpan.FromDays(5), times[^1] - times[0]);
        var status = await there.StatusAsync(id);
        Assert.Equal(("bounced", "bounced", "5.4.7"), (status.Status, status.Recipients[0].Status, status.Recipients[0].Code));
        Assert.Empty((await there.House.Node.Suppressions.ListAsync(there.House.Person, new(), Token)).Suppressions);
        var notice = Assert.Single((await there.House.ListAsync(RelayHouse.Robot)).Messages);
        Assert.Equal(("postmaster@example.org", status.ThreadId), (notice.FromAddress, notice.ThreadId));
        var read = await there.House.Node.Inbox.ReadAsync(there.House.Person, new ReadRequest { MessageId = notice.MessageId }, Token);
        Assert.Contains("ann@example.net", read.Body, StringComparison.Ordinal);
        Assert.Null(await there.House.Store.NextDueAsync(Token));
    }

    [Fact]
    public async Task A_lost_answer_is_tried_once_more_with_the_same_bytes_and_fails_when_lost_again()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => ScriptedRelay.Lost(address);
        var id = await there.SendAsync("ann@example.net");
        await there.PassAsync(TimeSpan.FromMinutes(29));
        Assert.Single(there.Relay.Seen);
        await there.PassAsync(TimeSpan.FromDays(6));

        Assert.Equal(2, there.Relay.Seen.Count);
        Assert.Equal(there.Relay.Seen[0].Bytes, there.Relay.Seen[1].Bytes);
        var status = await there.StatusAsync(id);
        Assert.Equal("failed", status.Status);
        Assert.Equal(
            ["send.released", "delivery.attempted", "delivery.unknown", "delivery.attempted", "delivery.failed"], RelayHouse.Leaves(status));
        Assert.Equal("unknown_once_more", status.Timeline[3].Reason);
    }

    [Fact]
    public async Task A_lost_answer_may_turn_out_well_the_second_time()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => number == 1 ? ScriptedRelay.Lost(address) : ScriptedRelay.Accepted(address);
        var id = await there.SendAsync("ann@example.net");
        await there.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Equal(2, there.Relay.Seen.Count);
    }

    [Fact]
    public async Task A_node_that_died_during_the_dialogue_leaves_an_unknown_outcome_and_no_silent_second_send()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Before = (_, _) => throw new InvalidOperationException("the node dies here");
        var id = await there.SendAsync("ann@example.net");
        await Assert.ThrowsAsync<AggregateException>(there.House.DeliverAsync);
        there.Relay.Before = (_, _) => Task.CompletedTask;
        await there.PassAsync(TimeSpan.FromMinutes(3));
        Assert.Single(there.Relay.Seen);
        Assert.Equal("unknown", (await there.StatusAsync(id)).Recipients[0].Status);

        await there.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, there.Relay.Seen.Count);
        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        Assert.Equal(1, RelayHouse.Leaves(await there.StatusAsync(id)).Count(l => l == "delivery.accepted"));
    }

    [Fact]
    public async Task A_test_keys_mail_never_reaches_the_relay()
    {
        await using var there = await RelayHouse.BuildAsync();
        var (test, _) = await there.House.KeyAsync("send,read", "test");
        await RelayHouse.KnowAsync(there.House, ["ann@example.net"]);
        var id = (await there.House.SendAsync(RelayHouse.Mail("ann@example.net"), test)).MessageId;
        await there.PassAsync(TimeSpan.FromDays(1));

        Assert.Equal("discarded", (await there.StatusAsync(id)).Status);
        Assert.Empty(there.Relay.Seen);
    }

    [Theory]
    [InlineData("mode")]
    [InlineData("read_only")]
    [InlineData("key")]
    [InlineData("suppressed")]
    [InlineData("bytes")]
    public async Task What_changed_between_two_tries_stops_the_second(string change)
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, _) => address[0] == 'a' ? ScriptedRelay.Accepted(address) : ScriptedRelay.Deferred(address);
        var id = await there.SendAsync("ann@example.net", "bob@example.com");
        await there.House.DeliverAsync();
        switch (change)
        {
            case "mode":
                await there.House.SetModeAsync(RelayHouse.Robot, "gated_all");
                break;
            case "read_only":
                await there.House.SetModeAsync(RelayHouse.Robot, "read_only");
                break;
            case "key":
                await there.House.Node.Keys.RevokeAsync(there.House.Person, there.Sender.PublicId, Token);
                break;
            case "suppressed":
                await there.House.Node.Suppressions.AddAsync(there.House.Person, "Bob@example.com", null, Token);
                break;
            default:
                there.House.ChangeStoredBytes();
                break;
        }

        await there.PassAsync(TimeSpan.FromDays(6));
        var status = await there.StatusAsync(id);
        Assert.Single(there.Relay.Seen);
        Assert.Equal(("failed", "delivered", "failed"), (status.Status, status.Recipients[0].Status, status.Recipients[1].Status));
    }

    [Fact]
    public async Task Who_has_it_already_may_be_suppressed_without_stopping_the_others()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => address[0] == 'a' ? ScriptedRelay.Refused(address, "5.1.1") : number == 1 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address);
        var id = await there.SendAsync("ann@example.net", "bob@example.com");
        await there.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(["bounced", "delivered"], (await there.StatusAsync(id)).Recipients.Select(r => r.Status));
    }

    [Fact]
    public async Task A_paused_mailbox_sends_no_retry_until_it_goes_on()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => number == 1 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address);
        var id = await there.SendAsync("ann@example.net");
        await there.House.DeliverAsync();
        there.House.Tamper("UPDATE mailbox SET paused_at = 1");
        await there.PassAsync(TimeSpan.FromHours(3));
        Assert.Single(there.Relay.Seen);
        there.House.Tamper("UPDATE mailbox SET paused_at = NULL");
        await there.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
    }

    [Theory]
    [InlineData(-26)]
    [InlineData(26)]
    public async Task A_clock_that_jumps_loses_and_repeats_nothing(int hours)
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Answer = (address, number) => number == 1 ? ScriptedRelay.Deferred(address) : ScriptedRelay.Accepted(address);
        there.Relay.Before = (_, _) =>
        {
            there.House.Clock.AdjustTime(there.House.Clock.GetUtcNow().AddHours(hours));
            there.Relay.Before = (_, _) => Task.CompletedTask;
            return Task.CompletedTask;
        };
        var id = await there.SendAsync("ann@example.net");
        await there.PassAsync(TimeSpan.FromDays(3));

        Assert.Equal(("delivered", 2), ((await there.StatusAsync(id)).Status, there.Relay.Seen.Count));
        Assert.True((await there.House.Node.Audit.VerifyAsync(there.House.Person, null, Token)).Ok);
    }

    [Fact]
    public async Task A_long_dialogue_keeps_its_lease()
    {
        await using var there = await RelayHouse.BuildAsync();
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        there.Relay.Before = async (_, cut) =>
        {
            entered.SetResult();
            await go.Task.WaitAsync(cut);
        };
        var id = await there.SendAsync("ann@example.net");
        var working = there.House.Node.Delivery.RunOnceAsync(Token);
        await entered.Task;
        for (var minute = 0; minute < 6; minute++)
        {
            var seen = there.House.Store.ChangePosition;
            there.House.Clock.Advance(TimeSpan.FromMinutes(1));
            await there.House.Store.WaitForChangeAsync(seen, TimeSpan.FromDays(1), Token);
        }

        Assert.True(await there.House.Store.NextDueAsync(Token) > there.House.Clock.GetUtcNow());
        go.SetResult();
        await working;
        Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
    }
}
