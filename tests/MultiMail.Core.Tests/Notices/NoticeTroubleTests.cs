using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Core.Notices;
using MultiMail.Core.Profile;
using MultiMail.Core.Tests.Compliance;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Notices;

public sealed class NoticeTroubleTests
{
    private const string Bob = "bob@example.com";

    [Fact]
    public async Task Two_nodes_send_once()
    {
        await using var there = await NoticeHouse.BuildAsync();
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        there.There.Relay.Before = async (_, token) =>
        {
            begun.TrySetResult();
            await goOn.Task.WaitAsync(token);
        };
        await there.There.SendAsync("a@foreign.test");
        var one = there.RunAsync();
        await begun.Task;
        Assert.Empty(await there.RunAsync(there.AnotherNode()));
        goOn.SetResult();
        Assert.Equal(["summary Sent"], await one);
        Assert.Empty(await there.RunAsync(there.AnotherNode()));
        Assert.Single(there.SentTo(NoticeHouse.Ann));
    }

    [Fact]
    public async Task Many_nodes_at_the_same_moment_send_once()
    {
        await using var there = await NoticeHouse.BuildAsync();
        await there.There.SendAsync("a@foreign.test");
        var nodes = Enumerable.Range(0, 6).Select(_ => there.AnotherNode()).ToList();
        await Task.WhenAll(nodes.Select(n => Task.Run(() => there.RunAsync(n), NoticeHouse.Token)));
        Assert.Single(there.SentTo(NoticeHouse.Ann));
        Assert.Single(await there.LeavesAsync("notice.sent"));
    }

    [Fact]
    public async Task A_crash_after_the_hand_over_leads_to_one_duplicate_with_the_same_id_and_no_more()
    {
        await using var there = await NoticeHouse.BuildAsync();
        there.There.Relay.Before = (_, _) => throw new InvalidOperationException("the node dies here"); // the relay has kept it by now
        await there.There.SendAsync("a@foreign.test");
        await Assert.ThrowsAsync<InvalidOperationException>(() => there.RunAsync());
        Assert.Empty(await there.RunAsync());
        there.House.Clock.Advance(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<InvalidOperationException>(() => there.RunAsync(there.AnotherNode()));
        there.House.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["summary Sent"], await there.RunAsync());

        var sent = there.SentTo(NoticeHouse.Ann);
        Assert.Equal(2, sent.Count);
        Assert.Equal(MessageId(sent[0]), MessageId(sent[1]));
        Assert.Equal(["summary pending:1 unknown"], await there.LeavesAsync("notice.sent"));
    }

    [Fact]
    public async Task A_lost_answer_leads_to_one_duplicate_after_half_an_hour()
    {
        await using var there = await NoticeHouse.BuildAsync();
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Lost(address);
        await there.There.SendAsync("a@foreign.test");
        Assert.Equal(["summary Later unknown"], await there.RunAsync());
        there.House.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["summary Later unknown"], await there.RunAsync());
        there.House.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(["summary Sent"], await there.RunAsync());
        Assert.Equal(2, there.SentTo(NoticeHouse.Ann).Count);
    }

    [Fact]
    public async Task A_relay_that_is_down_is_tried_for_a_day_and_then_it_is_said()
    {
        await using var there = await NoticeHouse.BuildAsync();
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address);
        await there.There.SendAsync("a@foreign.test");
        var outcomes = new List<string>(await there.RunAsync());
        var start = there.House.Clock.GetUtcNow();
        while (await there.House.Node.Notices.NextDueAsync(NoticeHouse.Token) is { } due)
        {
            there.House.Clock.Advance(due - there.House.Clock.GetUtcNow());
            outcomes.AddRange(await there.RunAsync());
        }

        Assert.Equal("summary GivenUp deferred", outcomes[^1]);
        Assert.All(outcomes.SkipLast(1), o => Assert.Equal("summary Later deferred", o));
        Assert.InRange(outcomes.Count, 6, 12);
        Assert.InRange(there.House.Clock.GetUtcNow() - start, TimeSpan.FromHours(24), TimeSpan.FromHours(29));
        Assert.Empty(await there.LeavesAsync("notice.sent"));
        var status = await there.House.Node.Notices.StatusAsync(there.House.Person, NoticeHouse.Token);
        Assert.Equal((there.House.Clock.GetUtcNow(), NoticeFailures.Sentence("deferred")), (status.FailedAt, status.Failure));
        Assert.Contains("did not go out", await DoctorAsync(there), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_for_good_is_not_tried_again()
    {
        await using var there = await NoticeHouse.BuildAsync();
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Refused(address, "5.1.1");
        await there.There.SendAsync("a@foreign.test");
        Assert.Equal(["summary GivenUp refused"], await there.RunAsync());
        Assert.Null(await there.House.Node.Notices.NextDueAsync(NoticeHouse.Token));
    }

    [Fact]
    public async Task Mail_that_comes_while_the_relay_is_down_goes_into_one_notice()
    {
        await using var there = await NoticeHouse.BuildAsync();
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address);
        for (var i = 0; i < 5; i++)
        {
            await there.There.SendAsync($"a{i}@foreign.test");
            await there.RunAsync();
            there.House.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        there.There.Relay.Answer = (address, _) => ScriptedRelay.Accepted(address);
        there.House.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["summary Sent"], await there.RunAsync());
        Assert.Contains("(5 wait in all): 5\r\n", there.SentTo(NoticeHouse.Ann)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_old_address_hears_of_a_change_at_once_and_the_new_one_only_after_a_day()
    {
        await using var there = await NoticeHouse.BuildAsync();
        await there.House.SetProfileAsync(new ProfileChange { Notify = Bob });
        Assert.Equal(["address_change Sent"], await there.RunAsync());
        var text = Assert.Single(there.SentTo(NoticeHouse.Ann));
        Assert.Contains("It takes the place of yours on 2026-11-25 09:00 UTC.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Bob, text, StringComparison.Ordinal);

        await there.There.SendAsync("a@foreign.test");
        await there.RunAsync();
        Assert.Equal((2, 0), (there.SentTo(NoticeHouse.Ann).Count, there.SentTo(Bob).Count));
        there.House.Clock.Advance(TimeSpan.FromHours(24));
        await there.There.SendAsync("b@foreign.test");
        await there.RunAsync();
        Assert.Equal((2, 1), (there.SentTo(NoticeHouse.Ann).Count, there.SentTo(Bob).Count));
    }

    [Fact]
    public async Task A_change_that_was_taken_back_before_the_notice_left_is_not_told()
    {
        await using var there = await NoticeHouse.BuildAsync();
        await there.House.SetProfileAsync(new ProfileChange { Notify = Bob });
        await there.House.SetProfileAsync(new ProfileChange { Notify = NoticeHouse.Ann });
        Assert.Equal(["address_change NothingToTell"], await there.RunAsync());
    }

    [Fact]
    public async Task An_address_that_became_a_mailbox_here_is_sent_nothing_and_doctor_says_so()
    {
        await using var there = await NoticeHouse.BuildAsync();
        await there.There.SendAsync("a@foreign.test");
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address);
        await there.RunAsync();
        await there.House.Node.Mailboxes.CreateAsync(there.House.Person, new NewMailbox { Address = NoticeHouse.Ann, Link = new LinkChange { SmtpUrl = "smtps://ann%40example.net:secret@mx.example.net:465", Check = false } }, NoticeHouse.Token);
        there.There.Relay.Answer = (address, _) => ScriptedRelay.Accepted(address);
        there.House.Clock.Advance(TimeSpan.FromMinutes(10));
        await there.There.SendAsync("b@foreign.test");
        Assert.Equal(["summary Later own_address"], await there.RunAsync());
        Assert.Single(there.There.Relay.Seen);
        Assert.Contains("has become one of this installation", await DoctorAsync(there), StringComparison.Ordinal);
        Assert.Equal("invalid_parameter", await Steps.RefusedAsync(() => there.House.Node.Notices.TestAsync(there.House.Person, NoticeHouse.Token)));
    }

    [Fact]
    public async Task Without_a_relay_nobody_is_told_and_doctor_says_so()
    {
        await using var house = await House.BuildAsync();
        Assert.Contains("no address for notices is set", await DoctorAsync(house), StringComparison.Ordinal);
        await house.SetProfileAsync(new ProfileChange { Notify = NoticeHouse.Ann });
        await house.SendAsync();
        Assert.Empty(await house.Node.Notices.RunAsync(NoticeHouse.Token));
        Assert.Contains("Nobody is told by mail: there is no relay", await DoctorAsync(house), StringComparison.Ordinal);
        Assert.Equal("no_relay", await Steps.RefusedAsync(() => house.Node.Notices.TestAsync(house.Person, NoticeHouse.Token)));
    }

    [Theory]
    [InlineData("smtps://login%40provider.test:pw@relay.test:465", "login@provider.test")]
    [InlineData("smtps://apikey:pw@relay.test:465", null)]
    public async Task Without_a_domain_the_login_of_the_relay_is_the_sender(string relay, string? from)
    {
        var transport = new ScriptedRelay();
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, Transport = transport, Relay = RelayEndpoint.Parse(relay) });
        await house.SetProfileAsync(new ProfileChange { Notify = NoticeHouse.Ann });
        await house.SendAsync();
        await house.Node.Notices.RunAsync(NoticeHouse.Token);
        Assert.Equal(from, transport.Seen.Select(s => s.Envelope.ReturnPath).SingleOrDefault());
        Assert.Equal(from, (await house.Node.Notices.StatusAsync(house.Person, NoticeHouse.Token)).From);
    }

    [Fact]
    public async Task A_linked_mailbox_carries_notices_when_the_installation_has_no_relay()
    {
        var transport = new ScriptedRelay();
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, Transport = transport });
        await house.Node.Mailboxes.CreateAsync(house.Person, new NewMailbox { Address = "me@provider.test", Link = new LinkChange { SmtpUrl = "smtps://me%40provider.test:secret@mx.provider.test:465", Check = false } }, NoticeHouse.Token);
        await house.SetProfileAsync(new ProfileChange { Notify = NoticeHouse.Ann });
        Assert.Equal("sent", (await house.Node.Notices.TestAsync(house.Person, NoticeHouse.Token)).Result);
        Assert.Equal("me@provider.test", Assert.Single(transport.Seen).Envelope.ReturnPath);
        var status = await house.Node.Notices.StatusAsync(house.Person, NoticeHouse.Token);
        Assert.Equal(("me@provider.test", house.Clock.GetUtcNow()), (status.Through, status.LastSentAt));
        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.Node.Notices.TestAsync(house.Agent, NoticeHouse.Token)));
    }

    private static Task<string> DoctorAsync(NoticeHouse there) => DoctorAsync(there.House);

    private static async Task<string> DoctorAsync(House house) =>
        (await house.Node.Doctor.ExamineAsync(house.Person, NoticeHouse.Token)).Findings.Single(f => f.Area == "notices").Sentence;

    private static string MessageId(string mail) => mail.Split("Message-ID: ")[1].Split("\r\n")[0];
}
