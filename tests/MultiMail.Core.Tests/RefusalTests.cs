using MultiMail.Core.Errors;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests;

/// <summary>What an attacker with the agent's key, or a confused caller, gets.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task All_faults_of_a_submission_come_at_once()
    {
        await using var house = await House.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(new Submission
        {
            From = "nobody@multimail.localhost",
            To = ["not an address", "missing@multimail.localhost"],
            Subject = " ",
            Category = "spam",
            SendAt = "tomorrow",
            IdempotencyKey = string.Empty,
        }));
        Assert.Equal(
            ["from", "to", "to", "subject", "text", "category", "send_at", "idempotency_key"],
            refusal.Violations.Select(v => v.Field));
        Assert.All(refusal.Violations, v => Assert.NotEmpty(v.Fix));
        Assert.Contains(refusal.Violations, v => v.Code == "unknown_recipient");
        Assert.Equal(0, (await house.Node.Pending.ListAsync(house.Person, new(), default)).Total);
        var log = await house.Node.Audit.QueryAsync(house.Person, new() { Action = "send.blocked" }, default);
        Assert.Equal(refusal.Code, Assert.Single(log.Entries).Reason);
    }

    [Fact]
    public void Every_code_has_one_entry_with_status_title_and_fix()
    {
        var codes = typeof(ErrorCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal);
        Assert.Equal(codes, ErrorCatalog.All.Select(e => e.Code).Order(StringComparer.Ordinal));
        Assert.All(ErrorCatalog.All, e => Assert.True(e.Status is >= 400 and < 600 && e.Title.Length > 0 && e.Fix.EndsWith('.'), e.Code));
    }

    [Theory]
    [InlineData("you@multimail.localhost\r\nBcc: x@multimail.localhost")]
    [InlineData("\"a\\r\\nRCPT TO:<x@evil>\"@multimail.localhost")]
    [InlineData("you@multimail.localhost.")]
    [InlineData("you＠multimail.localhost")]
    [InlineData("you@@multimail.localhost")]
    public async Task Smuggling_addresses_are_refused(string address)
    {
        await using var house = await House.BuildAsync();
        Assert.Equal("invalid_address", await RefusedAsync(() => house.SendAsync(Letter() with { To = [address] })));
    }

    [Fact]
    public async Task A_line_break_in_the_subject_is_refused()
    {
        await using var house = await House.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(Letter("Hello\r\nBcc: x@example.org")));
        Assert.Equal("subject", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public async Task The_submitter_cannot_decide_with_any_key_of_its_lineage()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        Assert.Equal("scope_missing", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId, house.Agent)));

        // No edge makes this principal: a key with send and oversight is refused at creation. The kernel refuses it all the same.
        var both = house.Agent with { Kind = PrincipalKind.Reviewer, Scopes = MultiMail.Core.ApiKeys.Scopes.Send | MultiMail.Core.ApiKeys.Scopes.Oversight };
        Assert.Equal("self_approval_forbidden", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId, both)));
        var log = await house.Node.Audit.QueryAsync(house.Person, new() { Action = "access.refused" }, default);
        Assert.Equal(["self_approval_forbidden", "scope_missing"], log.Entries.Select(e => e.Reason));
        Assert.Equal("pending", await house.StatusAsync(receipt.MessageId));
    }

    [Theory]
    [InlineData("send,oversight")]
    [InlineData("read,send,oversight")]
    [InlineData("admin,oversight")]
    [InlineData("read,everything")]
    public async Task Keys_that_could_approve_what_they_send_are_not_made(string scopes)
    {
        await using var house = await House.BuildAsync();
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.KeyAsync(scopes)));
        Assert.Single(await house.Node.Keys.ListAsync(house.Person, default)); // the local agent's
    }

    [Fact]
    public async Task Only_people_make_keys()
    {
        await using var house = await House.BuildAsync();
        var (admin, _) = await house.KeyAsync("operator");
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Keys.CreateAsync(admin, new() { Name = "x", Scopes = ["read"] }, default)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Keys.CreateAsync(house.Agent, new() { Name = "x", Scopes = ["read"] }, default)));
    }

    [Fact]
    public async Task An_agent_never_loosens_a_mode_and_a_tightening_is_free()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "read_only", house.Agent);
        foreach (var mode in new[] { "gated_all", "gated_send", "monitored", "autonomous" })
        {
            Assert.Equal("oversight_scope_required", await RefusedAsync(() => house.SetModeAsync(Installation.AgentAddress, mode, house.Agent)));
        }

        var (tester, _) = await house.KeyAsync("operator", "test");
        Assert.Equal("live_key_required", await RefusedAsync(() => house.SetModeAsync(Installation.AgentAddress, "autonomous", tester)));
        var (standsForPerson, _) = await house.KeyAsync("operator");
        await house.SetModeAsync(Installation.AgentAddress, "monitored", standsForPerson);
    }

    [Fact]
    public async Task A_new_mailbox_is_no_way_round_the_gate()
    {
        await using var house = await House.BuildAsync();
        var asked = Assert.IsType<MailboxAsked>(await house.Node.Mailboxes.CreateAsync(house.Agent, new() { Address = "free@multimail.localhost", OversightMode = "autonomous" }, default));
        Assert.Equal("gated_send", asked.OversightMode);
        var (admin, _) = await house.KeyAsync("send,admin");
        Assert.IsType<MailboxAsked>(await house.Node.Mailboxes.CreateAsync(admin, new() { Address = "free@multimail.localhost", OversightMode = "monitored" }, default));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Mailboxes.GetAsync(house.Person, "free@multimail.localhost", default)));
        Assert.Equal("domain_not_registered", await RefusedAsync(() => house.Node.Mailboxes.CreateAsync(admin, new() { Address = "free@example.org" }, default)));
        Assert.Equal("gated_send", (await house.Node.Mailboxes.CreateAsync(admin, new() { Address = "fine@multimail.localhost" }, default).MadeAsync()).OversightMode);
        Assert.Equal("address_taken", await RefusedAsync(() => house.Node.Mailboxes.CreateAsync(admin, new() { Address = "Fine@multimail.localhost" }, default)));
    }

    [Fact]
    public async Task A_wrong_digest_decides_nothing()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        var other = await house.SendAsync(Letter("Another"));
        var digest = (await house.Node.Pending.ReviewAsync(house.Person, other.MessageId, default)).Item.Digest;
        Assert.Equal("digest_mismatch", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId, digest: digest)));
        Assert.Equal("digest_mismatch", await RefusedAsync(() => house.ApproveAsync(receipt.MessageId, digest: "sha256:")));
        Assert.Equal("pending", await house.StatusAsync(receipt.MessageId));
    }

    [Fact]
    public async Task Bytes_changed_in_the_store_are_not_sent()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        await house.ApproveAsync(receipt.MessageId);
        house.ChangeStoredBytes();
        await house.DeliverAsync();
        Assert.Equal("failed", await house.StatusAsync(receipt.MessageId));
        Assert.Empty((await house.ListAsync(Installation.PersonAddress)).Messages);
        var log = await house.Node.Audit.QueryAsync(house.Person, new() { Action = "delivery.failed" }, default);
        Assert.Equal("digest_mismatch", Assert.Single(log.Entries).Reason);
    }

    [Fact]
    public async Task A_revoked_key_is_out_at_once_and_its_queued_mail_fails()
    {
        await using var house = await House.BuildAsync();
        var (sender, secret) = await house.KeyAsync("read,send");
        var receipt = await house.SendAsync(who: sender);
        await house.ApproveAsync(receipt.MessageId);
        await house.Node.Keys.RevokeAsync(house.Person, sender.PublicId, default);
        Assert.Equal("key_revoked", await RefusedAsync(() => house.Node.Keys.AuthenticateAsync(secret, "rest", default)));
        await house.DeliverAsync();
        Assert.Equal("failed", await house.StatusAsync(receipt.MessageId));
    }

    [Fact]
    public async Task The_local_agents_key_opens_to_no_bearer()
    {
        await using var house = await House.BuildAsync();
        foreach (var bearer in new[] { "local", "local" + new string('0', 40), string.Empty, "mm_live_", null })
        {
            Assert.Equal("invalid_key", await RefusedAsync(() => house.Node.Keys.AuthenticateAsync(bearer, "rest", default)));
        }
    }

    [Fact]
    public async Task Same_key_same_answer_and_other_content_is_a_conflict()
    {
        await using var house = await House.BuildAsync();
        var mail = Letter() with { IdempotencyKey = "order-17" };
        var first = await house.SendAsync(mail);
        var again = await house.SendAsync(mail);
        Assert.Equal(first with { Deduplicated = true }, again);
        Assert.Equal("idempotency_conflict", await RefusedAsync(() => house.SendAsync(mail with { Text = "Other content." })));
        Assert.Equal(1, (await house.Node.Pending.ListAsync(house.Person, new(), default)).Total);
        house.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.MessageId, (await house.SendAsync(mail)).MessageId);
    }

    [Fact]
    public async Task The_same_content_within_a_minute_is_one_message()
    {
        await using var house = await House.BuildAsync();
        var first = await house.SendAsync();
        Assert.True((await house.SendAsync()).Deduplicated);
        house.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.NotEqual(first.MessageId, (await house.SendAsync()).MessageId);
    }

    [Fact]
    public async Task A_flooded_queue_refuses_the_next_one()
    {
        await using var house = await House.BuildAsync(key => new CoreOptions { MasterKey = key, PendingPerMailbox = 2 });
        await house.SendAsync(Letter("1"));
        await house.SendAsync(Letter("2"));
        Assert.Equal("pending_limit", await RefusedAsync(() => house.SendAsync(Letter("3"))));
    }

    [Fact]
    public async Task Many_recipients_are_a_risk_that_holds_in_every_mode()
    {
        await using var house = await House.BuildAsync();
        await house.SetModeAsync(Installation.AgentAddress, "autonomous");
        var to = new List<string>();
        for (var i = 0; i < 11; i++)
        {
            to.Add((await house.Node.Mailboxes.CreateAsync(house.Person, new() { Address = $"r{i}@multimail.localhost" }, default).MadeAsync()).Address);
        }

        var receipt = await house.SendAsync(Letter() with { To = to });
        Assert.Equal("pending", receipt.Status);
        Assert.Equal(["many_recipients"], (await house.Node.Pending.ListAsync(house.Person, new(), default)).Pending[0].RiskFlags);
    }

    [Fact]
    public async Task An_agent_sees_its_own_lineages_queue_without_flags_and_others_not_at_all()
    {
        await using var house = await House.BuildAsync();
        var receipt = await house.SendAsync();
        var (other, _) = await house.KeyAsync("read,send");
        Assert.Equal(receipt.MessageId, Assert.Single((await house.Node.Pending.ListAsync(house.Agent, new(), default)).Pending).MessageId);
        Assert.Empty((await house.Node.Pending.ListAsync(other, new(), default)).Pending);
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Submissions.CancelAsync(other, receipt.MessageId, default)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Pending.ReviewAsync(house.Agent, receipt.MessageId, default)));
    }

    [Fact]
    public async Task Approve_cancel_reject_and_expire_at_once_have_one_winner()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var house = await House.BuildAsync();
            var receipt = await house.SendAsync();
            var (reviewer, _) = await house.KeyAsync("oversight");
            var acts = new Func<Task>[]
            {
                () => house.ApproveAsync(receipt.MessageId),
                () => house.ApproveAsync(receipt.MessageId, reviewer),
                () => house.Node.Decisions.RejectAsync(reviewer, new DecisionRequest(receipt.MessageId, null, "No."), default),
                () => house.Node.Submissions.CancelAsync(house.Agent, receipt.MessageId, default),
                () => house.Node.Decisions.RequestChangesAsync(house.Person, new DecisionRequest(receipt.MessageId, null, "Again."), default),
            };
            await Task.WhenAll(acts.OrderBy(_ => (round * 7919) % 13).Select(async act =>
            {
                try
                {
                    await Task.Run(act);
                }
                catch (RefusalException)
                {
                    // the others lose
                }
            }));
            await house.DeliverAsync();
            var proof = await house.Node.Audit.ProveAsync(house.Person, receipt.MessageId, default);
            var status = await house.StatusAsync(receipt.MessageId);
            var arrived = (await house.ListAsync(Installation.PersonAddress)).Messages.Count;
            Assert.Equal(status == "delivered" ? 1 : 0, arrived);
            Assert.True(proof.Leaves.Count(l => l.Event.StartsWith("approval.", StringComparison.Ordinal) || l.Event == "delivery.cancelled") is 1 or 2, status);
        }
    }
}
