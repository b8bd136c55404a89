using MultiMail.Core.Node;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Drafts;

/// <summary>The rows of the kernel about time, walked with the delivery worker and a clock that the test moves.</summary>
public sealed class ScheduledTests
{
    private const string Noon = "2026-11-24T12:00:00Z";

    [Theory]
    [InlineData(-1, "scheduled")]
    [InlineData(0, "delivered")]
    [InlineData(15 * 60, "delivered")]
    [InlineData((15 * 60) + 1, "pending")]
    public async Task The_approval_covers_the_time_and_fifteen_minutes_after_it(int secondsAfter, string status)
    {
        await using var house = await House.BuildAsync();
        var id = await ScheduledAsync(house);
        house.Clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(secondsAfter));
        await house.DeliverAsync();
        Assert.Equal(status, await house.StatusAsync(id));
    }

    [Fact]
    public async Task A_missed_message_needs_another_time_and_another_approval()
    {
        await using var house = await House.BuildAsync();
        var id = await ScheduledAsync(house);
        house.Clock.Advance(TimeSpan.FromHours(4));
        await house.DeliverAsync();
        Assert.Equal("too_late", await RefusedAsync(async () => await house.ApproveAsync(id, digest: await house.DigestAsync(id))));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.EditAsync(id, e => e with { Text = "Still at noon." })));
        Assert.Equal("pending", (await house.EditAsync(id, e => e with { SendAt = "2026-11-24T18:00:00Z" })).Status);
        Assert.Equal("scheduled", (await house.ApproveAsync(id, digest: await house.DigestAsync(id))).Status);
        house.Clock.Advance(TimeSpan.FromHours(5));
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(id));
    }

    [Fact]
    public async Task A_tightened_mode_reopens_released_mail_with_the_same_bytes()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var id = (await house.SendAsync(Letter() with { SendAt = Noon })).MessageId;
        Assert.Equal("scheduled", await house.StatusAsync(id));
        var bytes = await house.DigestAsync(id);
        await house.SetModeAsync(Installation.AgentAddress, "gated_send");
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.DeliverAsync();
        Assert.Equal(("pending", bytes), (await house.StatusAsync(id), await house.DigestAsync(id)));
        await house.ApproveAsync(id);
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(id));
    }

    [Fact]
    public async Task Approved_mail_leaves_although_the_mode_became_stricter_but_not_from_a_mailbox_that_only_reads()
    {
        await using var house = await House.BuildAsync();
        var (first, second) = (await ScheduledAsync(house), await ScheduledAsync(house, "Second"));
        await house.SetModeAsync(Installation.AgentAddress, "gated_all");
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.Node.Submissions.CancelAsync(house.Agent, second, default);
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(first));
        Assert.Equal("cancelled", await house.StatusAsync(second));

        var third = (await house.SendAsync(Letter("Third") with { SendAt = "2026-11-24T18:00:00Z" })).MessageId;
        await house.ApproveAsync(third);
        await house.SetModeAsync(Installation.AgentAddress, "read_only");
        house.Clock.Advance(TimeSpan.FromHours(6));
        await house.DeliverAsync();
        Assert.Equal("failed", await house.StatusAsync(third));
    }

    [Fact]
    public async Task A_recipient_suppressed_meanwhile_stops_it()
    {
        await using var house = await House.BuildAsync();
        var id = await ScheduledAsync(house);
        await house.Node.Suppressions.AddAsync(house.Person, Installation.PersonAddress, null, default);
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.DeliverAsync();
        Assert.Equal("failed", await house.StatusAsync(id));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
    }

    [Fact]
    public async Task A_revoked_key_stops_what_it_submitted()
    {
        await using var house = await House.BuildAsync();
        var (sender, _) = await house.KeyAsync("read,send", "live", Installation.AgentAddress);
        var id = (await house.SendAsync(Letter() with { SendAt = Noon }, sender)).MessageId;
        await house.ApproveAsync(id);
        await house.Node.Keys.RevokeAsync(house.Person, sender.PublicId, default);
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.DeliverAsync();
        Assert.Equal("failed", await house.StatusAsync(id));
    }

    [Fact]
    public async Task Scheduled_mail_is_listed_and_its_time_alone_can_be_changed()
    {
        await using var house = await House.BuildAsync();
        var id = await ScheduledAsync(house);
        Assert.Equal(id, Assert.Single((await house.ListAsync(Installation.AgentAddress, "scheduled", house.Agent)).Messages).MessageId);
        var wire = await house.WireAsync(id);
        Assert.Equal("pending", (await house.EditAsync(id, e => e with { SendAt = "2026-11-24T13:00:00+01:00" })).Status); // the same moment, written otherwise
        Assert.Equal(wire, await house.WireAsync(id));
        Assert.Empty((await house.ListAsync(Installation.AgentAddress, "scheduled", house.Agent)).Messages);
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(id));
    }

    [Fact]
    public async Task A_draft_is_submitted_for_a_time()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync();
        await house.SendDraftAsync(saved.MessageId, sendAt: Noon);
        Assert.Equal("scheduled", (await house.ApproveAsync(saved.MessageId)).Status);
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(saved.MessageId));
    }

    private static async Task<string> ScheduledAsync(House house, string subject = "Quarterly numbers")
    {
        var id = (await house.SendAsync(Letter(subject) with { SendAt = Noon })).MessageId;
        Assert.Equal("scheduled", (await house.ApproveAsync(id)).Status);
        return id;
    }
}
