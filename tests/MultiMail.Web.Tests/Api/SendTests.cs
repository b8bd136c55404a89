using System.Net.Http.Headers;
using System.Text;

namespace MultiMail.Web.Tests.Api;

public sealed class SendTests
{
    private static readonly object Mail = new { from = Addresses.Agent, to = Addresses.Person, subject = "Hello", text = "Hi." };

    [Fact]
    public async Task A_gated_send_is_accepted_and_waits()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var sent = (await agent.PostAsync("/v1/emails/send", Mail)).Is(HttpStatusCode.Accepted);

        Golden.Matches(Scrub.Json(sent.Body), "send.json");
        Assert.Equal($"{web.Address.GetLeftPart(UriPartial.Authority)}/pending/{sent["message_id"]}", sent["approval_url"]);
    }

    [Fact]
    public async Task Recipients_may_be_a_string_or_an_array()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        (await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = new[] { Addresses.Person }, cc = Addresses.Agent, subject = "S", text = "T" })).Is(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Unknown_fields_and_wrong_types_are_refused_together_by_name()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = 5, subject = true, body = "x", html_body = "y" });

        refused.IsProblem(HttpStatusCode.UnprocessableEntity, "invalid_parameter");
        Assert.Equal(
            [("to", "invalid_parameter"), ("subject", "invalid_parameter"), ("body", "unknown_parameter"), ("html_body", "unknown_parameter")],
            refused.Violations);
        Golden.Matches(Scrub.Json(refused.Body), "problem-fields.json");
    }

    [Fact]
    public async Task Bad_addresses_and_an_empty_subject_are_refused_together()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = "not an address", cc = new[] { "@" }, subject = "", text = "x" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(("to", "invalid_address"), refused.Violations);
        Assert.Contains(("cc", "invalid_address"), refused.Violations);
        Assert.Contains("subject", refused.Violations.Select(v => v.Field));
    }

    [Fact]
    public async Task An_empty_object_names_what_is_missing()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.PostAsync("/v1/emails/send", new { });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("to", refused.Violations.Select(v => v.Field));
        Assert.Contains("subject", refused.Violations.Select(v => v.Field));
    }

    [Fact]
    public async Task No_body_at_all_is_read_as_an_empty_object()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.PostAsync("/v1/emails/send", null)).Status);
    }

    [Fact]
    public async Task An_unknown_mailbox_is_refused_as_a_recipient_and_as_a_sender()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var to = await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = "nobody@multimail.localhost", subject = "S", text = "T" });
        var from = await agent.PostAsync("/v1/emails/send", new { from = "nobody@multimail.localhost", to = Addresses.Person, subject = "S", text = "T" });

        to.IsProblem(HttpStatusCode.UnprocessableEntity, "unknown_recipient");
        Assert.Contains("from", from.Violations.Select(v => v.Field));
    }

    [Fact]
    public async Task An_agent_id_of_another_mailbox_is_refused()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = Addresses.Person, subject = "S", text = "T", agent_id = "other" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("agent_id", refused.Violations.Select(v => v.Field));
    }

    [Theory]
    [InlineData("{", "malformed_json")]
    [InlineData("[]", "malformed_json")]
    [InlineData("{\"to\":\"a@b.example\",\"to\":\"c@d.example\"}", "malformed_json")]
    public async Task Json_that_does_not_parse_is_400(string body, string code)
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        (await agent.PostAsync("/v1/emails/send", body)).IsProblem(HttpStatusCode.BadRequest, code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json-seq")]
    public async Task Another_media_type_is_415(string type)
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        using var body = new ByteArrayContent("{}"u8.ToArray());
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        (await agent.SendAsync(HttpMethod.Post, "/v1/emails/send", body)).IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_413_whether_or_not_it_says_its_length(bool saysLength)
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var bytes = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 14_000_100)}}"}""");
        using HttpContent body = saysLength ? new ByteArrayContent(bytes) : new StreamContent(new Unsized(bytes));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await agent.SendAsync(HttpMethod.Post, "/v1/emails/send", body)).IsProblem(HttpStatusCode.RequestEntityTooLarge, "message_too_large");
    }

    [Fact]
    public async Task Mail_of_nine_megabytes_fits_through()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var file = new { filename = "big.bin", content_type = "application/octet-stream", content_base64 = Convert.ToBase64String(new byte[7_000_000]) };

        (await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = Addresses.Person, subject = "Big", text = "x", attachments = new[] { file } })).Is(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_reply_is_threaded_by_the_server_and_waits_too()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        var sent = await agent.SendMailAsync();
        (await person.PostAsync($"/v1/pending/{sent["message_id"]}/approve", null)).Is(HttpStatusCode.OK);
        await web.House.DeliverAsync();
        var arrived = (await agent.GetAsync($"/v1/inbox?mailbox={Addresses.Person}")).Body.GetProperty("messages")[0].GetProperty("message_id").GetString();

        var reply = (await agent.PostAsync($"/v1/emails/{arrived}/reply", new { text = "Thanks.", include_quote = true })).Is(HttpStatusCode.Accepted);

        Assert.Equal("pending", reply["status"]);
    }

    [Fact]
    public async Task A_reply_to_nothing_is_404()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        (await agent.PostAsync("/v1/emails/msg_00000000000000000000000000/reply", new { text = "x" })).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await agent.PostAsync("/v1/emails/..%2F..%2Fetc/reply", new { text = "x" })).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_waiting_message_can_be_cancelled_once()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var sent = await agent.SendMailAsync();

        var cancelled = (await agent.PostAsync($"/v1/emails/{sent["message_id"]}/cancel", null)).Is(HttpStatusCode.OK);

        Assert.Equal("cancelled", cancelled["status"]);
        (await agent.PostAsync($"/v1/emails/{sent["message_id"]}/cancel", null)).IsProblem(HttpStatusCode.Conflict, "already_decided");
    }

    [Fact]
    public async Task Status_tells_what_became_of_it()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var sent = await agent.SendMailAsync();

        var status = (await agent.GetAsync($"/v1/emails/{sent["message_id"]}/status?until=decided&wait_seconds=0")).Is(HttpStatusCode.OK);

        Golden.Matches(Scrub.Json(status.Body), "status.json");
    }

    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
