using Interop.Driving;
using MultiMail.Testing;

namespace Interop.Signatures;

/// <summary>DKIM verifiers that are not ours, over messages in a folder of the test's own.</summary>
internal sealed class DkimVerifiers : IDisposable
{
    private const string GoLibraries = "/usr/share/gocode";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimail-dkim-");
    private readonly List<string> _files = [];

    public static string? Go { get; } = Require.Program("go", "/usr/lib/go/bin/go");

    public static void Needed() => Require.That(
        Require.Program("opendkim", "/usr/sbin/opendkim") is not null && File.Exists("/usr/lib/python3/dist-packages/dkim/__init__.py") &&
        File.Exists("/usr/share/perl5/Mail/DKIM/Verifier.pm") && Directory.Exists($"{GoLibraries}/src/github.com/emersion/go-msgauth/dkim") && Go is not null,
        "dkim",
        "needs opendkim, python3-dkim, libmail-dkim-perl and golang-github-emersion-go-msgauth-dev");

    public void Add(string name, byte[] message)
    {
        var path = Path.Combine(_folder.FullName, name + ".eml");
        File.WriteAllBytes(path, message);
        _files.Add(path);
    }

    /// <summary>What each verifier says of each message, by verifier.</summary>
    /// <param name="records">Name and text of the TXT records.</param>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, bool>>> RunAsync(params IEnumerable<(string Name, string Text)> records)
    {
        var keys = Path.Combine(_folder.FullName, "keys");
        await File.WriteAllLinesAsync(keys, records.Select(record => $"{record.Name} {record.Text}"), TestContext.Current.CancellationToken);
        var program = Path.Combine(_folder.FullName, "gomsgauth");
        (await Executable.RunAsync(Go!, GoEnvironment, "build", "-o", program, Script("gomsgauth/main.go"))).Good(); // Needed() was asked first
        return new Dictionary<string, IReadOnlyDictionary<string, bool>>(StringComparer.Ordinal)
        {
            ["dkimpy"] = await RunAsync("/usr/bin/python3", [Script("dkimpy.py"), keys]),
            ["Mail::DKIM"] = await RunAsync("perl", [Script("maildkim.pl"), keys]),
            ["OpenDKIM"] = await RunAsync("sh", [Script("opendkim.sh"), keys]),
            ["go-msgauth"] = await RunAsync(program, [keys]),
        };
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Dictionary<string, string> GoEnvironment => new(StringComparer.Ordinal)
    {
        ["GO111MODULE"] = "off",
        ["GOPATH"] = $"{Path.GetTempPath()}:{GoLibraries}",
        ["GOCACHE"] = Path.Combine(Path.GetTempPath(), "multimail-go-cache"),
        ["GOFLAGS"] = string.Empty,
        ["GOTOOLCHAIN"] = "local",
    };

    private static string Script(string name) => Path.Combine(Repository.ProjectDirectory(), "Signatures", "verifiers", name);

    private async Task<IReadOnlyDictionary<string, bool>> RunAsync(string program, IEnumerable<string> first)
    {
        var told = (await Executable.RunAsync(program, new Dictionary<string, string>(StringComparer.Ordinal), [.. first, .. _files])).Good();
        return told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(pair => Path.GetFileNameWithoutExtension(pair[0]), pair => pair[1] == "pass", StringComparer.Ordinal);
    }
}
