using System.Text.RegularExpressions;

namespace Scenarios.Architecture;

/// <summary>What the project files cannot say: a type named without a reference of one's own, through someone else's.</summary>
public sealed partial class NamespaceTests
{
    public static TheoryData<string, string> Foreign => new()
    {
        { "MultiMail.Mail", "MultiMail.(Core|TransparencyLog|Storage|Web|Mcp)" },
        { "MultiMail.TransparencyLog", "MultiMail.(Core|Mail|Storage|Web|Mcp)" },
        { "MultiMail.Core", "(MultiMail.(Storage|Web|Mcp)|MimeKit|MailKit|AngleSharp|Ganss|Microsoft.Data|SQLitePCL|Microsoft.AspNetCore|ModelContextProtocol|System.Net.Sockets)" },
        { "MultiMail.Storage", "(MultiMail.(Mail|Web|Mcp)|MimeKit|MailKit|AngleSharp|Microsoft.AspNetCore|ModelContextProtocol)" },
        { "MultiMail.Web", "(MultiMail.(Storage|Mcp)|MimeKit|MailKit|AngleSharp|Microsoft.Data|SQLitePCL|ModelContextProtocol)" },
        { "MultiMail.Mcp", "(MimeKit|MailKit|AngleSharp|Ganss|Microsoft.Data|SQLitePCL)" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void No_file_names_a_namespace_that_its_project_must_not_know(string project, string foreign)
    {
        var use = new Regex($@"(^\s*(global\s+)?using\s+(static\s+)?|@using\s+|global::){foreign.Replace(".", @"\.", StringComparison.Ordinal)}\b", RegexOptions.Multiline, TimeSpan.FromSeconds(5));
        Assert.Empty(Sources.Of(project).Where(s => use.IsMatch(s.Text)).Select(s => s.File));
    }

    [Fact]
    public void Every_file_is_in_a_namespace_of_its_own_project()
    {
        var wrong = Sources.Projects().SelectMany(project => Sources.Of(project)
            .Where(s => Namespace().Match(s.Text) is { Success: true } match && !InProject(match.Groups["name"].Value, project))
            .Select(s => s.File));
        Assert.Empty(wrong);
    }

    private static bool InProject(string name, string project) =>
        name == project || name.StartsWith(project + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)\s*;", RegexOptions.Multiline, 1000)]
    private static partial Regex Namespace();
}
