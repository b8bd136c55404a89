using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace MultiMail.Web.Tests.Drivers;

/// <summary>What the browser got: a page, or a redirect to <paramref name="Location"/>.</summary>
public sealed partial record Page(HttpStatusCode Status, string Html, HttpResponseHeaders Headers, string? Location, IReadOnlyList<string> SetCookies)
{
    /// <summary>The page's text as a person reads it.</summary>
    public string Text => WebUtility.HtmlDecode(Tags().Replace(Html, " "));

    public bool HasForm(string action) => FormHtml(action) is not null || Html.Contains($"formaction=\"{action}\"", StringComparison.Ordinal);

    /// <summary>The hidden fields of the form that posts to <paramref name="action"/>, by its own action or by a button's.</summary>
    public Dictionary<string, string> Form(string action)
    {
        var form = FormHtml(action) ?? Forms().Matches(Html).Select(m => m.Value).FirstOrDefault(f => f.Contains($"formaction=\"{action}\"", StringComparison.Ordinal));
        Assert.True(form is not null, $"No form posts to {action}:\n{Html}");
        return Hidden().Matches(form).ToDictionary(
            m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
    }

    private string? FormHtml(string action) =>
        Forms().Matches(Html).Select(m => m.Value).FirstOrDefault(f => f.Contains($" action=\"{action}\"", StringComparison.Ordinal));

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();
}
