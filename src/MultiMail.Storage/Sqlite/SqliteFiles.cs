namespace MultiMail.Storage.Sqlite;

/// <summary>Files and folders of a store: only its owner may read them, and they lie on a local disk.</summary>
internal static class SqliteFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    // Where several machines or kernels may share a file, its locks and the WAL's shared memory do not hold.
    private static readonly string[] Shared = ["nfs", "cifs", "smb", "9p", "v9fs", "fuse", "afs", "ceph", "glusterfs", "vboxsf"];

    /// <summary>Makes folder (0700) and database file (0600) where they are missing.</summary>
    /// <exception cref="InvalidOperationException">The folder is on a network or shared file system.</exception>
    public static void Prepare(string databasePath)
    {
        CreateFolder(Path.GetDirectoryName(databasePath)!); // a full path of a file has a folder
        RequireLocalDisk(databasePath);
        CreatePrivate(databasePath);
    }

    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    /// <summary>Makes an empty file for its owner alone; one that exists is never opened, because closing it would drop SQLite's locks.</summary>
    public static void CreatePrivate(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            using var created = new FileStream(path, NewFile());
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster; the file is as good as ours.
        }
    }

    public static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return options;
    }

    private static void RequireLocalDisk(string databasePath)
    {
        var fileSystem = OperatingSystem.IsWindows() ? string.Empty : new DriveInfo(Path.GetDirectoryName(databasePath)!).DriveFormat;
        if (Array.Exists(Shared, s => fileSystem.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException($"The data folder is on {fileSystem}: it must be on a local disk.");
        }
    }
}
