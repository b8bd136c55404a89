using System.Xml.Linq;
using MultiMail.Testing;

namespace Scenarios.Architecture;

/// <summary>Arrows point down to Core and the pure libraries; only the executable sees both sides.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["MultiMail.Mail"] = [],
        ["MultiMail.TransparencyLog"] = [],
        ["MultiMail.Core"] = ["MultiMail.Mail", "MultiMail.TransparencyLog"],
        ["MultiMail.Storage"] = ["MultiMail.Core"],
        ["MultiMail.Web"] = ["MultiMail.Core"],
        ["MultiMail.Mcp"] = ["MultiMail.Core", "MultiMail.Storage", "MultiMail.Web"],
    };

    /// <summary>Libraries that stop in one project, by the start of their package names.</summary>
    private static readonly Dictionary<string, string> Homes = new(StringComparer.Ordinal)
    {
        ["MimeKit"] = "MultiMail.Mail",
        ["MailKit"] = "MultiMail.Mail",
        ["AngleSharp"] = "MultiMail.Mail",
        ["HtmlSanitizer"] = "MultiMail.Mail",
        ["Microsoft.Data.Sqlite"] = "MultiMail.Storage",
        ["SQLitePCLRaw"] = "MultiMail.Storage",
        ["ModelContextProtocol"] = "MultiMail.Mcp",
    };

    [Fact]
    public void Every_project_of_the_product_has_its_place_on_the_map() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Sources.Projects().Order(StringComparer.Ordinal));

    [Fact]
    public void No_project_refers_to_one_beside_or_above_it()
    {
        var wrong = Sources.Projects().SelectMany(project => References(project)
            .Where(other => !Allowed[project].Contains(other, StringComparer.Ordinal))
            .Select(other => $"{project} → {other}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_library_that_has_a_home_is_referenced_nowhere_else()
    {
        var wrong = Sources.Projects().SelectMany(project => Packages(project)
            .Where(package => Home(package) is { } home && home != project)
            .Select(package => $"{project} → {package}"));
        Assert.Empty(wrong);
    }

    private static string? Home(string package) =>
        Homes.FirstOrDefault(h => package.StartsWith(h.Key, StringComparison.Ordinal)).Value;

    private static IEnumerable<string> References(string project) => Items(project, "ProjectReference")
        .Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));

    private static IEnumerable<string> Packages(string project) => Items(project, "PackageReference");

    private static IEnumerable<string> Items(string project, string element) =>
        XDocument.Load(Path.Combine(Sources.Folder(project), $"{project}.csproj"))
            .Descendants(element)
            .Select(e => e.Attribute("Include")?.Value)
            .OfType<string>();
}

/// <summary>The product's own source files.</summary>
internal static class Sources
{
    public static string Folder(string project) => Path.Combine(Repository.Root, "src", project);

    public static IEnumerable<string> Projects() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(d => Path.GetFileName(d)!);

    public static IEnumerable<(string File, string Text)> Of(string project) =>
        Directory.EnumerateFiles(Folder(project), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(Repository.Root, f), File.ReadAllText(f)));
}
