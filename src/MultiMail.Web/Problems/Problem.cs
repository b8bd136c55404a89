using System.Text.Json.Serialization;
using MultiMail.Web.Api;

namespace MultiMail.Web.Problems;

/// <summary>RFC 9457: what went wrong, for a program and for a person. Nothing here comes from a stranger or a stack.</summary>
/// <param name="Type">RFC 9457 §3.1.1: names the kind of problem; not a link.</param>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string? Code,
    string? Fix,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string RequestId,
    string? Docs = null,
    IReadOnlyList<Violation>? Violations = null)
{
    /// <summary>Seconds, as in the header of that name.</summary>
    public int? RetryAfter { get; init; }

    public static Problem Of(HttpContext http, string code, string detail, string? fix = null, IReadOnlyList<Violation>? violations = null)
    {
        var entry = ErrorCatalog.Of(code);
        return new Problem(
            $"urn:multimail:error:{code}", entry.Title, entry.Status, detail, code, fix ?? entry.Fix, http.TraceIdentifier, entry.Docs,
            violations is { Count: > 0 } ? violations : null);
    }

    /// <summary>RFC 9457 §4.2.1: <c>about:blank</c> says no more than the status does.</summary>
    public static Problem WithoutCode(HttpContext http, int status, string title, string detail) =>
        new("about:blank", title, status, detail, Code: null, Fix: null, http.TraceIdentifier);

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.Headers.CacheControl = "no-store";
        if (Code is not null)
        {
            ProblemHeaders.Add(http, Code);
        }

        await http.Response.WriteAsJsonAsync(this, WireJson.Of<Problem>(), "application/problem+json", http.RequestAborted);
    }
}
