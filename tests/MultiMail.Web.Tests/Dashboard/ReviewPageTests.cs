namespace MultiMail.Web.Tests.Dashboard;

public sealed class ReviewPageTests
{
    [Fact]
    public async Task Approving_what_is_shown_sends_it_and_says_what_happens_next()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync("Offer", "Dear customer"))["message_id"]!;
        var review = await browser.GetAsync($"/pending/{id}");
        Assert.Contains("Dear customer", review.Text, StringComparison.Ordinal);

        var decided = await browser.SubmitAsync(review, $"/pending/{id}/approve");

        Assert.Equal((HttpStatusCode.SeeOther, $"/pending/{id}"), (decided.Status, decided.Location));
        var after = await browser.GetAsync($"/pending/{id}");
        Assert.Contains("It is approved and leaves in a moment", after.Text, StringComparison.Ordinal);
        Assert.False(after.HasForm($"/pending/{id}/approve"));
        await web.House.DeliverAsync();
        Assert.Contains("It was handed over", (await browser.GetAsync($"/pending/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal("delivered", (await agent.GetAsync($"/v1/emails/{id}/status"))["status"]);
    }

    [Theory]
    [InlineData("reject", "rejected")]
    [InlineData("request-changes", "draft")]
    public async Task The_other_decisions_need_a_reason(string act, string status)
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        var review = await browser.GetAsync($"/pending/{id}");

        var without = await browser.SubmitAsync(review, $"/pending/{id}/{act}", ("reason", "   "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Contains("reason is missing", without.Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(without, $"/pending/{id}/{act}", ("reason", "Too long."))).Status);
        var seen = await agent.GetAsync($"/v1/emails/{id}/status");
        Assert.Equal((status, "Too long."), (seen["status"], seen["reason"]));
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    [InlineData("x")]
    public async Task Another_digest_than_the_messages_decides_nothing(string digest)
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        var review = await browser.GetAsync($"/pending/{id}");

        var answer = await browser.SubmitAsync(review, $"/pending/{id}/approve", ("digest", digest));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("Not done.", answer.Text, StringComparison.Ordinal);
        Assert.Equal("pending", (await agent.GetAsync($"/v1/emails/{id}/status"))["status"]);
    }

    [Fact]
    public async Task A_page_left_open_after_somebody_decided_says_so()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        var old = await browser.GetAsync($"/pending/{id}");
        (await agent.PostAsync($"/v1/emails/{id}/cancel", null)).Is(HttpStatusCode.OK);

        var answer = await browser.SubmitAsync(old, $"/pending/{id}/approve");

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("Its sender withdrew it", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_approved_can_be_taken_back_until_it_leaves()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var id = (await agent.SendMailAsync())["message_id"]!;
        await browser.SubmitAsync(await browser.GetAsync($"/pending/{id}"), $"/pending/{id}/approve");

        var after = await browser.GetAsync($"/pending/{id}");
        Assert.Contains("Take back", after.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SubmitAsync(after, $"/pending/{id}/reject", ("reason", "Wrong button."))).Status);

        await web.House.DeliverAsync();
        Assert.Equal("rejected", (await agent.GetAsync($"/v1/emails/{id}/status"))["status"]);
    }

    [Theory]
    [InlineData("Pay to account 4711, see https://example.org/pay", true)] // another figure, another link: too little for a comparison by words
    [InlineData("Pay to account 1234,\nsee https://example.org/", false)]
    public async Task A_plain_part_that_differs_in_one_figure_is_shown_too(string text, bool shown)
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        var sent = (await agent.PostAsync("/v1/emails/send", new
        {
            from = Addresses.Agent, to = Addresses.Person, subject = "Invoice", text, html = "<p>Pay to account 1234, see https://example.org/</p>",
        })).Is(HttpStatusCode.Accepted);

        var page = await browser.GetAsync($"/pending/{sent["message_id"]}");

        Assert.Equal(shown, page.Text.Contains("Plain-text part", StringComparison.Ordinal));
        Assert.Equal(shown, page.Text.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Script_and_markup_of_strangers_stay_text()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        const string Evil = "</pre></bdi><script>alert(1)</script><img src=x onerror=alert(2)>\"'";
        var sent = (await agent.PostAsync("/v1/emails/send", new
        {
            from = $"\"<b>Boss</b>\" <{Addresses.Agent}>",
            to = Addresses.Person,
            subject = Evil,
            text = Evil,
            html = $"<p onclick=\"alert(3)\">hi</p><script>alert(4)</script><form action='/pending'><button>Approve</button></form><iframe src='https://evil.example'></iframe>{Evil}",
            intent = Evil,
            attachments = new[] { new { filename = "<svg onload=alert(5)>.txt", content_type = "text/plain", content_base64 = "aGk=" } },
        })).Is(HttpStatusCode.Accepted);
        var id = sent["message_id"]!;

        foreach (var path in new[] { "/", $"/pending/{id}", "/mail", $"/mail/{id}" })
        {
            var page = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.DoesNotMatch("(?i)<script(?! src=\"/assets/)", page.Html);
            Assert.DoesNotMatch("(?i)<(img|svg|b)[ >]", page.Html);
            Assert.DoesNotContain("<iframe src", page.Html, StringComparison.OrdinalIgnoreCase);
        }

        var review = await browser.GetAsync($"/pending/{id}");
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", review.Html, StringComparison.Ordinal);
        Assert.Matches("<iframe sandbox(=\"\")? srcdoc=\"[^\"]*\"", review.Html);
        Assert.Contains("default-src &#x27;none&#x27;", review.Html, StringComparison.Ordinal);
        Assert.Contains("The agent says", review.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_matters_for_the_decision_is_on_the_page()
    {
        await using var web = await WebHouse.OpenAsync();
        var (browser, agent) = (await web.SignedInAsync(), await web.RestAsync("read,send"));
        await web.Node.Mailboxes.CreateAsync(web.House.Person, new Core.Mailboxes.NewMailbox { Address = "third@multimail.localhost" }, CancellationToken.None);
        var id = (await agent.PostAsync("/v1/emails/send", new
        {
            from = Addresses.Agent,
            to = Addresses.Person,
            bcc = "third@multimail.localhost",
            subject = "Papers",
            text = "in\u200bvisible https://example.org/x",
            attachments = new[] { new { filename = "papers.txt", content_type = "text/plain", content_base64 = "aGk=" } },
        })).Is(HttpStatusCode.Accepted)["message_id"]!;

        var page = await browser.GetAsync($"/pending/{id}");

        Assert.Contains("third@multimail.localhost", page.Text, StringComparison.Ordinal);
        Assert.Contains("not named in the message", page.Text, StringComparison.Ordinal);
        Assert.Contains("⟦U+200B⟧", page.Text, StringComparison.Ordinal);
        Assert.Contains("example.org", page.Text, StringComparison.Ordinal);
        Assert.Contains("papers.txt", page.Text, StringComparison.Ordinal);
        Assert.Contains("8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4", page.Text, StringComparison.Ordinal);
        Assert.Contains("sha256:", page.Text, StringComparison.Ordinal);
    }
}
