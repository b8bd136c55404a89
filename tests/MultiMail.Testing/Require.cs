namespace MultiMail.Testing;

/// <summary>
/// Tests that need something from outside skip aloud without it. Where <c>MULTIMAIL_REQUIRE</c> names the group
/// (comma separated, as CI does for what it installs), the same lack is a failure.
/// </summary>
public static class Require
{
    public static void That(bool present, string group, string why)
    {
        if (present)
        {
            return;
        }

        var required = Environment.GetEnvironmentVariable("MULTIMAIL_REQUIRE")?.Split(',') ?? [];
        Assert.False(required.Contains(group, StringComparer.Ordinal), $"{group} is required here, but: {why}");
        Assert.Skip(why);
    }

    /// <summary>The full path of a program on PATH or at one of the given places; null when it is not there.</summary>
    public static string? Program(string name, params string[] places) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .Concat(places)
            .FirstOrDefault(File.Exists);
}
