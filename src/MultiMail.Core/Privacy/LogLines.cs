using System.Text;

namespace MultiMail.Core.Privacy;

/// <summary>
/// The process's own log files. They hold no address by intent; a line that does is overwritten in its place, so that whoever has the
/// file open writes on behind it as before.
/// </summary>
internal static class LogLines
{
    /// <returns>How many lines.</returns>
    public static int Erase(string? folder, AddressTrace trace) =>
        folder is null || !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => EraseIn(f, trace));

    private static int EraseIn(string path, AddressTrace trace)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var search = new EncodedSearch(trace);
        var erased = 0;
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n') is var end and >= 0 ? end : bytes.Length - start;
            if (search.IsIn(bytes[start..(start + length)]))
            {
                file.Position = start;
                file.Write(Encoding.ASCII.GetBytes(Erased.Word.PadRight(length)[..length]));
                erased++;
            }

            start += length + 1;
        }

        file.Flush(flushToDisk: true);
        return erased;
    }
}
