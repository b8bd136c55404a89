using System.Net.Http.Headers;
using System.Text;

namespace MultiMail.Web.Tests.Drivers;

/// <summary>Calls REST with one key.</summary>
public sealed class RestClient(HttpClient http, string? key)
{
    public Task<RestAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<RestAnswer> PostAsync(string path, object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : Json(body is string text ? text : JsonSerializer.Serialize(body)), headers);

    public Task<RestAnswer> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, Json(JsonSerializer.Serialize(body)));

    public async Task<RestAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await RestAnswer.OfAsync(response);
    }

    /// <summary>Agent to person, inside this server.</summary>
    public Task<RestAnswer> SendMailAsync(string subject = "Hello", string text = "Hi.", string? idempotencyKey = null) => PostAsync(
        "/v1/emails/send",
        new { from = Addresses.Agent, to = Addresses.Person, subject, text, idempotency_key = idempotencyKey });

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");
}

public static class Addresses
{
    public const string Agent = "agent@multimail.localhost";
    public const string Person = "you@multimail.localhost";
}
