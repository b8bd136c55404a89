using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MultiMail.Storage.Sqlite;

/// <summary>
/// Raw mail above <see cref="InlineMost"/> bytes: one file per content at <c>account/ab/sha256</c>. A file is whole and
/// durable before a row names it; one that no row names is left over from a unit that failed.
/// </summary>
internal sealed partial class BlobFiles(string folder)
{
    /// <summary>Up to here the bytes lie in the row: faster to write and to read than a file.</summary>
    public const int InlineMost = 256 * 1024;

    public void Store(AccountId account, byte[] sha256, byte[] bytes)
    {
        var path = PathOf(account, sha256);
        if (File.Exists(path))
        {
            return;
        }

        var home = Path.GetDirectoryName(path)!; // PathOf puts it into a folder
        MakeDurableFolder(home);
        var temporary = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
        try
        {
            using (var file = new FileStream(temporary, SqliteFiles.NewFile()))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(home);
    }

    /// <exception cref="InvalidDataException">The file is gone: like changed bytes, no reason to try again.</exception>
    public byte[] Read(AccountId account, byte[] sha256)
    {
        try
        {
            return File.ReadAllBytes(PathOf(account, sha256));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException("The stored bytes of a message are gone.", gone);
        }
    }

    /// <summary>The hashes of all files of the account.</summary>
    public IReadOnlyList<byte[]> All(AccountId account)
    {
        var home = HomeOf(account);
        return !Directory.Exists(home) ? [] :
            [.. Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!)
                .Where(n => n.Length == 2 * SHA256.HashSizeInBytes && n.All(char.IsAsciiHexDigitLower)).Select(Convert.FromHexString)];
    }

    /// <summary>Deletes the file, if there is one. Its bytes are overwritten first: where they lay, nothing of them is left.</summary>
    public void Delete(AccountId account, byte[] sha256)
    {
        var path = PathOf(account, sha256);
        if (!File.Exists(path))
        {
            return;
        }

        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            var zeroes = new byte[64 * 1024];
            for (var left = file.Length; left > 0; left -= zeroes.Length)
            {
                file.Write(zeroes, 0, (int)Math.Min(left, zeroes.Length));
            }

            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
        FlushFolder(Path.GetDirectoryName(path)!); // PathOf puts it into a folder
    }

    private string HomeOf(AccountId account) => Path.Combine(folder, account.Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));

    private string PathOf(AccountId account, byte[] sha256)
    {
        var name = Convert.ToHexStringLower(sha256);
        return Path.Combine(HomeOf(account), name[..2], name);
    }

    // A new folder is an entry in its parent, which has to reach the disk as well.
    private static void MakeDurableFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!; // the root exists
        MakeDurableFolder(parent);
        SqliteFiles.CreateFolder(path);
        FlushFolder(parent);
    }

    private static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals its directories
        }

        var descriptor = OpenFolder(path, 0, 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {path} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        }

        var failed = Flush(descriptor) != 0;
        _ = CloseFolder(descriptor);
        if (failed)
        {
            throw new IOException($"The folder {path} cannot be flushed.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFolder(int descriptor);
}
