using System.Diagnostics;

namespace MultiMail.Testing;

/// <summary>
/// The log verifier in Go, built once per process from our small program and Debian's golang.org/x/mod, without
/// network: an implementation of the log's formats that is not ours.
/// </summary>
public static class GoVerifier
{
    private const string Libraries = "/usr/share/gocode";

    private static readonly string? Go = Require.Program("go", "/usr/lib/go/bin/go");

    private static readonly Lazy<string> Executable = new(Build);

    /// <summary>Go and the library's sources are there (Debian: golang-go, golang-golang-x-mod-dev).</summary>
    public static bool Available => Go is not null && Directory.Exists($"{Libraries}/src/golang.org/x/mod/sumdb");

    /// <summary>Skips the running test aloud where Go is missing.</summary>
    public static void Needed() => Require.That(Available, "go", "needs golang-go and golang-golang-x-mod-dev");

    /// <summary>Runs <c>logverify DIR</c>: exit code 0 if everything in the folder verifies, and its lines.</summary>
    public static (int ExitCode, string Output) Verify(string directory) => Run(Executable.Value, [directory]);

    private static string Build()
    {
        var folder = Directory.CreateTempSubdirectory("logverify-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var program = Path.Combine(folder, "logverify");
        var source = Path.Combine(Repository.Root, "tests", "MultiMail.TransparencyLog.Tests", "go", "logverify", "main.go");
        var (exitCode, output) = Run(Go!, ["build", "-o", program, source]);
        Assert.True(exitCode == 0, output);
        return program;
    }

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = $"{Path.GetTempPath()}:{Libraries}";
        start.Environment["GOCACHE"] = Path.Combine(Path.GetTempPath(), "multimail-go-cache");
        start.Environment["GOFLAGS"] = "";
        start.Environment["GOTOOLCHAIN"] = "local";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
