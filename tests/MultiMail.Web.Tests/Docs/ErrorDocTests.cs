using System.Text;
using MultiMail.Core.Errors;

namespace MultiMail.Web.Tests.Docs;

/// <summary>docs/errors.md is written from the catalogue. <c>UPDATE_GOLDEN=1</c> rewrites it.</summary>
public sealed class ErrorDocTests
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "docs", "errors.md");

    [Fact]
    public void The_document_lists_every_code_as_the_catalogue_has_it()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            File.WriteAllText(Path, Document());
        }

        Assert.True(File.Exists(Path), "docs/errors.md is missing. Run with UPDATE_GOLDEN=1, read it, commit it.");
        Assert.Equal(Document(), File.ReadAllText(Path));
    }

    [Fact]
    public void Every_link_to_the_documentation_has_its_anchor()
    {
        var text = File.ReadAllText(Path);

        Assert.All(ErrorCatalog.All, e => Assert.Contains($"<a id=\"{e.Docs.Split('#')[1]}\"></a>", text, StringComparison.Ordinal));
    }

    private static string Document()
    {
        var text = new StringBuilder(
            """
            # Errors

            A refusal says what is wrong and what to do about it. REST answers with an RFC 9457 problem, MCP with `isError: true`
            and the same `code`, `message`, `fix` and `violations`. Codes are stable; wording may change.

            ```json
            {
              "type": "urn:multimail:error:invalid_parameter",
              "title": "Invalid parameter",
              "status": 422,
              "detail": "limit is 500, which is not between 1 and 100.",
              "code": "invalid_parameter",
              "fix": "Give limit a value from 1 to 100.",
              "request_id": "3f0c…",
              "docs": "docs/errors.md#invalid_parameter",
              "violations": [
                { "code": "invalid_parameter", "field": "limit", "message": "…", "fix": "…" }
              ]
            }
            ```

            `violations` names every fault of a request at once; the problem's own `code` is that of the first. A fault on the
            server's side is `internal` and tells only the `request_id`, which the operator finds in the log. 401 comes with
            `WWW-Authenticate`, 405 with `Allow`, 429 and 503 with `Retry-After`.

            A host name that the server is not reached by gets 403 with the type `about:blank` and no code.


            """.ReplaceLineEndings("\n"));
        foreach (var group in ErrorCatalog.All.GroupBy(e => e.Status).OrderBy(g => g.Key))
        {
            text.Append("## ").Append(group.Key).Append("\n\n| code | meaning | what to do |\n|---|---|---|\n");
            foreach (var entry in group)
            {
                text.Append("| <a id=\"").Append(entry.Code).Append("\"></a>`").Append(entry.Code).Append("` | ")
                    .Append(entry.Title).Append(" | ").Append(entry.Fix).Append(" |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }
}
