using MultiMail.Core.Identity;
using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;

namespace MultiMail.Web.Tests;

public sealed class WellKnownTests
{
    [Fact]
    public async Task Strangers_find_the_keys_and_verify_with_them()
    {
        await using var web = await WebHouse.OpenAsync();
        var bytes = await DeliveredAsync(web);
        using var answer = await web.Http.GetAsync("/.well-known/jwks.json", TestContext.Current.CancellationToken);
        Assert.Equal("application/jwk-set+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("public, max-age=300", answer.Headers.CacheControl?.ToString());
        var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(body);
        var key = json.RootElement.GetProperty("keys")[0];
        Assert.Equal("active", key.GetProperty("status").GetString());
        Assert.False(key.TryGetProperty("d", out _));
        Assert.True(JsonWebKeys.TryParse(body, out var keys, out _));
        Assert.Equal(Verification.Verified, IdentityVerifier.Verify(bytes, new VerificationBasis { Keys = keys }).Overall);

        var current = await new RestClient(web.Http, null).GetAsync("/.well-known/multimail-signing-key");
        Assert.Equal(key.GetProperty("kid").GetString(), current.Body.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task Retired_and_revoked_keys_stay_with_what_became_of_them()
    {
        await using var web = await WebHouse.OpenAsync();
        await DeliveredAsync(web);
        var kid = (await web.Node.SigningKeys.PublishedAsync(CancellationToken.None))[0].Kid;
        await web.Node.SigningKeys.RevokeAsync(web.House.Person, kid, null, "laptop stolen", CancellationToken.None);
        var keys = (await new RestClient(web.Http, null).GetAsync("/.well-known/jwks.json")).Body.GetProperty("keys");
        Assert.Equal(2, keys.GetArrayLength());
        var revoked = keys.EnumerateArray().Single(key => key.GetProperty("kid").GetString() == kid);
        Assert.Equal(("revoked", "laptop stolen"), (revoked.GetProperty("status").GetString(), revoked.GetProperty("reason").GetString()));
        Assert.Equal(web.House.Clock.GetUtcNow().ToUnixTimeSeconds(), revoked.GetProperty("revoked_at").GetInt64());
    }

    [Fact]
    public async Task Before_the_first_mail_there_is_no_key()
    {
        await using var web = await WebHouse.OpenAsync();
        var client = new RestClient(web.Http, null);
        Assert.Equal(0, (await client.GetAsync("/.well-known/jwks.json")).Body.GetProperty("keys").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/.well-known/multimail-signing-key")).Status);
    }

    [Fact]
    public async Task The_state_of_an_agent_is_told_by_its_name_alone()
    {
        await using var web = await WebHouse.OpenAsync();
        var client = new RestClient(web.Http, null);
        var known = await client.GetAsync("/.well-known/multimail/agents/agent");
        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.Equal("active", known.Body.GetProperty("status").GetString());
        Assert.Equal("My MultiMail", known.Body.GetProperty("operator").GetString());
        foreach (var unknown in new[] { "nobody", "Agent", "agent%40multimail.localhost", "%2e%2e", new string('a', 500) })
        {
            var answer = await client.GetAsync($"/.well-known/multimail/agents/{unknown}");
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.Status, answer.Body.GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task Names_cannot_be_guessed_through()
    {
        await using var web = await WebHouse.OpenAsync();
        var client = new RestClient(web.Http, null);
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/.well-known/multimail/agents/a{i}")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/.well-known/multimail/agents/agent")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/.well-known/jwks.json")).Status);
        web.House.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/.well-known/multimail/agents/agent")).Status);
    }

    [Fact]
    public async Task A_message_is_verified_over_rest()
    {
        await using var web = await WebHouse.OpenAsync();
        var bytes = await DeliveredAsync(web);
        var client = await web.RestAsync("read");
        var good = await PostAsync(client, bytes);
        Assert.Equal("verified", good.Body.GetProperty("overall").GetString());
        Assert.Equal("agent", good.Body.GetProperty("claims").GetProperty("agent_id").GetString());
        Assert.Equal("human", good.Body.GetProperty("claims").GetProperty("approval").GetString());

        var longer = await PostAsync(client, [.. bytes, .. "more\r\n"u8]);
        Assert.Equal("signed_but_modified", longer.Body.GetProperty("overall").GetString());
        var stranger = await PostAsync(client, bytes, "/v1/verify?rcpt=mallory@example.org");
        Assert.Equal("invalid", stranger.Body.GetProperty("overall").GetString());
        Assert.Equal("invalid", (await PostAsync(client, "hello"u8.ToArray())).Body.GetProperty("overall").GetString());
        Assert.Equal("invalid", (await PostAsync(client, [])).Body.GetProperty("overall").GetString());
    }

    [Fact]
    public async Task Verification_needs_a_key_a_message_and_a_measure()
    {
        await using var web = await WebHouse.OpenAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(new RestClient(web.Http, null), [])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(await web.RestAsync("send"), [])).Status);
        var client = await web.RestAsync("read");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/v1/verify", new { })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, [], "/v1/verify?recipient=x")).Status);
        // It is refused by its announced length, before a byte of it is sent.
        var large = new ByteArrayContent(new byte[MailVerification.MaxBytes + 1]);
        large.Headers.ContentType = new("message/rfc822");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.SendAsync(HttpMethod.Post, "/v1/verify", large, ("Expect", "100-continue"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, [.. "\r\n"u8, .. new byte[MailVerification.MaxBytes - 2]])).Status);
    }

    [Fact]
    public async Task A_header_of_megabytes_is_not_taken_apart()
    {
        await using var web = await WebHouse.OpenAsync();
        var client = await web.RestAsync("read");
        var fields = string.Concat(Enumerable.Repeat("a:\r\n", 300_000));
        var refused = await PostAsync(client, System.Text.Encoding.ASCII.GetBytes(fields + "\r\nx\r\n"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "message_too_large"), (refused.Status, refused.Body.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("2001:db8::{0:x}", 1)]
    [InlineData("::ffff:192.0.2.7", 1)]
    [InlineData("192.0.2.{0}", 100)]
    public void A_site_with_many_addresses_asks_as_one(string address, int askers)
    {
        var limiter = new MultiMail.Web.WellKnown.AgentLimiter(TimeProvider.System);
        var asked = Enumerable.Range(1, 100).Count(i => limiter.Ask(System.Net.IPAddress.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, i))) is null);
        Assert.Equal(Math.Min(100, askers * 30), asked);
    }

    private static Task<RestAnswer> PostAsync(RestClient client, byte[] message, string path = "/v1/verify")
    {
        var content = new ByteArrayContent(message);
        content.Headers.ContentType = new("message/rfc822");
        return client.SendAsync(HttpMethod.Post, path, content);
    }

    private static async Task<byte[]> DeliveredAsync(WebHouse web)
    {
        var receipt = await web.Node.Submissions.SendAsync(
            web.House.Agent, new Submission { From = Addresses.Agent, To = [Addresses.Person], Subject = "Hello", Text = "Hi." }, CancellationToken.None);
        await web.Node.Decisions.ApproveAsync(web.House.Person, new DecisionRequest(receipt.MessageId, null, null), CancellationToken.None);
        await web.House.DeliverAsync();
        var list = await web.Node.Inbox.ListAsync(web.House.Person, new InboxRequest { Mailbox = Addresses.Person }, CancellationToken.None);
        Assert.True(web.Node.Ids.TryParse<MultiMail.Core.Ids.MessageId>(list.Messages[0].MessageId, out var id));
        var message = await web.Node.Store.MessageAsync(web.House.Person.Account, id, CancellationToken.None);
        return (await web.Node.Store.RawAsync(web.House.Person.Account, message!.RawSha256, CancellationToken.None))!; // it was just listed
    }
}
