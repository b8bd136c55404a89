using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Drafts;

public sealed class EditTests
{
    private const string Noon = "2026-11-24T12:00:00Z";

    [Fact]
    public async Task An_edit_of_pending_mail_is_a_new_revision_that_waits_again()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        var shown = await house.DigestAsync(sent.MessageId);
        var edited = await house.EditAsync(sent.MessageId, e => e with { Text = "Corrected." });
        Assert.Equal((sent.MessageId, "pending", 2), (edited.MessageId, edited.Status, edited.Revision));
        Assert.Equal("digest_mismatch", await RefusedAsync(() => house.ApproveAsync(sent.MessageId, digest: shown)));
        Assert.Equal("digest_mismatch", await RefusedAsync(() => house.ApproveAsync(sent.MessageId))); // no digest was taken for granted after a second revision
        var waiting = Assert.Single((await house.Node.Pending.ListAsync(house.Person, new PendingRequest(), default)).Pending);
        Assert.Equal((2, await house.DigestAsync(sent.MessageId)), (waiting.Revision, waiting.Digest));
        await house.ApproveAsync(sent.MessageId, digest: waiting.Digest);
        await house.DeliverAsync();
        var arrived = Assert.Single((await house.ListAsync(Installation.PersonAddress)).Messages);
        Assert.Equal("Corrected.", arrived.Snippet);
    }

    [Theory]
    [InlineData(null, "queued")]
    [InlineData(Noon, "scheduled")]
    public async Task An_edit_after_the_approval_takes_it_back(string? sendAt, string approved)
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync(Letter() with { SendAt = sendAt });
        Assert.Equal(approved, (await house.ApproveAsync(sent.MessageId)).Status);
        Assert.Equal("pending", (await house.EditAsync(sent.MessageId, e => e with { To = ["agent@multimail.localhost"] })).Status);
        house.Clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromMinutes(1));
        await house.DeliverAsync();
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
        Assert.Empty((await house.ListAsync(Installation.AgentAddress)).Messages);
        Assert.Equal("pending", await house.StatusAsync(sent.MessageId));
    }

    [Fact]
    public async Task An_edited_message_keeps_its_id_its_message_id_field_and_its_place()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        var before = await house.MessageAsync(sent.MessageId);
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        await house.EditAsync(sent.MessageId, e => e with { Subject = "Other", Cc = ["agent@multimail.localhost"] });
        var after = await house.MessageAsync(sent.MessageId);
        Assert.Equal((before.MessageIdField, before.ReceivedAt, before.Thread), (after.MessageIdField, after.ReceivedAt, after.Thread));
        Assert.Equal(["agent@multimail.localhost"], after.Cc);
        Assert.Equal(2, (await house.Node.Store.RecipientsOfAsync(after.Account, after.Id, default)).Count);
        Assert.Contains(sent.MessageId, (await house.Node.Inbox.SearchAsync(house.Agent, new SearchRequest { Query = "subject:Other", Folder = "all" }, default)).Messages.Select(m => m.MessageId));
    }

    [Fact]
    public async Task Released_mail_that_was_never_held_is_gated_by_the_mode_of_now()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var sent = await house.SendAsync(Letter() with { SendAt = Noon });
        Assert.Equal("scheduled", sent.Status);
        Assert.Equal("queued", (await house.EditAsync(sent.MessageId, e => e with { SendAt = string.Empty })).Status);
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(sent.MessageId));
        Assert.Equal("already_decided", await RefusedAsync(() => house.EditAsync(sent.MessageId, e => e with { Text = "Late." })));
    }

    [Fact]
    public async Task What_was_held_once_is_held_again_whatever_the_mode_became()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        Assert.Equal("pending", (await house.EditAsync(sent.MessageId, e => e with { Text = "Now by myself." })).Status);
        await house.AskForChangesDigestAsync(sent.MessageId);
        Assert.Equal("pending", (await house.SendDraftAsync(sent.MessageId)).Status);
    }

    [Fact]
    public async Task An_edit_is_checked_as_a_submission_is_and_changes_nothing_when_it_is_refused()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        var before = await house.DigestAsync(sent.MessageId);
        Assert.Equal("no_relay", await RefusedAsync(() => house.EditAsync(sent.MessageId, e => e with { To = ["far@example.org"] })));
        await house.SetModeAsync(Installation.AgentAddress, "read_only");
        Assert.Equal("mode_read_only", await RefusedAsync(() => house.EditAsync(sent.MessageId, e => e with { Text = "More." })));
        Assert.Equal((before, "pending"), (await house.DigestAsync(sent.MessageId), await house.StatusAsync(sent.MessageId)));
        Assert.Single((await house.Node.Pending.ListAsync(house.Person, new PendingRequest(), default)).Pending);
        Assert.Equal(2, (await house.Node.Audit.QueryAsync(house.Person, new Audit.AuditLogRequest { Action = "send.blocked" }, default)).Entries.Count);
    }

    [Fact]
    public async Task Another_lineage_cannot_change_mail_that_waits()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        var (other, _) = await house.KeyAsync("read,send", "live", Installation.AgentAddress);
        var (operatorKey, _) = await house.KeyAsync("operator");
        Assert.Equal("not_found", await RefusedAsync(() => house.EditAsync(sent.MessageId, e => e with { Text = "Mine." }, other)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.EditAsync(sent.MessageId, e => e with { Text = "Mine." }, operatorKey)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.HumanEditAsync(sent.MessageId, new EditRequest { Text = "Mine." }, operatorKey)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.HumanEditAsync(sent.MessageId, new EditRequest { Text = "Mine." }, house.Agent)));
        Assert.Equal(1, (await house.MessageAsync(sent.MessageId)).Revision);
    }

    [Fact]
    public async Task A_swapped_attachment_is_a_new_revision()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync(Letter() with { Attachments = [new SubmittedAttachment("offer.pdf", "application/pdf", "AAEC")] });
        var approved = await house.DigestAsync(sent.MessageId);
        await house.ApproveAsync(sent.MessageId);
        await house.EditAsync(sent.MessageId, e => e with { Attachments = [new SubmittedAttachment("offer.pdf", "application/pdf", "AAED")] });
        Assert.NotEqual(approved, await house.DigestAsync(sent.MessageId));
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(sent.MessageId));
    }

    [Fact]
    public async Task A_person_edits_what_waits_and_it_waits_as_that_persons_revision()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        var edited = await house.HumanEditAsync(sent.MessageId, new EditRequest { Subject = "Better numbers", Text = "They are good." });
        Assert.Equal(("pending", 2), (edited.Status, edited.Revision));
        var message = await house.MessageAsync(sent.MessageId);
        Assert.Equal(house.Person.PublicId, (await house.Node.Store.RevisionsAsync(message.Account, message.Id, default))[1].Author);
        Assert.Equal(house.Agent.PublicId, message.SubmittedBy);
        await house.ApproveAsync(sent.MessageId, digest: await house.DigestAsync(sent.MessageId));
        await house.DeliverAsync();
        Assert.Equal("Better numbers", Assert.Single((await house.ListAsync(Installation.PersonAddress)).Messages).Subject);
        Assert.Equal(["send.held", "approval.edited", "approval.approved", "delivery.attempted", "delivery.accepted"], await house.TimelineAsync(sent.MessageId));
    }

    [Fact]
    public async Task What_the_server_adds_is_there_once_however_often_a_message_is_changed_and_by_whom()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        await house.EditAsync(sent.MessageId, e => e with { Text = "Second." });
        Assert.Equal(2, (await house.MessageAsync(sent.MessageId)).BodyText.Split("by an AI agent").Length);
        await house.HumanEditAsync(sent.MessageId, new EditRequest { Text = "Third." });
        var body = (await house.MessageAsync(sent.MessageId)).BodyText;
        Assert.Equal((1, 2), (body.Split("by an AI agent").Length, body.Split("drafted with AI").Length)); // a person's revision says so
        var review = await house.Node.Pending.ReviewAsync(house.Person, sent.MessageId, default);
        Assert.StartsWith("This message was drafted with AI", Assert.Single(review.Added!), StringComparison.Ordinal);
        Assert.Equal((2, true, 0), (review.Changes!.Since, review.Changes.ByPerson, review.Changes.Fields.Count));
        Assert.Equal("Second.", review.Changes.Text.Last(l => l.Kind is Text.DiffKind.Removed).Text);
        Assert.Equal("Third.", review.Changes.Text.Last(l => l.Kind is Text.DiffKind.Added).Text);
    }

    [Fact]
    public async Task A_human_edit_is_of_the_revision_on_the_screen_and_of_no_other()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        var shown = await house.DigestAsync(sent.MessageId);
        await house.EditAsync(sent.MessageId, e => e with { Text = "Slipped in." });
        Assert.Equal("digest_mismatch", await RefusedAsync(() => house.HumanEditAsync(sent.MessageId, new EditRequest { Subject = "Fine" }, digest: shown)));
        Assert.Equal(2, (await house.MessageAsync(sent.MessageId)).Revision);
    }

    [Fact]
    public async Task Changes_that_a_person_asked_for_are_made_and_submitted_again()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        await house.AskForChangesAsync(sent.MessageId, "Name the quarter.");
        var status = (await house.Node.Submissions.StatusAsync(house.Agent, new StatusRequest { MessageIds = [sent.MessageId] }, default)).Messages[0];
        Assert.Equal(("draft", "Name the quarter."), (status.Status, status.Reason));
        var read = await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = sent.MessageId }, default);
        Assert.Equal(("They are fine.", status.Version), (read.Body, read.Version));

        await house.EditAsync(sent.MessageId, e => e with { Text = "Those of the third quarter are fine." });
        var again = await house.SendDraftAsync(sent.MessageId);
        Assert.Equal((sent.MessageId, "pending"), (again.MessageId, again.Status));
        Assert.Equal(2, (await house.MessageAsync(sent.MessageId)).Revision);
        Assert.Equal("digest_mismatch", await RefusedAsync(() => house.ApproveAsync(sent.MessageId)));
    }
}

file static class More
{
    public static async Task AskForChangesDigestAsync(this House house, string id) =>
        await house.Node.Decisions.RequestChangesAsync(house.Person, new DecisionRequest(id, await house.DigestAsync(id), "Again."), default);
}
