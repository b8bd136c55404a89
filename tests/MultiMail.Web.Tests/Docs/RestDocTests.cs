using Microsoft.AspNetCore.Routing;

namespace MultiMail.Web.Tests.Docs;

public sealed class RestDocTests
{
    [Fact]
    public async Task The_document_and_the_server_have_the_same_routes()
    {
        await using var web = await WebHouse.OpenAsync();
        var served = web.Routes
            .Where(r => r.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(r => r.Metadata.OfType<HttpMethodMetadata>().Single().HttpMethods.Select(m => $"{m} {r.RoutePattern.RawText}"))
            .Order(StringComparer.Ordinal);

        var described = File.ReadLines(Path.Combine(Repository.Root, "docs", "rest.md"))
            .Where(l => l.StartsWith("### ", StringComparison.Ordinal))
            .Select(l => l[4..].Trim('`', ' '))
            .Order(StringComparer.Ordinal);

        Assert.Equal(served, described);
    }
}
