using System.Text.Json;

namespace Interop.Driving;

/// <summary>A data folder of its own, made by <c>init</c>, and the person at its terminal.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string AgentAddress = "agent@multimail.localhost";
    public const string PersonAddress = "you@multimail.localhost";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimail-interop-");

    private Installation()
    {
    }

    public string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>What every process of this installation is started with; any free port.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MULTIMAIL_DATA"] = Data,
        ["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0",
    };

    public static async Task<Installation> CreateAsync()
    {
        var made = new Installation();
        await made.TypeAsync("init");
        return made;
    }

    /// <summary>Runs one verb of the command line and returns what it printed.</summary>
    public async Task<string> TypeAsync(params IEnumerable<string> arguments) =>
        (await Executable.RunAsync(Executable.MultiMail, Environment, arguments)).Good();

    /// <summary>A new key's secret.</summary>
    /// <param name="mailbox">The only mailbox that it opens; null = all.</param>
    public async Task<string> KeyAsync(string? mailbox = null)
    {
        string[] only = mailbox is null ? [] : ["--mailbox", mailbox];
        var printed = await TypeAsync(["key", "create", "--name", "interop", "--scopes", "read,send", .. only, "--json"]);
        using var key = JsonDocument.Parse(printed);
        return key.RootElement.GetProperty("key").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
