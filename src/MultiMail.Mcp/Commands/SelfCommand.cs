namespace MultiMail.Mcp.Commands;

/// <summary>How this very program is started again, with absolute paths: clients start it from anywhere.</summary>
internal sealed record SelfCommand(string FileName, IReadOnlyList<string> Arguments)
{
    private const string Name = "multimail";

    public static SelfCommand Find()
    {
        var host = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        return File.Exists(host)
            ? new SelfCommand(host, [])
            : new SelfCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{Name}.dll")]);
    }
}
