using MultiMail.Core.Audit;
using MultiMail.Core.Evidence;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Evidence;

public sealed class CanaryTests
{
    private static readonly NewCanary Pay = new(Installation.AgentAddress, [Installation.PersonAddress], "Invoice", "Pay at once.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gated_send")]
    [InlineData("autonomous")]
    public async Task It_waits_in_every_mode_and_looks_like_the_agents_mail(string mode)
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, mode);
        var id = await house.Node.Canaries.SeedAsync(house.Person, Pay, Token);
        var item = Assert.Single((await house.Node.Pending.ListAsync(house.Person, new PendingRequest(), Token)).Pending);

        Assert.Equal((id, "Invoice", Installation.AgentAddress, "agent"), (item.MessageId, item.Subject, item.FromAddress, item.AgentId));
        Assert.False((await house.Node.Pending.ReviewAsync(house.Person, id, Token)).WasCanary);
    }

    [Fact]
    public async Task Approved_it_ends_and_nothing_is_sent()
    {
        await using var house = await House.BuildAsync();
        var id = await house.Node.Canaries.SeedAsync(house.Person, Pay, Token);
        var receipt = await house.ApproveAsync(id);
        house.Clock.Advance(TimeSpan.FromDays(1));
        await house.DeliverAsync();

        Assert.Equal(("discarded", true), (receipt.Status, receipt.WasCanary));
        Assert.Equal("discarded", await house.StatusAsync(id));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
        Assert.Null(await house.Store.NextDueAsync(Token));
        Assert.Equal((1, 0, 0), await CountsAsync(house));
        Assert.True((await house.Node.Pending.ReviewAsync(house.Person, id, Token)).WasCanary);
        Assert.Equal("already_decided", await Steps.RefusedAsync(() => house.ApproveAsync(id)));
    }

    [Fact]
    public async Task Rejected_or_sent_back_it_was_found_and_counts_against_no_agent()
    {
        await using var house = await House.BuildAsync();
        var first = await house.Node.Canaries.SeedAsync(house.Person, Pay, Token);
        var second = await house.Node.Canaries.SeedAsync(house.Person, Pay with { Subject = "Second" }, Token);
        var rejected = await house.Node.Decisions.RejectAsync(house.Person, new DecisionRequest(first, null, "no") { ReasonClass = RejectClasses.Leak }, Token);
        var back = await house.Node.Decisions.RequestChangesAsync(house.Person, new DecisionRequest(second, null, "no"), Token);

        Assert.Equal(("rejected", "rejected"), (rejected.Status, back.Status));
        Assert.Equal((2, 2, 0), await CountsAsync(house));
        Assert.Equal(0, (await house.Node.Evidence.OfAsync(house.Person, Installation.AgentAddress, Token)).Rejects.Bad);
    }

    [Theory]
    [InlineData("send")]
    [InlineData("admin")]
    [InlineData("operator")]
    public async Task No_key_seeds_one(string scopes)
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync(scopes);

        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.Node.Canaries.SeedAsync(key, Pay, Token)));
    }

    [Fact]
    public async Task No_agent_sees_one_decided_or_not_and_nobody_outside_is_told()
    {
        await using var house = await House.BuildAsync();
        var (sender, _) = await house.KeyAsync("send,read");
        var (admin, _) = await house.KeyAsync("admin");
        var waiting = await house.Node.Canaries.SeedAsync(house.Person, Pay, Token);
        var approved = await house.Node.Canaries.SeedAsync(house.Person, Pay with { Subject = "Second" }, Token);
        await house.ApproveAsync(approved);
        foreach (var key in new[] { house.Agent, sender, admin })
        {
            foreach (var id in new[] { waiting, approved })
            {
                Assert.Equal("not_found", await Steps.RefusedAsync(() => house.Node.Submissions.StatusAsync(key, new StatusRequest { MessageIds = [id] }, Token)));
                Assert.Equal("not_found", await Steps.RefusedAsync(() => house.Node.Inbox.ReadAsync(key, new ReadRequest { MessageId = id }, Token)));
            }

            Assert.Empty((await house.Node.Pending.ListAsync(key, new PendingRequest(), Token)).Pending);
            Assert.Empty((await house.ListAsync(Installation.AgentAddress, "sent", key)).Messages);
        }

        var events = await house.Store.EventsAsync(house.Person.Account, type: null, 10, Token);
        Assert.Empty(events);
    }

    [Fact]
    public async Task The_log_names_the_person_who_seeded_it()
    {
        await using var house = await House.BuildAsync();
        var id = await house.Node.Canaries.SeedAsync(house.Person, Pay, Token);
        var rows = await house.Node.Audit.QueryAsync(house.Person, new AuditLogRequest { MessageId = id }, Token);
        var leaf = Assert.Single(rows.Entries);

        Assert.Equal(("send.held", house.Person.PublicId), (leaf.Event, leaf.ActorId));
        Assert.True((await house.Node.Audit.VerifyAsync(house.Person, oldCheckpoint: null, Token)).Ok);
    }

    [Fact]
    public async Task Put_into_the_outbox_by_hand_it_still_does_not_leave()
    {
        await using var house = await House.BuildAsync();
        var id = await house.Node.Canaries.SeedAsync(house.Person, Pay, Token);
        house.Tamper("UPDATE message SET status = 'queued'");
        house.Tamper("UPDATE approval SET status = 'void'");
        house.Tamper("""
            INSERT INTO outbox (id, account_id, message_id, revision, stage, status, due_at, attempts, fence, mailbox_id)
            SELECT id, account_id, id, 1, 0, 'queued', 0, 0, 0, mailbox_id FROM message
            """);
        await house.DeliverAsync();

        Assert.Equal("pending", await house.StatusAsync(id));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
    }

    private static async Task<(int Canaries, int Rejected, int Decisions)> CountsAsync(House house)
    {
        var evidence = await house.Node.Evidence.OfAsync(house.Person, Installation.AgentAddress, Token);
        return (evidence.Canaries, evidence.CanariesRejected, evidence.Decisions);
    }
}
