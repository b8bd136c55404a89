using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Drafts;

public sealed class DraftTests
{
    [Fact]
    public async Task A_draft_waits_for_its_author_and_leaves_only_when_it_is_submitted_and_approved()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync();
        Assert.Equal(("draft", 1, 0), (saved.Status, saved.Version, saved.Revision));
        await house.DeliverAsync();
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
        Assert.Equal("A draft", Assert.Single((await house.ListAsync(Installation.AgentAddress, "drafts", house.Agent)).Messages).Subject);

        var sent = await house.SendDraftAsync(saved.MessageId);
        Assert.Equal((saved.MessageId, "pending", saved.ThreadId), (sent.MessageId, sent.Status, sent.ThreadId));
        Assert.Empty((await house.ListAsync(Installation.AgentAddress, "drafts", house.Agent)).Messages);
        await house.ApproveAsync(sent.MessageId, digest: await house.DigestAsync(sent.MessageId));
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(sent.MessageId));
        Assert.Equal(["draft.saved", "send.held", "approval.approved", "delivery.attempted", "delivery.accepted"], await house.TimelineAsync(sent.MessageId));
        Assert.EndsWith("\n\nFirst words.", (await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = sent.MessageId }, default)).Body.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_may_be_incomplete_and_is_told_so_when_it_is_submitted()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync(new Submission { From = Installation.AgentAddress });
        var refused = await Assert.ThrowsAsync<Errors.RefusalException>(() => house.SendDraftAsync(saved.MessageId));
        Assert.Equal(["subject", "text", "to"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
        Assert.Equal("draft", await house.StatusAsync(saved.MessageId));

        await house.EditAsync(saved.MessageId, e => e with { To = [Installation.PersonAddress], Subject = "Now", Markdown = "*whole*" });
        Assert.Equal("pending", (await house.SendDraftAsync(saved.MessageId)).Status);
    }

    [Fact]
    public async Task What_is_given_to_a_draft_must_be_right()
    {
        await using var house = await House.BuildAsync();
        var refused = await Assert.ThrowsAsync<Errors.RefusalException>(() => house.SaveAsync(Note() with
        {
            To = ["not an address"], Attachments = [new SubmittedAttachment("a.txt", null, "%")],
        }));
        Assert.Equal(["attachments[0].content_base64", "to"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.SaveAsync(Note() with { Subject = "a\r\nBcc: x@example.org" })));
    }

    [Fact]
    public async Task A_draft_changes_only_from_the_version_that_was_read()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync();
        var second = await house.EditAsync(saved.MessageId, e => e with { Text = "Second words." });
        Assert.Equal(("draft", 2, 0), (second.Status, second.Version, second.Revision));
        Assert.Equal("version_conflict", await RefusedAsync(() => house.EditAsync(saved.MessageId, e => e with { Text = "Late." }, version: 1)));
        Assert.Equal("version_conflict", await RefusedAsync(() => house.SendDraftAsync(saved.MessageId, version: 1)));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Drafts.EditAsync(house.Agent, new EditRequest { MessageId = saved.MessageId }, default)));
        var read = await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = saved.MessageId }, default);
        Assert.Equal(("Second words.", 2), (read.Body, read.Version));
    }

    [Fact]
    public async Task Nobody_but_its_own_lineage_or_a_person_learns_of_a_draft()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync();
        var (other, _) = await house.KeyAsync("read,send", "live", Installation.AgentAddress);
        var (tester, _) = await house.KeyAsync("read,send", "test", Installation.AgentAddress);
        foreach (var stranger in new[] { other, tester })
        {
            Assert.Equal("not_found", await RefusedAsync(() => house.EditAsync(saved.MessageId, e => e with { Text = "Mine." }, stranger)));
            Assert.Equal("not_found", await RefusedAsync(() => house.SendDraftAsync(saved.MessageId, stranger)));
            Assert.Equal("not_found", await RefusedAsync(() => house.Node.Preview.OfDraftAsync(stranger, saved.MessageId, default)));
            Assert.Empty((await house.ListAsync(Installation.AgentAddress, "drafts", stranger)).Messages);
        }

        Assert.Equal(saved.MessageId, Assert.Single((await house.ListAsync(Installation.AgentAddress, "drafts")).Messages).MessageId);
    }

    [Fact]
    public async Task A_test_draft_never_becomes_live_mail()
    {
        await using var house = await House.BuildAsync();
        var (tester, _) = await house.KeyAsync("read,send", "test", Installation.AgentAddress);
        var saved = await house.SaveAsync(who: tester);
        Assert.Equal("not_found", await RefusedAsync(() => house.SendDraftAsync(saved.MessageId)));
        var sent = await house.SendDraftAsync(saved.MessageId, house.Person); // people act in both worlds; the mail stays in its own
        await house.ApproveAsync(sent.MessageId, digest: await house.DigestAsync(sent.MessageId));
        await house.DeliverAsync();
        Assert.Equal("discarded", await house.StatusAsync(sent.MessageId));
        Assert.Equal(World.Test, (await house.MessageAsync(sent.MessageId)).World);
    }

    [Fact]
    public async Task A_person_submits_an_agents_draft_and_it_is_still_the_agents_mail()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync();
        await house.SendDraftAsync(saved.MessageId, house.Person);
        var message = await house.MessageAsync(saved.MessageId);
        Assert.Equal((house.Agent.PublicId, house.Agent.Lineage), (message.SubmittedBy, message.SubmitterLineage));
        Assert.Equal("self_approval_forbidden", await RefusedAsync(async () => await house.ApproveAsync(
            saved.MessageId, house.Agent with { Scopes = ApiKeys.Scopes.Oversight, Kind = PrincipalKind.Reviewer }, await house.DigestAsync(saved.MessageId))));
        Assert.Equal("queued", (await house.ApproveAsync(saved.MessageId, digest: await house.DigestAsync(saved.MessageId))).Status);
    }

    [Fact]
    public async Task A_submitted_draft_answers_the_same_request_again()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync();
        var first = await house.SendDraftAsync(saved.MessageId, key: "once", version: 1);
        var again = await house.SendDraftAsync(saved.MessageId, key: "once", version: 1);
        Assert.Equal(first with { Deduplicated = true }, again);
        Assert.Equal("idempotency_conflict", await RefusedAsync(() => house.SendDraftAsync(saved.MessageId, key: "once", version: 2)));
        Assert.Equal("already_decided", await RefusedAsync(() => house.SendDraftAsync(saved.MessageId, version: 2)));
    }

    [Fact]
    public async Task A_kept_draft_answers_the_same_request_again_and_is_no_send()
    {
        await using var house = await House.BuildAsync();
        var first = await house.SaveAsync(Note() with { IdempotencyKey = "draft-1" });
        Assert.Equal(first, await house.SaveAsync(Note() with { IdempotencyKey = "draft-1" }));
        Assert.Equal("idempotency_conflict", await RefusedAsync(() => house.SaveAsync(Note("Other.") with { IdempotencyKey = "draft-1" })));
        Assert.Equal("idempotency_conflict", await RefusedAsync(() => house.SendAsync(Letter("A draft", "First words.") with { IdempotencyKey = "draft-1" })));
    }

    [Fact]
    public async Task A_cancelled_draft_is_gone_for_good()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync();
        Assert.Equal("cancelled", (await house.Node.Submissions.CancelAsync(house.Agent, saved.MessageId, default)).Status);
        Assert.Equal("already_decided", await RefusedAsync(() => house.SendDraftAsync(saved.MessageId)));
        Assert.Equal("already_decided", await RefusedAsync(() => house.EditAsync(saved.MessageId, e => e with { Text = "Back." })));
    }

    [Fact]
    public async Task A_draft_answers_a_message_in_its_conversation()
    {
        await using var house = await House.BuildAsync();
        var first = await house.SendAsync();
        await house.ApproveAsync(first.MessageId);
        await house.DeliverAsync();
        var saved = await house.SaveAsync(Note(), inReplyTo: first.MessageId);
        Assert.Equal(first.ThreadId, saved.ThreadId);
        await house.SendDraftAsync(saved.MessageId);
        var parent = await house.MessageAsync(first.MessageId);
        Assert.Contains($"In-Reply-To: <{parent.MessageIdField}>", await house.WireAsync(saved.MessageId), StringComparison.Ordinal);
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.SaveAsync(Note() with { From = Installation.PersonAddress }, house.Person, first.MessageId)));
    }

    [Fact]
    public async Task Attachments_stay_with_their_ids_and_can_be_named_by_them()
    {
        await using var house = await House.BuildAsync();
        var saved = await house.SaveAsync(Note() with { Attachments = [new SubmittedAttachment("plan.txt", "text/plain", "cGxhbg=="), new SubmittedAttachment("b.bin", null, "AAEC")] });
        var files = (await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = saved.MessageId }, default)).Attachments;
        await house.EditAsync(saved.MessageId, e => e with { Attachments = [new SubmittedAttachment(null, null, null) { AttachmentId = files[1].AttachmentId }] });
        var after = Assert.Single((await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = saved.MessageId }, default)).Attachments);
        Assert.Equal(("b.bin", files[1].AttachmentId), (after.Filename, after.AttachmentId));

        var sent = await house.SendAsync(Letter() with { Attachments = [new SubmittedAttachment("c.bin", null, null) { AttachmentId = after.AttachmentId }] });
        Assert.Contains("AAEC", await house.WireAsync(sent.MessageId), StringComparison.Ordinal);
        var (other, _) = await house.KeyAsync("read,send", "live", Installation.AgentAddress);
        Assert.Equal("not_found", await RefusedAsync(() => house.SendAsync(Letter("Other") with { Attachments = [new SubmittedAttachment("c.bin", null, null) { AttachmentId = after.AttachmentId }] }, other)));
    }

    [Fact]
    public async Task A_draft_of_a_template_stays_the_templates_until_its_words_change()
    {
        await using var house = await House.BuildAsync();
        var template = await house.Node.Templates.SaveAsync(
            house.Agent, new Core.Templates.TemplateFields { Name = "Note", Subject = "For {{name}}", Text = "Dear {{name}}.", Variables = ["name"] }, default);
        var written = new Submission
        {
            From = Installation.AgentAddress, To = [Installation.PersonAddress], TemplateId = template.Id,
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Ann" },
        };
        var kept = await house.SaveAsync(written);
        var changed = await house.SaveAsync(written with { To = [Installation.PersonAddress, Installation.AgentAddress] });
        await house.EditAsync(kept.MessageId, e => e with { Category = "conversational" });
        await house.EditAsync(changed.MessageId, e => e with { Subject = "For you" });

        await house.SendDraftAsync(kept.MessageId);
        await house.SendDraftAsync(changed.MessageId);

        Assert.Equal(template.Digest, (await house.Node.Pending.ReviewAsync(house.Person, kept.MessageId, default)).Template?.Digest);
        Assert.Null((await house.Node.Pending.ReviewAsync(house.Person, changed.MessageId, default)).Template);
    }

    [Fact]
    public async Task An_edit_keeps_the_language()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync(Note() with { Language = "de" }, house.Agent);

        await house.EditAsync(sent.MessageId, e => e with { Subject = "Anders" });

        var review = await house.Node.Pending.ReviewAsync(house.Person, sent.MessageId, default);
        Assert.StartsWith("Diese Nachricht wurde", review.Text, StringComparison.Ordinal);
    }

    private static Submission Note(string text = "First words.") => DraftSteps.Note(text);
}
