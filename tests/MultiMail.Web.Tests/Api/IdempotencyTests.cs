namespace MultiMail.Web.Tests.Api;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task The_same_key_and_content_give_the_same_answer_and_one_message()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var first = await agent.SendMailAsync(idempotencyKey: "k1");
        var again = await agent.SendMailAsync(idempotencyKey: "k1");

        Assert.Equal(HttpStatusCode.Accepted, again.Status);
        Assert.Equal(first["message_id"], again["message_id"]);
        Assert.Equal(1, (await agent.GetAsync("/v1/pending")).Body.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_a_conflict()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        await agent.SendMailAsync(idempotencyKey: "k1");

        (await agent.SendMailAsync(subject: "Other", idempotencyKey: "k1")).IsProblem(HttpStatusCode.Conflict, "idempotency_conflict");
    }

    [Fact]
    public async Task The_header_means_what_the_field_means()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var mail = new { from = Addresses.Agent, to = Addresses.Person, subject = "Hello", text = "Hi." };
        var first = await agent.PostAsync("/v1/emails/send", mail, ("Idempotency-Key", "k1"));

        Assert.Equal(first["message_id"], (await agent.PostAsync("/v1/emails/send", mail, ("Idempotency-Key", "k1")))["message_id"]);
        Assert.Equal(first["message_id"], (await agent.SendMailAsync(idempotencyKey: "k1"))["message_id"]);
    }

    [Fact]
    public async Task A_header_and_a_field_that_differ_are_refused()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.PostAsync("/v1/emails/send", new { to = Addresses.Person, idempotency_key = "a" }, ("Idempotency-Key", "b"));

        Assert.Contains(("idempotency_key", "invalid_parameter"), refused.Violations);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var refused = await agent.SendMailAsync(idempotencyKey: new string('k', 129));

        Assert.Contains("idempotency_key", refused.Violations.Select(v => v.Field));
    }

    [Fact]
    public async Task Making_a_mailbox_twice_with_one_key_makes_one()
    {
        await using var web = await WebHouse.OpenAsync();
        var person = await web.RestAsync("operator");
        var wanted = new { address = "sales@multimail.localhost" };
        var first = (await person.PostAsync("/v1/mailboxes", wanted, ("Idempotency-Key", "m1"))).Is(HttpStatusCode.Created);

        var again = (await person.PostAsync("/v1/mailboxes", wanted, ("Idempotency-Key", "m1"))).Is(HttpStatusCode.Created);

        Assert.Equal(first["id"], again["id"]);
        (await person.PostAsync("/v1/mailboxes", new { address = "other@multimail.localhost" }, ("Idempotency-Key", "m1")))
            .IsProblem(HttpStatusCode.Conflict, "idempotency_conflict");
    }
}
