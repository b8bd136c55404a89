using System.Reflection;

namespace MultiMail.Testing;

/// <summary>Where the sources of the running tests lie. A deterministic build hides caller paths, so the build records them.</summary>
public static class Repository
{
    public static string Root => Path.GetFullPath(Metadata(typeof(Repository).Assembly, "RepositoryRoot"));

    /// <summary>The folder of the test project that runs.</summary>
    public static string ProjectDirectory() => Metadata(Assembly.GetEntryAssembly()!, "ProjectDirectory");

    private static string Metadata(Assembly assembly, string key) =>
        assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
