namespace MultiMail.Mcp.Hosting;

/// <summary>
/// Where an installation lives: database, master key, settings, logs. Only its owner may look inside, and whoever can
/// open it is a person by definition (see docs/threat-model.md).
/// </summary>
internal sealed class DataFolder
{
    public const string Variable = "MULTIMAIL_DATA";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => Root = path;

    public string Root { get; }

    public string DatabasePath => Path.Combine(Root, "multimail.db");

    public string MasterKeyPath => Path.Combine(Root, "master.key");

    public string SettingsPath => Path.Combine(Root, "multimail.json");

    public string LogFolder => Path.Combine(Root, "logs");

    /// <summary>This user's own folder: any process finds it without being told.</summary>
    public bool IsPlatformDefault { get; private init; }

    /// <summary>Named by <c>--data</c>: a command in the same shell must name it again.</summary>
    public bool IsNamed { get; private init; }

    /// <summary>Chooses the folder without touching the disk: <paramref name="option"/>, then the environment, then the platform's.</summary>
    public static DataFolder Choose(string? option, IReadOnlyDictionary<string, string> environment)
    {
        var chosen = option ?? environment.GetValueOrDefault(Variable);
        return string.IsNullOrWhiteSpace(chosen)
            ? new DataFolder(PlatformDefault()) { IsPlatformDefault = true }
            : new DataFolder(Path.GetFullPath(chosen)) { IsNamed = option is not null };
    }

    /// <summary>Makes the folder if it is missing, for its owner alone.</summary>
    /// <exception cref="SetupException">It cannot be made or written.</exception>
    public void Create()
    {
        try
        {
            MakeOwnersOnly(Root);
            MakeOwnersOnly(LogFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"The data folder {Root} cannot be used: {e.Message}",
                $"Make it writable for this user, or choose another with --data DIR or {Variable}.",
                e);
        }
    }

    private static void MakeOwnersOnly(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            // The profile folder's own access list already keeps other users out.
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    private static string PlatformDefault()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? Path.Combine(home, "multimail")
            : throw new SetupException("This user has no home folder to keep data in.", $"Choose a folder with --data DIR or {Variable}.");
    }
}
