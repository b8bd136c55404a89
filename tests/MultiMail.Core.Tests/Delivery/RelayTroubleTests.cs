using MultiMail.Core.Errors;
using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Tests.Delivery;

/// <summary>Relays that do not work, are slow, or are not there.</summary>
public sealed class RelayTroubleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_sign_in_is_told_and_a_thousand_messages_do_not_hammer_the_relay()
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Trouble = TransportTrouble.SignInRefused;
        there.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address, "4.7.8");
        var ids = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            ids.Add(await there.SendAsync($"ann{i}@example{i}.net"));
        }

        await there.PassAsync(TimeSpan.FromHours(6.5));
        Assert.InRange(there.Relay.Seen.Count, 6, 6 + (6 * 2));
        foreach (var id in ids)
        {
            var recipient = (await there.StatusAsync(id)).Recipients[0];
            Assert.Equal(("sign_in_refused", "try later"), (recipient.Code, recipient.Detail));
            Assert.NotNull(recipient.NextAttemptAt);
        }

        there.Relay.Trouble = TransportTrouble.None;
        there.Relay.Answer = (address, _) => ScriptedRelay.Accepted(address);
        await there.PassAsync(TimeSpan.FromDays(1));
        foreach (var id in ids)
        {
            Assert.Equal("delivered", (await there.StatusAsync(id)).Status);
        }

        Assert.Equal(200, there.Relay.Seen.Skip(18).SelectMany(s => s.Envelope.Recipients).Concat(there.Relay.Seen.Take(18).SelectMany(s => s.Envelope.Recipients)).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(TransportTrouble.Unreachable, "unreachable")]
    [InlineData(TransportTrouble.NotSecure, "not_secure")]
    public async Task A_dead_relay_is_left_alone_between_probes_and_messages_still_end(TransportTrouble trouble, string code)
    {
        await using var there = await RelayHouse.BuildAsync();
        there.Relay.Trouble = trouble;
        there.Relay.Answer = (address, _) => ScriptedRelay.Deferred(address, "4.4.1");
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            ids.Add(await there.SendAsync($"ann{i}@example{i}.net"));
        }

        await there.PassAsync(TimeSpan.FromHours(1));
        Assert.InRange(there.Relay.Seen.Count, 6, 20);
        Assert.Equal(code, (await there.StatusAsync(ids[^1])).Recipients[0].Code);
        await there.PassAsync(TimeSpan.FromDays(6));
        foreach (var id in ids)
        {
            Assert.Equal("bounced", (await there.StatusAsync(id)).Status);
        }
    }

    [Fact]
    public async Task A_slow_relay_gets_few_dialogues_at_a_time_and_mailboxes_take_turns()
    {
        await using var there = await RelayHouse.BuildAsync();
        await RelayHouse.MakeMailboxAsync(there.House, "second@example.org", "autonomous");
        for (var i = 0; i < 1_000; i++)
        {
            await there.SendAsync($"ann{i}@example{i % 50}.net");
        }

        var late = await there.SendAsync(RelayHouse.Mail("zoe@example.edu") with { From = "second@example.org" });
        var begun = 0;
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        there.Relay.Before = async (_, cut) =>
        {
            if (Interlocked.Increment(ref begun) > 1)
            {
                second.TrySetResult();
            }

            await second.Task.WaitAsync(cut); // the first is slow: it lasts until there is another beside it
        };
        await there.House.Node.Delivery.RunOnceAsync(Token);
        Assert.Equal("delivered", (await there.StatusAsync(late)).Status);
        await there.House.DeliverAsync();

        Assert.Equal(1_001, there.Relay.Seen.Count);
        Assert.Equal(1_001, there.Relay.Seen.SelectMany(s => s.Envelope.Recipients).Distinct(StringComparer.Ordinal).Count());
        Assert.InRange(there.Relay.MostOpen, 2, 6);
    }

    [Fact]
    public async Task One_domain_has_at_most_three_dialogues_and_local_mail_waits_for_no_relay()
    {
        await using var there = await RelayHouse.BuildAsync();
        var go = new TaskCompletionSource();
        there.Relay.Before = (_, cut) => go.Task.WaitAsync(cut);
        for (var i = 0; i < 20; i++)
        {
            await there.SendAsync($"ann{i}@example.net");
        }

        await there.House.Node.Delivery.StartDueAsync(Token);
        var local = await there.SendAsync(RelayHouse.Robot);
        while ((await there.StatusAsync(local)).Status != "delivered")
        {
            var seen = there.House.Store.ChangePosition;
            await there.House.Node.Delivery.StartDueAsync(Token);
            await there.House.Store.WaitForChangeAsync(seen, TimeSpan.Zero, Token);
        }

        Assert.Equal(3, there.Relay.MostOpen);
        go.SetResult();
        await there.House.Node.Delivery.DrainAsync();
        await there.House.DeliverAsync();
        Assert.Equal((20, 3), (there.Relay.Seen.Count, there.Relay.MostOpen));
    }

    [Fact]
    public async Task An_address_that_exists_only_here_cannot_write_outside()
    {
        await using var there = await RelayHouse.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.House.SendAsync(RelayHouse.Mail("ann@example.net") with { From = Installation.AgentAddress }));

        Assert.Equal(ErrorCodes.NoRelay, refusal.Code);
        Assert.Contains("exists only on it", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("multimail domain add", refusal.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suppressed_recipient_is_refused_by_field_at_submission()
    {
        await using var there = await RelayHouse.BuildAsync();
        await there.House.Node.Suppressions.AddAsync(there.House.Person, "ann@example.net", null, Token);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.SendAsync(RelayHouse.Mail("bob@example.com") with { Bcc = ["ANN@example.net"] }));
        Assert.Equal((ErrorCodes.Suppressed, "bcc"), (refusal.Code, refusal.Violations[0].Field));

        Assert.Equal(ErrorCodes.OversightScopeRequired, await Steps.RefusedAsync(() => there.House.Node.Suppressions.RemoveAsync(there.Sender, "ann@example.net", Token)));
        Assert.Equal("manual", (await there.House.Node.Suppressions.AddAsync(there.Sender, "x@example.net", null, Token)).Reason);
        await there.House.Node.Suppressions.RemoveAsync(there.House.Person, "Ann@example.net", Token);
        await there.SendAsync(RelayHouse.Mail("bob@example.com") with { Bcc = ["ANN@example.net"] });
        var log = await there.House.Node.Audit.QueryAsync(there.House.Person, new() { Action = "suppression.removed" }, Token);
        Assert.Single(log.Entries);
    }
}
