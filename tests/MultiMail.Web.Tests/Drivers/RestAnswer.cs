using System.Net.Http.Headers;

namespace MultiMail.Web.Tests.Drivers;

public sealed record RestAnswer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? ContentType)
{
    public JsonElement Body => JsonDocument.Parse(Text).RootElement;

    public string? Code => this["code"];

    /// <summary>Field and code of every violation, in order.</summary>
    public IReadOnlyList<(string Field, string Code)> Violations =>
        [.. Body.GetProperty("violations").EnumerateArray().Select(v => (v.GetProperty("field").GetString()!, v.GetProperty("code").GetString()!))];

    public string? this[string name] => Body.TryGetProperty(name, out var value) ? value.ToString() : null;

    public static async Task<RestAnswer> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Headers,
        response.Content.Headers.ContentType?.ToString());

    /// <summary>A problem as RFC 9457 and the contract have it, of this status and code.</summary>
    public RestAnswer IsProblem(HttpStatusCode status, string code)
    {
        Assert.True(status == Status && code == Code, $"Expected {(int)status} {code}, got {(int)Status}: {Text}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal((int)status, Body.GetProperty("status").GetInt32());
        Assert.All(["type", "title", "detail", "fix", "docs"], name => Assert.False(string.IsNullOrWhiteSpace(this[name]), name));
        Assert.Equal(Headers.GetValues("X-Request-Id").Single(), this["request_id"]);
        return this;
    }

    public RestAnswer Is(HttpStatusCode status)
    {
        Assert.True(status == Status, $"Expected {(int)status}, got {(int)Status}: {Text}");
        Assert.Single(Headers.GetValues("X-Request-Id"));
        return this;
    }
}
