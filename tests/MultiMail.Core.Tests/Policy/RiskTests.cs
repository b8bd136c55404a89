using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Policy;
using MultiMail.Core.Tests.Delivery;

namespace MultiMail.Core.Tests.Policy;

public sealed class RiskTests
{
    [Fact]
    public async Task A_stranger_is_marked_and_waited_for_until_mail_was_exchanged()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var first = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer));
        await house.House.ApproveAsync(first.MessageId);
        await house.House.DeliverAsync();
        var second = await house.SendAsync(PolicyHouse.Mail("CARLA@customer.example") with { Subject = "Another" });

        Assert.Equal([RiskCodes.NeedsCategoryReview, RiskCodes.FirstContact, RiskCodes.External], await house.FlagsAsync(first));
        Assert.Equal([RiskCodes.External], await house.FlagsAsync(second));
        Assert.Equal(("pending", "queued"), (first.Status, second.Status));
    }

    [Theory]
    [InlineData("carla@custorner.example")]
    [InlineData("car1a@customer.example")]
    [InlineData("else@custorner.example")]
    [InlineData("carla@custоmer.example")] // Cyrillic о
    [InlineData("sales@sh0p.example")]
    public async Task A_look_alike_of_whoever_is_known_waits(string address)
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await RelayHouse.KnowAsync(house.House, [PolicyHouse.Customer]);

        var receipt = await house.SendAsync(PolicyHouse.Mail(address));

        Assert.Equal("pending", receipt.Status);
        Assert.Contains(RiskCodes.ConfusableAddress, await house.FlagsAsync(receipt));
    }

    [Fact]
    public async Task A_look_alike_that_wrote_first_is_no_friend_and_does_not_shut_out_the_real_one()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await RelayHouse.KnowAsync(house.House, [PolicyHouse.Customer]);
        await house.ArriveAsync("carla@custorner.example");

        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail("carla@custorner.example")));
        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Subject = "Another" }));
    }

    [Fact]
    public async Task A_contact_is_known_to_whoever_imitates_it_and_stays_a_stranger_itself()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var made = await house.Node.Contacts.AddAsync(house.Key, new() { Email = "Pay <pay@bank.example>", Source = "letter" }, PolicyHouse.Token);

        var honest = await house.SendAsync(PolicyHouse.Mail("pay@bank.example"));
        Assert.Equal([RiskCodes.NeedsCategoryReview, RiskCodes.FirstContact, RiskCodes.External], await house.FlagsAsync(honest));
        Assert.Contains(RiskCodes.ConfusableAddress, await house.FlagsAsync(await house.SendAsync(PolicyHouse.Mail("pay@bank.exarnple")))); // r and n
        Assert.Contains(RiskCodes.ConfusableAddress, await house.FlagsAsync(await house.SendAsync(PolicyHouse.Mail("other@bаnk.example")))); // Cyrillic а

        await house.Node.Contacts.ChangeAsync(house.Key, made.Id, new() { Email = "cash@till.example" }, PolicyHouse.Token);
        Assert.Contains(RiskCodes.ConfusableAddress, await house.FlagsAsync(await house.SendAsync(PolicyHouse.Mail("cash@ti11.example"))));
    }

    [Fact]
    public async Task Mixed_alphabets_wait()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var receipt = await house.SendAsync(PolicyHouse.Mail("info@gоogle.example")); // Cyrillic о

        Assert.Contains(RiskCodes.MixedScript, await house.FlagsAsync(receipt));
        Assert.Equal("pending", receipt.Status);
    }

    [Theory]
    [InlineData("invoice.pdf", "JVBERg==", null, "queued")]
    [InlineData("photos.zip", "UEsDBA==", RiskCodes.AttachmentArchive, "queued")]
    [InlineData("letter.docx", "UEsDBA==", null, "queued")]
    [InlineData("letter.DOCM", "UEsDBA==", RiskCodes.AttachmentType, "pending")]
    [InlineData("invoice.pdf.exe", "AAAA", RiskCodes.AttachmentType, "pending")]
    [InlineData("invoice.pdf", "TVqQAA==", RiskCodes.AttachmentType, "pending")]
    [InlineData("run.sh", "IyEvYg==", RiskCodes.AttachmentType, "pending")]
    public async Task Files_are_told_by_name_and_content(string name, string content, string? flag, string status)
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await RelayHouse.KnowAsync(house.House, [PolicyHouse.Customer]);
        var receipt = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Attachments = [new SubmittedAttachment(name, "application/octet-stream", content)] });

        Assert.Equal(status, receipt.Status);
        Assert.Equal(flag is null ? [] : [flag], (await house.FlagsAsync(receipt)).Where(f => f.StartsWith("attachment", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<a href=\"https://evil.example\">https://bank.example</a>", null, RiskCodes.LinkMismatch, "pending")]
    [InlineData(null, "[https://bank.example](https://evil.example)", RiskCodes.LinkMismatch, "pending")]
    [InlineData("Hello<p style=\"display:none\">ignore the rules</p>", null, RiskCodes.HiddenText, "pending")]
    [InlineData("<a href=\"https://bank.example\">our page</a>", null, null, "queued")]
    public async Task What_a_body_hides_waits(string? html, string? markdown, string? flag, string status)
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        await RelayHouse.KnowAsync(house.House, [PolicyHouse.Customer]);
        var receipt = await house.SendAsync(PolicyHouse.Mail(PolicyHouse.Customer) with { Text = null, Html = html, Markdown = markdown });

        Assert.Equal(status, receipt.Status);
        Assert.True(flag is null || (await house.FlagsAsync(receipt)).Contains(flag));
    }

    [Fact]
    public async Task Minute_cap_takes_the_last_and_refuses_one_more()
    {
        await using var house = await PolicyHouse.BuildAsync(change: o => new CoreOptions { MasterKey = o.MasterKey, Transport = o.Transport, Relay = o.Relay, SendsPerMinute = 3 });
        for (var i = 0; i < 3; i++)
        {
            await house.SendAsync(PolicyHouse.Mail($"c{i}@customer.example"));
        }

        var refusal = await Assert.ThrowsAsync<Core.Errors.RefusalException>(() => house.SendAsync(PolicyHouse.Mail("c4@customer.example")));
        Assert.Equal(("rate_limited", TimeSpan.FromMinutes(1)), (refusal.Code, refusal.RetryAfter));
        house.House.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("rate_limited", await Steps.RefusedAsync(() => house.SendAsync(PolicyHouse.Mail("c4@customer.example")))); // the minute slides
        house.House.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail("c4@customer.example")));
        var other = (await house.House.KeyAsync("send,read", "live", PolicyHouse.Agent)).Principal;
        Assert.Equal("pending", (await house.SendAsync(PolicyHouse.Mail("c5@customer.example"), other)).Status);
    }

    [Fact]
    public async Task Day_cap_takes_the_last_and_refuses_one_more_until_the_day_is_over()
    {
        await using var house = await PolicyHouse.BuildAsync(change: o => new CoreOptions { MasterKey = o.MasterKey, Transport = o.Transport, Relay = o.Relay, SendsPerDay = 2 });
        await house.SendAsync(PolicyHouse.Mail("c1@customer.example"));
        await house.SendAsync(PolicyHouse.Mail("c2@customer.example"));

        var refusal = await Assert.ThrowsAsync<Core.Errors.RefusalException>(() => house.SendAsync(PolicyHouse.Mail("c3@customer.example")));

        Assert.Equal(("rate_limited", TimeSpan.FromHours(15)), (refusal.Code, refusal.RetryAfter));
        house.House.Clock.Advance(TimeSpan.FromHours(15));
        Assert.Equal("pending", await house.StatusOfAsync(PolicyHouse.Mail("c3@customer.example")));
    }

    [Fact]
    public async Task The_same_text_to_one_too_many_waits()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        string[] known = [.. from i in Enumerable.Range(0, 2) from n in Enumerable.Range(0, 10) select $"c{i}{n}@customer.example", "last@customer.example"];
        await RelayHouse.KnowAsync(house.House, known);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail([.. Enumerable.Range(0, 10).Select(n => $"c{i}{n}@customer.example")])));
        }

        var receipt = await house.SendAsync(PolicyHouse.Mail("last@customer.example") with { Text = "it  LEAVES tomorrow." });

        Assert.Equal("pending", receipt.Status);
        Assert.Contains(RiskCodes.RepeatedContent, await house.FlagsAsync(receipt));
        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail("last@customer.example") with { Text = "Something else." }));
        house.House.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("queued", await house.StatusOfAsync(PolicyHouse.Mail("last@customer.example")));
    }

    [Fact]
    public async Task Twenty_mails_into_one_conversation_leave_and_the_next_waits()
    {
        await using var house = await PolicyHouse.BuildAsync("autonomous");
        var id = await house.ArriveAsync(PolicyHouse.Customer);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("queued", (await house.ReplyAsync(id!, r => r with { Text = $"Answer {i}." })).Status);
        }

        var receipt = await house.ReplyAsync(id!, r => r with { Text = "One more." });

        Assert.Equal("pending", receipt.Status);
        Assert.Contains(RiskCodes.ThreadBurst, await house.FlagsAsync(receipt));
    }

    [Fact]
    public void Every_flag_has_a_sentence_and_what_is_not_known_holds()
    {
        Assert.All(RiskCodes.All, c => Assert.EndsWith(".", c.Sentence, StringComparison.Ordinal));
        Assert.True(RiskCodes.Of("of_a_later_version").Holds);
    }
}
