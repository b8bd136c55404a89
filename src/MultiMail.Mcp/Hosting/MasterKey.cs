using System.Security.Cryptography;

namespace MultiMail.Mcp.Hosting;

/// <summary>The 32 bytes that seal all secrets at rest, in a file that only its owner may read.</summary>
internal static class MasterKey
{
    public const int Length = 32;

    private const string FormerSuffix = ".former";

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the key, or makes one when there is neither key nor database.</summary>
    /// <param name="databaseExists">Taken before this call: the key is always made first, so a database without it has lost its key.</param>
    /// <exception cref="SetupException">The key is lost, open to others or not one.</exception>
    public static byte[] LoadOrCreate(string path, bool databaseExists)
    {
        if (!File.Exists(path))
        {
            if (databaseExists)
            {
                throw new SetupException(
                    $"The database is there, but its master key {path} is missing, and nothing else opens the secrets in it.",
                    "Put the key file back from a backup, or name it with MULTIMAIL_MASTER_KEY_FILE.");
            }

            Create(path);
        }

        return Load(path);
    }

    /// <summary>Keys that were master keys before, newest first: 32 bytes each, one after another, in the file beside the key.</summary>
    /// <exception cref="SetupException">The file is open to others or holds a part of a key.</exception>
    public static IReadOnlyList<byte[]> Former(string path)
    {
        var former = path + FormerSuffix;
        if (!File.Exists(former))
        {
            return [];
        }

        CheckOwner(former);
        var bytes = File.ReadAllBytes(former);
        return bytes.Length % Length == 0
            ? [.. bytes.Chunk(Length)]
            : throw new SetupException($"The file {former} does not hold whole keys of {Length} bytes.", "Put the right file back from a backup.");
    }

    private static byte[] Load(string path)
    {
        CheckOwner(path);
        var key = File.ReadAllBytes(path);
        return key.Length == Length
            ? key
            : throw new SetupException($"The file {path} is not a master key: it has {key.Length} bytes instead of {Length}.", "Put the right file back from a backup.");
    }

    private static void CheckOwner(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            throw new SetupException($"Other users may read the master key {path}.", $"Run: chmod 600 {path}");
        }
    }

    /// <summary>Written whole under another name and then linked: a reader sees no half key, and of two creators one wins.</summary>
    private static void Create(string path)
    {
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Length));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
