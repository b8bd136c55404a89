namespace MultiMail.Web.Tests.Api;

public sealed class TemplateTests
{
    private static readonly string[] Variables = ["name", "order"];

    [Fact]
    public async Task Mail_is_made_from_a_template_and_the_review_names_it()
    {
        await using var web = await WebHouse.OpenAsync();
        var (agent, reviewer) = (await web.RestAsync("read,send"), await web.RestAsync("oversight"));
        var made = (await agent.PostAsync("/v1/templates", Body("Your order {{order}}"))).Is(HttpStatusCode.Created);
        Golden.Matches(Scrub.Json(made.Body), "template.json");

        var sent = (await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = Addresses.Person, template_id = made["id"], variables = new { name = "<Ann>", order = 7.50m } })).Is(HttpStatusCode.Accepted);
        var review = (await reviewer.GetAsync($"/v1/pending/{sent["message_id"]}")).Is(HttpStatusCode.OK);
        Assert.Equal("Your order 7.50", review["subject"]);
        Assert.Contains("Dear <Ann>", review["text"], StringComparison.Ordinal);
        var template = review.Body.GetProperty("template");
        Assert.Equal((made["id"], 1, made["digest"]), (template.GetProperty("template_id").GetString(), template.GetProperty("version").GetInt32(), template.GetProperty("digest").GetString()));

        var browser = await web.SignedInAsync();
        Assert.Contains(made["digest"]!, (await browser.GetAsync($"/pending/{sent["message_id"]}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_and_an_extra_variable_are_violations()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var made = await agent.PostAsync("/v1/templates", Body("Your order {{order}}"));
        var refused = await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = Addresses.Person, template_id = made["id"], variables = new { order = "7\r\nBcc: x@example.org", more = "x" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["variables.more", "variables.name", "variables.order"], refused.Violations.Select(v => v.Field).Order(StringComparer.Ordinal));
        var flag = await agent.PostAsync("/v1/emails/send", new { from = Addresses.Agent, to = Addresses.Person, template_id = made["id"], variables = new { order = true } });
        Assert.Contains(("variables.order", "invalid_parameter"), flag.Violations);
    }

    [Fact]
    public async Task Versions_over_rest()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");
        var made = await agent.PostAsync("/v1/templates", Body("Your order {{order}}"));
        var path = $"/v1/templates/{made["id"]}";
        (await PutAsync(agent, path, Body("Order {{order}}"))).IsProblem(HttpStatusCode.UnprocessableEntity, "invalid_parameter");
        Assert.Equal("2", (await PutAsync(agent, path, Body("Order {{order}}", 1))).Is(HttpStatusCode.OK)["version"]);
        (await PutAsync(agent, path, Body("Other {{order}}", 1))).IsProblem(HttpStatusCode.Conflict, "version_conflict");
        Assert.Equal("Your order {{order}}", (await agent.GetAsync(path + "?version=1")).Is(HttpStatusCode.OK)["subject"]);
        Assert.Equal(made["id"], (await agent.GetAsync("/v1/templates?query=ship")).Is(HttpStatusCode.OK).Body.GetProperty("templates")[0].GetProperty("id").GetString());
        (await agent.SendAsync(HttpMethod.Delete, path, null)).Is(HttpStatusCode.NoContent);
        (await agent.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not_found");
    }

    private static Dictionary<string, object> Body(string subject, int? version = null)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = "Shipped",
            ["subject"] = subject,
            ["text"] = "Dear {{name}}, {{order}} is on its way.",
            ["html"] = "<p>Dear {{name}}</p>",
            ["variables"] = Variables,
        };
        if (version is { } number)
        {
            body["expected_version"] = number;
        }

        return body;
    }

    private static Task<RestAnswer> PutAsync(RestClient client, string path, object body) => client.SendAsync(HttpMethod.Put, path, RestClient.Json(JsonSerializer.Serialize(body)));
}
