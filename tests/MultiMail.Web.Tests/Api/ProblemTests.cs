using Microsoft.AspNetCore.Builder;
using MultiMail.Core.Errors;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;

namespace MultiMail.Web.Tests.Api;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("DELETE", "/v1/inbox", "GET")]
    [InlineData("GET", "/v1/emails/msg_x/reply", "POST")]
    [InlineData("PUT", "/v1/mailboxes/mbx_x", "GET, PATCH")]
    public async Task A_wrong_method_is_405_and_names_the_right_ones(string method, string path, string allowed)
    {
        await using var web = await WebHouse.OpenAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await web.Http.SendAsync(request, TestContext.Current.CancellationToken);

        (await RestAnswer.OfAsync(response)).IsProblem(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_fault_of_ours_shows_an_id_and_nothing_else()
    {
        await using var web = await WebHouse.OpenAsync(more: app => app.MapGet("/v1/broken", (Func<string>)(() => throw new InvalidOperationException("secret detail"))));

        var answer = (await new RestClient(web.Http, null).GetAsync("/v1/broken")).IsProblem(HttpStatusCode.InternalServerError, "internal");

        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        Assert.Contains(web.TakeErrors(), e => e.Contains(answer["request_id"]!, StringComparison.Ordinal) && e.Contains("secret detail", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("store_busy", "1")]
    [InlineData("storage_full", "60")]
    public async Task A_store_that_cannot_work_is_503_with_a_time_to_come_back(string code, string seconds)
    {
        await using var web = await WebHouse.OpenAsync(more: app => app.MapGet("/v1/busy", (Func<string>)(() => throw new StoreUnavailableException(code, "details"))));

        var answer = (await new RestClient(web.Http, null).GetAsync("/v1/busy")).IsProblem(HttpStatusCode.ServiceUnavailable, code);

        Assert.Equal(seconds, answer.Headers.GetValues("Retry-After").Single());
        Assert.Single(web.TakeErrors());
    }

    [Fact]
    public async Task Every_code_of_the_catalogue_becomes_a_problem_of_its_status()
    {
        string? wanted = null;
        await using var web = await WebHouse.OpenAsync(more: app => app.MapGet("/v1/refused", (Func<string>)(() => throw new RefusalException(wanted!, "No."))));
        var client = new RestClient(web.Http, null);

        foreach (var entry in ErrorCatalog.All)
        {
            wanted = entry.Code;
            var answer = (await client.GetAsync("/v1/refused")).IsProblem((HttpStatusCode)entry.Status, entry.Code);
            Assert.Equal(entry.Fix, answer["fix"]);
            Assert.Equal(entry.Status is 429 or 503, answer.Headers.Contains("Retry-After"));
            Assert.Equal(entry.Status is 401, answer.Headers.Contains("WWW-Authenticate"));
        }

        Assert.Equal(ErrorCatalog.All.Count(e => e.Status >= 500), web.TakeErrors().Count);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("[::1]")]
    public async Task A_host_that_is_not_ours_is_403_everywhere(string host)
    {
        await using var web = await WebHouse.OpenAsync();
        var client = new RestClient(web.Http, null);

        foreach (var path in new[] { "/", "/login", "/v1/inbox", "/health", "/nothing" })
        {
            var answer = await client.SendAsync(HttpMethod.Get, path, null, ("Host", host));
            Assert.Equal(HttpStatusCode.Forbidden, answer.Is(HttpStatusCode.Forbidden).Status);
            Assert.Equal("application/problem+json", answer.ContentType);
        }
    }

    [Fact]
    public async Task Request_ids_are_ours_and_new_each_time()
    {
        await using var web = await WebHouse.OpenAsync();
        var client = new RestClient(web.Http, null);

        var first = await client.SendAsync(HttpMethod.Get, "/health", null, ("X-Request-Id", "mine"));
        var second = await client.GetAsync("/health");

        Assert.NotEqual("mine", first.Headers.GetValues("X-Request-Id").Single());
        Assert.NotEqual(first.Headers.GetValues("X-Request-Id").Single(), second.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task Health_names_the_store_and_not_its_key()
    {
        await using var web = await WebHouse.OpenAsync();
        var client = new RestClient(web.Http, null);

        var health = (await client.GetAsync("/health")).Is(HttpStatusCode.OK);

        Assert.Equal("ok", health["status"]);
        Assert.Equal(MultiMailWeb.StoreName(web.Node.Store.StoreKey), health["store"]);
        Assert.Matches("^[0-9a-f]{16}$", health["store"]);
        Assert.Matches(@"^\d+\.\d+", health["version"]);
        Assert.Equal("ok", (await client.GetAsync("/health/live")).Is(HttpStatusCode.OK)["status"]);
        Assert.Equal("ok", (await client.GetAsync("/health/ready")).Is(HttpStatusCode.OK)["status"]);
    }

    [Fact]
    public async Task While_the_node_starts_it_lives_but_is_not_ready()
    {
        var starting = new NodeHandle();
        await using var web = await WebHouse.OpenAsync(starting);
        var client = new RestClient(web.Http, null);

        (await client.GetAsync("/health/live")).Is(HttpStatusCode.OK);
        (await client.GetAsync("/health/ready")).Is(HttpStatusCode.ServiceUnavailable);
        (await client.GetAsync("/health")).Is(HttpStatusCode.ServiceUnavailable);
        starting.Started(web.Node);
        (await client.GetAsync("/health/ready")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answers_about_mail_are_never_cached()
    {
        await using var web = await WebHouse.OpenAsync();
        var agent = await web.RestAsync("read,send");

        var answer = await agent.GetAsync("/v1/mailboxes");

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
    }
}
