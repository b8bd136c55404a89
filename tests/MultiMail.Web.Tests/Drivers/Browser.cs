using System.Text.RegularExpressions;

namespace MultiMail.Web.Tests.Drivers;

/// <summary>A browser without script: keeps cookies by name, fills in the forms it was shown, does not follow redirects.</summary>
public sealed partial class Browser(HttpClient http)
{
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public Task<Page> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);

    public Task<Page> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, params (string Name, string Value)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) }, headers);

    /// <summary>Sends the page's form for <paramref name="action"/> with its hidden fields and what is typed in.</summary>
    public Task<Page> SubmitAsync(Page page, string action, params (string Name, string Value)[] typed)
    {
        var fields = page.Form(action);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return PostAsync(action, fields);
    }

    private async Task<Page> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using (request)
        {
            if (Cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
            }

            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var set = response.Headers.TryGetValues("Set-Cookie", out var values) ? values.ToList() : [];
            foreach (var cookie in set)
            {
                Keep(cookie);
            }

            return new Page(
                response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers,
                response.Headers.Location?.ToString(), set);
        }
    }

    private void Keep(string cookie)
    {
        var match = CookiePattern().Match(cookie);
        if (match.Groups["value"].Length == 0)
        {
            Cookies.Remove(match.Groups["name"].Value);
        }
        else
        {
            Cookies[match.Groups["name"].Value] = match.Groups["value"].Value;
        }
    }

    [GeneratedRegex("^(?<name>[^=]+)=(?<value>[^;]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CookiePattern();
}
