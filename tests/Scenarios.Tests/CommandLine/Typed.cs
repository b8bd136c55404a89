using MultiMail.Mcp.Commands;

namespace Scenarios.CommandLine;

/// <summary>Types commands into the command line of this process and keeps what it prints.</summary>
internal sealed class Typed : IDisposable
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public Typed()
    {
        Folder = Path.Combine(Directory.CreateTempSubdirectory("multimail-cli-").FullName, "data");
        _environment["MULTIMAIL_DATA"] = Folder;
    }

    /// <summary>A data folder that does not exist yet.</summary>
    public string Folder { get; }

    public string Out { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    /// <summary>Lines that stdin holds.</summary>
    public Queue<string> Input { get; } = new();

    public bool AtTerminal { get; set; }

    public void Set(string name, string value) => _environment[name] = value;

    public async Task<int> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, Stream.Null, Stream.Null, !AtTerminal, () => Input.TryDequeue(out var line) ? line : null);
        var code = await MultiMail.Mcp.Commands.CommandLine.RunAsync(args, new Shell(terminal, _environment, TimeProvider.System));
        (Out, Error) = (output.ToString(), error.ToString());
        return code;
    }

    /// <summary>Runs what must succeed.</summary>
    public async Task<string> DoneAsync(params string[] args)
    {
        var code = await RunAsync(args);
        Assert.True(code == 0, $"{string.Join(' ', args)} ended with {code}: {Error}");
        return Out;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
}
