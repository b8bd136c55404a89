using DiffPlex.Renderer;

namespace MultiMail.Testing;

/// <summary>Snapshots: a text compared with a file beside the test project. A missing file fails, everywhere.</summary>
public static class Golden
{
    /// <summary>Compares <paramref name="text"/> with <c>golden/<paramref name="name"/></c>; <c>UPDATE_GOLDEN=1</c> rewrites it.</summary>
    public static void Matches(string text, string name)
    {
        var path = Path.Combine(Repository.ProjectDirectory(), "golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        if (!File.Exists(path))
        {
            Assert.Fail($"Snapshot {name} is missing. Run with UPDATE_GOLDEN=1, read the file, commit it.");
        }

        var expected = File.ReadAllText(path);
        if (!string.Equals(expected, text, StringComparison.Ordinal))
        {
            Assert.Fail($"Snapshot {name} differs:\n{UnidiffRenderer.GenerateUnidiff(expected, text, "expected", "actual")}");
        }
    }
}
