namespace MultiMail.Web.Tests.Api;

public sealed class NoticeTests
{
    [Fact]
    public async Task An_operator_key_sees_whether_people_are_told_and_sends_a_test()
    {
        var linked = new Linked();
        await using var web = await WebHouse.OpenAsync(options: linked.Options);
        var (agent, person) = (await web.RestAsync("read,send"), await web.RestAsync("operator"));
        Assert.Equal("none", (await person.GetAsync("/v1/profile/notices")).Is(HttpStatusCode.OK).Body.GetProperty("problem").GetProperty("failure").GetString());
        (await person.PostAsync("/v1/profile/notices/test", new { })).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid_parameter");
        (await person.PatchAsync("/v1/profile", new { notify = "reader@example.com" })).Is(HttpStatusCode.OK);
        Assert.Equal("no_relay", (await person.PostAsync("/v1/profile/notices/test", null))["code"]);
        (await person.PostAsync("/v1/mailboxes", new { address = Linked.Address, smtp_url = Linked.SmtpUrl })).Is(HttpStatusCode.Created);

        Assert.Equal("sent", (await person.PostAsync("/v1/profile/notices/test", new { })).Is(HttpStatusCode.OK)["result"]);
        Assert.Equal(["reader@example.com"], Assert.Single(linked.Transport.Sent).Envelope.Recipients);
        var status = (await person.GetAsync("/v1/profile/notices")).Is(HttpStatusCode.OK);
        Assert.Equal((Linked.Address, Linked.Address, "reader@example.com"), (status["from"], status["through"], status["address"]));
        Assert.False(status.Body.TryGetProperty("problem", out _));
        (await agent.GetAsync("/v1/profile/notices")).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        var admin = await web.RestAsync("admin");
        (await admin.GetAsync("/v1/profile/notices")).Is(HttpStatusCode.OK);
        (await admin.PostAsync("/v1/profile/notices/test", new { })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        (await agent.PostAsync("/v1/profile/notices/test", new { })).IsProblem(HttpStatusCode.Forbidden, "scope_missing");
        (await person.PostAsync("/v1/profile/notices/test", new { to = "x@y.example" })).IsProblem(HttpStatusCode.UnprocessableEntity, "unknown_parameter");
    }
}
