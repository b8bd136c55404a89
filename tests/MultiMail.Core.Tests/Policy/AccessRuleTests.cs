using MultiMail.Core.Messages;
using MultiMail.Core.Policy;

namespace MultiMail.Core.Tests.Policy;

public sealed class AccessRuleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("carla@customer.example", "Carla@CUSTOMER.example")]
    [InlineData("Carla@Customer.Example", "carla@customer.example")]
    [InlineData("*@customer.example", "anybody@customer.example")]
    [InlineData("*@bücher.example", "lea@xn--bcher-kva.example")]
    [InlineData("*@xn--bcher-kva.example", "lea@BÜCHER.example")]
    [InlineData("*", "anybody@anywhere.example")]
    public async Task A_blocked_recipient_is_refused_by_name(string pattern, string recipient)
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.AddAsync("send", "block", pattern);

        var refusal = await Assert.ThrowsAsync<Core.Errors.RefusalException>(() => house.SendAsync(PolicyHouse.Mail(recipient)));

        Assert.Equal(("recipient_blocked", "to"), (refusal.Code, refusal.Violations[0].Field));
    }

    [Theory]
    [InlineData("carla@customer.example", "carla+tag@customer.example")]
    [InlineData("*@customer.example", "carla@mail.customer.example")]
    [InlineData("*@customer.example", "carla@notcustomer.example")]
    public async Task A_pattern_is_about_itself_alone(string pattern, string recipient)
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.AddAsync("send", "block", pattern);

        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(recipient)));
    }

    [Fact]
    public async Task Every_blocked_recipient_is_named_with_its_field_blind_copies_too()
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.AddAsync("send", "block", "*@blocked.example");
        var mail = PolicyHouse.Mail("Good Friend <one@blocked.example>", PolicyHouse.Customer) with { Bcc = ["two@blocked.example"] };

        var refusal = await Assert.ThrowsAsync<Core.Errors.RefusalException>(() => house.SendAsync(mail));

        Assert.Equal(["to", "bcc"], refusal.Violations.Select(v => v.Field));
        Assert.All(refusal.Violations, v => Assert.Equal("recipient_blocked", v.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("*@")]
    [InlineData("*@*.example")]
    [InlineData("a*@customer.example")]
    [InlineData("Carla <carla@customer.example>")]
    [InlineData("\"a@b\"@customer.example")]
    [InlineData("*@customer.example, *")]
    public async Task What_is_no_pattern_is_refused(string pattern)
    {
        await using var house = await PolicyHouse.BuildAsync();

        Assert.Equal("invalid_parameter", await Steps.RefusedAsync(() => house.AddAsync("send", "block", pattern)));
    }

    [Fact]
    public async Task A_rule_of_a_mailbox_is_about_that_mailbox_alone()
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.Node.Mailboxes.CreateAsync(house.House.Person, new() { Address = "other@shop.example" }, Token);
        await house.AddAsync("send", "block", "*", "other@shop.example");

        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer)));
    }

    [Fact]
    public async Task A_block_made_after_the_approval_stops_the_delivery()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var receipt = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer));
        await house.House.ApproveAsync(receipt.MessageId);
        await house.AddAsync("send", "block", "*@customer.example", who: house.Admin);

        await house.House.DeliverAsync();

        Assert.Equal("failed", await house.House.StatusAsync(receipt.MessageId));
        Assert.Empty(house.Relay.Sent);
    }

    [Fact]
    public async Task An_allow_rule_taken_away_before_delivery_brings_the_message_to_a_person()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var rule = Assert.IsType<RuleSet>(await house.AddAsync("send", "allow", PolicyHouse.Customer)).Rule;
        var receipt = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer));
        Assert.Equal("queued", receipt.Status);
        await house.Node.Rules.RemoveAsync(house.Admin, rule.Id, Token);

        await house.House.DeliverAsync();

        Assert.Equal("pending", await house.House.StatusAsync(receipt.MessageId));
        Assert.Empty(house.Relay.Sent);
    }

    [Fact]
    public async Task Whoever_is_allowed_gets_mail_of_a_gated_mailbox_at_once()
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.AddAsync("send", "allow", "*@customer.example", PolicyHouse.Agent);
        var receipt = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer));
        await house.House.DeliverAsync();

        Assert.Equal("delivered", await house.House.StatusAsync(receipt.MessageId));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer, "else@where.example")));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Bcc = ["else@where.example"] }));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Cc = ["else@where.example"] }));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail("\"*@customer.example\" <x@where.example>")));
    }

    [Fact]
    public async Task No_rule_is_no_permission_and_a_block_wins_over_the_widest_allow()
    {
        await using var house = await PolicyHouse.BuildAsync();
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer)));
        await house.AddAsync("send", "allow", "*");
        await house.AddAsync("send", "allow", "eve@evil.example");
        await house.AddAsync("send", "block", "*@evil.example");

        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Subject = "Another" }));
        Assert.Equal("recipient_blocked", await Steps.RefusedAsync(() => house.SendAsync(PolicyHouse.Mail("eve@evil.example"))));
    }

    [Theory]
    [InlineData("gated_all", "pending")]
    [InlineData("gated_send", "queued")]
    [InlineData("monitored", "queued")]
    [InlineData("autonomous", "queued")]
    public async Task The_mode_says_what_an_allow_rule_is_worth(string mode, string status)
    {
        await using var house = await PolicyHouse.BuildAsync(mode);
        await house.AddAsync("send", "allow", PolicyHouse.Customer);

        Assert.Equal(status, await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer)));
    }

    [Fact]
    public async Task In_an_autonomous_mailbox_the_list_limits_who_is_written_to()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await Delivery.RelayHouse.KnowAsync(house.House, ["else@where.example"]);
        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail("else@where.example")));
        await house.AddAsync("send", "allow", PolicyHouse.Customer);

        var outside = await house.SendAsync(PolicyHouse.Mail("else@where.example") with { Subject = "Another" });

        Assert.Equal("pending", outside.Status);
        Assert.Contains(RiskCodes.NotAllowListed, await house.FlagsAsync(outside));
    }

    [Fact]
    public async Task Risk_holds_mail_for_whoever_is_allowed()
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.AddAsync("send", "allow", "*");
        var mail = PolicyHouse.Mail(PolicyHouse.Customer) with { Attachments = [new SubmittedAttachment("invoice.exe", null, "TVqQAA==")] };

        Assert.Equal("pending", await house.StatusOfAsync(mail));
    }

    [Fact]
    public async Task Blocked_senders_are_kept_out_whichever_address_they_show()
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.AddAsync("receive", "block", "*@spam.example", who: house.Admin);

        Assert.Null(await house.ArriveAsync("x@spam.example"));
        Assert.Null(await house.ArriveAsync("friend@customer.example", subject: "Hidden", returnPath: "x@SPAM.example"));
        Assert.NotNull(await house.ArriveAsync(PolicyHouse.Customer));
        Assert.Equal(2, (await Inbound.Arrivals.StoredAsync(house.House)).Count(m => m.State is Core.Oversight.MessageState.Quarantined));
    }

    [Fact]
    public async Task Once_somebody_is_allowed_to_write_nobody_else_comes_in()
    {
        await using var house = await PolicyHouse.BuildAsync();
        Assert.NotNull(await house.ArriveAsync("else@where.example"));
        await house.AddAsync("receive", "allow", "*@customer.example");
        await house.AddAsync("receive", "block", "bad@customer.example");

        Assert.NotNull(await house.ArriveAsync(PolicyHouse.Customer, subject: "Two"));
        Assert.Null(await house.ArriveAsync("else@where.example", subject: "Three"));
        Assert.Null(await house.ArriveAsync("bad@customer.example", subject: "Four"));
    }

    [Fact]
    public async Task A_key_tightens_at_once_and_what_loosens_becomes_a_request()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var block = Assert.IsType<RuleSet>(await house.AddAsync("send", "block", "*@evil.example", who: house.Admin)).Rule;
        var asked = Assert.IsType<RuleAsked>(await house.AddAsync("send", "allow", "*", who: house.Admin)).Request;
        var lift = Assert.IsType<RuleAsked>(await house.Node.Rules.RemoveAsync(house.Admin, block.Id, Token)).Request;

        Assert.Equal(["*@evil.example"], (await house.Node.Rules.ListAsync(house.Admin, new(), Token)).AccessRules.Select(r => r.Pattern));
        await house.Node.Requests.ApproveAsync(house.House.Person, asked.RequestId, asked.Digest, null, Token);
        await house.Node.Requests.ApproveAsync(house.House.Person, lift.RequestId, lift.Digest, null, Token);

        Assert.Equal(["*"], (await house.Node.Rules.ListAsync(house.Admin, new(), Token)).AccessRules.Select(r => r.Pattern));
    }

    [Fact]
    public async Task An_agent_makes_no_rules_and_approves_none()
    {
        await using var house = await PolicyHouse.BuildAsync();
        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.AddAsync("send", "allow", "*", who: house.Key)));
        var both = (await house.House.KeyAsync("send,admin")).Principal;
        var asked = Assert.IsType<RuleAsked>(await house.AddAsync("send", "allow", "*", who: both)).Request;
        Assert.Equal("scope_missing", await Steps.RefusedAsync(() => house.Node.Requests.ApproveAsync(both, asked.RequestId, asked.Digest, null, Token)));
        var test = (await house.House.KeyAsync("admin", "test")).Principal;
        Assert.Equal("live_key_required", await Steps.RefusedAsync(() => house.AddAsync("send", "block", "*", who: test)));
        var over = (await house.House.KeyAsync("operator")).Principal with { Channel = "mcp" };
        Assert.IsType<RuleAsked>(await house.AddAsync("send", "allow", "*", who: over));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer)));
    }

    [Fact]
    public async Task A_key_of_one_mailbox_touches_no_other_rule()
    {
        await using var house = await PolicyHouse.BuildAsync();
        var account = Assert.IsType<RuleSet>(await house.AddAsync("send", "allow", "a@x.example")).Rule;
        var narrow = (await house.House.KeyAsync("admin", "live", PolicyHouse.Agent)).Principal;

        var made = Assert.IsType<RuleSet>(await house.AddAsync("send", "block", "*@evil.example", who: narrow)).Rule;

        Assert.Equal(PolicyHouse.Agent, made.Mailbox);
        Assert.Equal("not_found", await Steps.RefusedAsync(() => house.Node.Rules.RemoveAsync(narrow, account.Id, Token)));
    }

    [Fact]
    public async Task Taking_the_list_from_an_autonomous_mailbox_is_a_persons_decision()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var rule = Assert.IsType<RuleSet>(await house.AddAsync("send", "allow", PolicyHouse.Customer)).Rule;

        Assert.IsType<RuleAsked>(await house.Node.Rules.RemoveAsync(house.Admin, rule.Id, Token));
    }

    [Fact]
    public async Task The_forecast_says_what_then_happens()
    {
        await using var house = await PolicyHouse.BuildAsync();
        await house.AddAsync("send", "allow", PolicyHouse.Customer);
        await house.AddAsync("send", "block", "*@evil.example");
        async Task<string> ForecastAsync(string to) => (await house.Node.Policy.ReadAsync(house.Key, PolicyHouse.Agent, to, Token)).Outcome;

        Assert.Equal("sent", await ForecastAsync("CARLA@customer.example"));
        Assert.Equal("held", await ForecastAsync("else@where.example"));
        Assert.Equal("refused", await ForecastAsync("x@evil.example"));
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        await house.ReadAsync(id!);
        Assert.Equal("held", await ForecastAsync(PolicyHouse.Customer));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer)));
    }
}
