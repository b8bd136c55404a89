namespace MultiMail.Web.Tests.Api;

public sealed class AuthenticationTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("mm_live_wrongwrongwrongwrongwrongwrongwrongwrong")]
    [InlineData("x")]
    public async Task Every_route_of_the_api_asks_for_a_key(string? key)
    {
        await using var web = await WebHouse.OpenAsync();
        var stranger = new RestClient(web.Http, key);
        var routes = web.Routes.Where(r => r.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal)).ToList();

        Assert.True(routes.Count >= 20, $"{routes.Count} routes");
        foreach (var route in routes)
        {
            var method = new HttpMethod(route.Metadata.OfType<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().Single().HttpMethods[0]);
            var answer = await stranger.SendAsync(method, route.RoutePattern.RawText!.Replace("{id}", "msg_x", StringComparison.Ordinal), null);

            answer.IsProblem(HttpStatusCode.Unauthorized, "invalid_key");
            Assert.Equal(
                key is null ? "Bearer realm=\"multimail\"" : "Bearer realm=\"multimail\", error=\"invalid_token\"",
                answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task A_key_in_another_scheme_or_twice_is_no_key()
    {
        await using var web = await WebHouse.OpenAsync();
        var (_, secret) = await web.House.KeyAsync("read,send");
        var bare = new RestClient(web.Http, null);

        (await bare.SendAsync(HttpMethod.Get, "/v1/account", null, ("Authorization", $"Basic {secret}"))).IsProblem(HttpStatusCode.Unauthorized, "invalid_key");
        (await bare.SendAsync(HttpMethod.Get, $"/v1/account?key={secret}", null)).IsProblem(HttpStatusCode.Unauthorized, "invalid_key");
        (await bare.SendAsync(HttpMethod.Get, "/v1/account", null, ("Authorization", $"bearer {secret}"))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_revoked_key_stops_at_once()
    {
        await using var web = await WebHouse.OpenAsync();
        var (principal, secret) = await web.House.KeyAsync("read,send");
        var agent = new RestClient(web.Http, secret);
        (await agent.GetAsync("/v1/account")).Is(HttpStatusCode.OK);

        await web.Node.Keys.RevokeAsync(web.House.Person, principal.PublicId, CancellationToken.None);

        (await agent.GetAsync("/v1/account")).IsProblem(HttpStatusCode.Unauthorized, "key_revoked");
    }

    [Fact]
    public async Task A_persons_session_is_no_key_to_the_api()
    {
        await using var web = await WebHouse.OpenAsync();
        var browser = await web.SignedInAsync();

        var answer = await browser.GetAsync("/v1/pending");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    [Theory]
    [InlineData("read", "POST", "/v1/emails/send")]
    [InlineData("send", "GET", "/v1/inbox?mailbox=agent@multimail.localhost")]
    [InlineData("read", "POST", "/v1/emails/tags")]
    [InlineData("read", "GET", "/v1/pending/{msg}")]
    [InlineData("read,send", "POST", "/v1/pending/{msg}/approve")]
    [InlineData("admin", "POST", "/v1/emails/send")]
    [InlineData("operator", "POST", "/v1/emails/send")]
    public async Task A_key_without_the_scope_is_403(string scopes, string method, string path)
    {
        await using var web = await WebHouse.OpenAsync();
        var message = (await (await web.RestAsync("read,send")).SendMailAsync())["message_id"]!;
        var key = await web.RestAsync(scopes);
        var body = path switch
        {
            "/v1/emails/send" => new { from = Addresses.Agent, to = Addresses.Person, subject = "S", text = "T" },
            "/v1/emails/tags" => new { message_ids = new[] { message }, set = new { a = "b" } },
            _ => (object?)null,
        };

        var target = path.Replace("{msg}", message, StringComparison.Ordinal);
        var answer = method == "GET" ? await key.GetAsync(target) : await key.PostAsync(target, body);

        answer.IsProblem(HttpStatusCode.Forbidden, "scope_missing");
    }
}
