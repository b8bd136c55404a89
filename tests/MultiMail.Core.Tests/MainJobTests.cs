using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests;

public sealed class MainJobTests
{
    [Fact]
    public async Task Gated_mailbox_holds_the_first_send_until_a_person_approves_it()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        Assert.Equal("pending", receipt.Status);
        Assert.Equal("gated_send", receipt.OversightMode);
        Assert.Equal($"http://127.0.0.1:8484/pending/{receipt.MessageId}", receipt.ApprovalUrl);
        await house.DeliverAsync();
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);

        var decision = await house.ApproveAsync(receipt.MessageId);
        Assert.Equal("queued", decision.Status);
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(receipt.MessageId));
        var arrived = Assert.Single((await house.ListAsync(Installation.PersonAddress)).Messages);
        Assert.Equal("Quarterly numbers", arrived.Subject);
        Assert.Equal("agent@multimail.localhost", arrived.FromAddress);
        Assert.True(arrived.Unread);
    }

    [Fact]
    public async Task What_arrives_are_the_approved_bytes_with_signature_and_date_in_front()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        var sent = (await house.Node.Store.MessageAsync(house.Person.Account, Id(house, receipt.MessageId), default))!;
        var frozen = (await house.Node.Store.RawAsync(sent.Account, sent.RawSha256, default))!;
        var arrived = (await house.ListAsync(Installation.PersonAddress)).Messages[0];
        var inbound = (await house.Node.Store.MessageAsync(sent.Account, Id(house, arrived.MessageId), default))!;
        var raw = (await house.Node.Store.RawAsync(inbound.Account, inbound.RawSha256, default))!;
        var head = System.Text.Encoding.ASCII.GetString(raw, 0, raw.Length - frozen.Length);
        Assert.StartsWith("X-MultiMail-Identity: ", head, StringComparison.Ordinal);
        Assert.EndsWith("\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\n", head, StringComparison.Ordinal);
        Assert.Equal(2, MultiMail.Mail.RawFields.Split(System.Text.Encoding.ASCII.GetBytes(head)).Fields.Count);
        Assert.Equal(frozen, raw[^frozen.Length..]);
    }

    [Fact]
    public async Task A_reply_threads_on_both_sides_and_goes_to_the_sender_only()
    {
        await using var house = await House.BuildAsync();
        var first = await house.SendAsync();
        await house.ApproveAsync(first.MessageId);
        await house.DeliverAsync();
        var arrived = (await house.ListAsync(Installation.PersonAddress)).Messages[0];
        var reply = await house.Node.Submissions.ReplyAsync(house.Person, new Reply { MessageId = arrived.MessageId, Text = "Thank you.", IncludeQuote = true }, default);
        Assert.Equal(arrived.ThreadId, reply.ThreadId);
        var (reviewer, _) = await house.KeyAsync("oversight");
        await house.ApproveAsync(reply.MessageId, reviewer);
        await house.DeliverAsync();
        var thread = await house.Node.Inbox.ThreadAsync(house.Agent, new ThreadRequest { ThreadId = first.ThreadId, Bodies = "full" }, default);
        Assert.Equal(["Re: Quarterly numbers", "Quarterly numbers"], thread.Messages.Select(m => m.Message.Subject));
        Assert.Equal("Thank you.", thread.Messages[0].Body);
        var whole = await house.Node.Inbox.ReadAsync(house.Agent, new ReadRequest { MessageId = thread.Messages[0].Message.MessageId, IncludeQuoted = true }, default);
        Assert.Contains("> They are fine.", whole.Body, StringComparison.Ordinal);
        Assert.Equal(["agent@multimail.localhost"], thread.Messages[0].Message.To);
    }

    [Fact]
    public async Task Blind_copies_are_delivered_and_named_in_no_copy()
    {
        await using var house = await House.BuildAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, new() { Address = "secret@multimail.localhost" }, default);
        var receipt = await house.SendAsync(Letter() with { Bcc = ["secret@multimail.localhost"] });
        var review = await house.Node.Pending.ReviewAsync(house.Person, receipt.MessageId, default);
        Assert.Equal(["secret@multimail.localhost"], review.Bcc);
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        foreach (var mailbox in new[] { Installation.PersonAddress, "secret@multimail.localhost" })
        {
            var arrived = Assert.Single((await house.ListAsync(mailbox)).Messages);
            var headers = await house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = arrived.MessageId, Format = "headers" }, default);
            Assert.DoesNotContain("secret", headers.Body, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Rejected_mail_never_leaves_and_says_why()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        await house.Node.Decisions.RejectAsync(house.Person, new DecisionRequest(receipt.MessageId, null, "Wrong figures."), default);
        await house.DeliverAsync();
        var status = (await house.Node.Submissions.StatusAsync(house.Agent, new StatusRequest { MessageIds = [receipt.MessageId] }, default)).Messages[0];
        Assert.Equal("rejected", status.Status);
        Assert.Equal("Wrong figures.", status.Reason);
        Assert.Equal("already_decided", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
    }

    [Fact]
    public async Task An_approval_can_be_taken_back_until_the_first_attempt()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        await house.ApproveAsync(receipt.MessageId);
        await house.Node.Decisions.RejectAsync(house.Person, new DecisionRequest(receipt.MessageId, null, "Wait."), default);
        await house.DeliverAsync();
        Assert.Equal("rejected", await house.StatusAsync(receipt.MessageId));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
    }

    [Fact]
    public async Task Nobody_decided_in_time_means_not_sent()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        house.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await house.Node.Clockwork.ExpireAsync(default));
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("request_expired", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
        Assert.Equal(1, await house.Node.Clockwork.ExpireAsync(default));
        Assert.Equal("expired", await house.StatusAsync(receipt.MessageId));
        Assert.Equal("already_decided", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
    }

    [Fact]
    public async Task Scheduled_mail_is_held_first_and_leaves_at_its_time()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync(Letter() with { SendAt = "2026-11-24T12:00:00Z" });
        Assert.Equal("pending", receipt.Status);
        Assert.Equal("scheduled", (await house.ApproveAsync(receipt.MessageId)).Status);
        await house.DeliverAsync();
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
        house.Clock.Advance(TimeSpan.FromHours(3));
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(receipt.MessageId));
    }

    [Fact]
    public async Task Scheduled_mail_of_a_laptop_that_slept_goes_back_to_a_person()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync(Letter() with { SendAt = "2026-11-24T12:00:00Z" });
        await house.ApproveAsync(receipt.MessageId);
        house.Clock.Advance(TimeSpan.FromHours(4));
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(receipt.MessageId));
        Assert.Equal("too_late", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId)));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
    }

    [Fact]
    public async Task A_test_key_walks_the_whole_line_and_its_mail_is_discarded()
    {
        await using var house = await House.BuildAsync();
        var (tester, _) = await house.KeyAsync("read,send", "test");
        var receipt = await house.SendAsync(who: tester);
        Assert.Equal("pending", receipt.Status);
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        Assert.Equal("discarded", await house.StatusAsync(receipt.MessageId));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Submissions.StatusAsync(house.Agent, new StatusRequest { MessageIds = [receipt.MessageId] }, default)));
    }

    [Fact]
    public async Task Monitored_mail_leaves_at_once_and_stands_on_the_persons_page()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "monitored");
        var receipt = await house.SendAsync();
        Assert.Equal("queued", receipt.Status);
        Assert.Null(receipt.ApprovalUrl);
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(receipt.MessageId));
        Assert.Equal(receipt.MessageId, Assert.Single(await house.Node.Pending.MonitoredAsync(house.Person, 10, default)).MessageId);
    }

    [Fact]
    public async Task Held_mail_stays_held_when_the_mode_is_loosened()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(receipt.MessageId));
    }

    [Fact]
    public async Task A_tightened_mode_stops_mail_that_policy_had_released()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var receipt = await house.SendAsync();
        Assert.Equal("queued", receipt.Status);
        await house.SetModeAsync(Installation.AgentAddress, "gated_send", house.Agent);
        await house.DeliverAsync();
        Assert.Equal("pending", await house.StatusAsync(receipt.MessageId));
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        Assert.Equal("delivered", await house.StatusAsync(receipt.MessageId));
    }

    [Fact]
    public async Task Read_only_refuses_and_fails_what_was_approved_before()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        await house.ApproveAsync(receipt.MessageId);
        await house.SetModeAsync(Installation.AgentAddress, "read_only");
        await house.DeliverAsync();
        Assert.Equal("failed", await house.StatusAsync(receipt.MessageId));
        Assert.Equal("mode_read_only", await RefusedAsync(() => house.SendAsync(Letter("Another"))));
        var log = await house.Node.Audit.QueryAsync(house.Person, new() { Action = "send.blocked" }, default);
        Assert.Equal("mode_read_only", Assert.Single(log.Entries).Reason);
    }

    [Fact]
    public async Task Gated_all_holds_what_arrives_until_a_person_lets_it_in()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.PersonAddress, "gated_all");
        var receipt = await house.SendAsync();
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        var (reader, _) = await house.KeyAsync("read", "live", Installation.PersonAddress);
        var list = await house.ListAsync(Installation.PersonAddress, who: reader);
        Assert.Empty(list.Messages);
        Assert.Equal(1, list.Held);
        Assert.Empty((await house.ListAsync(Installation.PersonAddress, "all", reader)).Messages);
        var held = Assert.Single((await house.Node.Pending.ListAsync(house.Person, new() { Kind = "inbound" }, default)).Pending);
        Assert.Null(held.ExpiresAt);
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Inbox.ReadAsync(reader, new ReadRequest { MessageId = held.MessageId }, default)));

        Assert.Equal("received", (await house.ApproveAsync(held.MessageId)).Status);
        var arrived = Assert.Single((await house.ListAsync(Installation.PersonAddress, who: reader)).Messages);
        Assert.True(arrived.Unread);
        Assert.Equal(1, (await house.Node.Mailboxes.GetAsync(house.Person, Installation.PersonAddress, default)).Unread);
    }

    [Fact]
    public async Task A_person_asks_for_changes_and_the_message_is_a_draft_again()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        var answer = await house.Node.Decisions.RequestChangesAsync(house.Person, new DecisionRequest(receipt.MessageId, null, "Shorter, please."), default);
        Assert.Equal("draft", answer.Status);
        var status = (await house.Node.Submissions.StatusAsync(house.Agent, new StatusRequest { MessageIds = [receipt.MessageId] }, default)).Messages[0];
        Assert.Equal("Shorter, please.", status.Reason);
        Assert.Single((await house.ListAsync(Installation.AgentAddress, "drafts", house.Agent)).Messages);
    }

    [Fact]
    public async Task The_log_proves_the_message_and_refuses_what_was_changed()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        await house.ApproveAsync(receipt.MessageId);
        await house.DeliverAsync();
        var proof = await house.Node.Audit.ProveAsync(house.Person, receipt.MessageId, default);
        Assert.Equal(["send.held", "approval.approved", "delivery.attempted", "delivery.accepted"], proof.Leaves.Select(l => l.Event));
        Assert.True(MultiMail.TransparencyLog.NoteVerifier.TryParse(proof.VerifierKey, out var verifier));
        foreach (var leaf in proof.Leaves)
        {
            Assert.True(MultiMail.TransparencyLog.TlogProof.TryParse(leaf.TlogProof, out var parsed));
            Assert.True(parsed.Verify(leaf.Leaf, verifier));
            leaf.Leaf[20] ^= 1;
            Assert.False(parsed.Verify(leaf.Leaf, verifier));
        }

        var check = await house.Node.Audit.VerifyAsync(house.Person, null, default);
        Assert.Empty(check.Faults);
        Assert.DoesNotContain("agent@", string.Join('\n', proof.Leaves.Select(l => System.Text.Encoding.UTF8.GetString(l.Leaf))), StringComparison.Ordinal);
        Assert.Contains("you@multimail.localhost", proof.OpeningJson, StringComparison.Ordinal);
    }

    private static MultiMail.Core.Ids.MessageId Id(House house, string text) =>
        house.Node.Ids.TryParse<MultiMail.Core.Ids.MessageId>(text, out var id) ? id : throw new InvalidOperationException(text);
}
