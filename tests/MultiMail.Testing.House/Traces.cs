using System.Text;

namespace MultiMail.Testing;

/// <summary>Looks for an address in every file of a folder, byte by byte and without the product's own search.</summary>
public static class Traces
{
    /// <summary>Files and forms in which the address is found; empty = nowhere.</summary>
    public static IReadOnlyList<string> Of(string folder, params string[] addresses)
    {
        var found = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var folded = Folded(bytes);
            foreach (var address in addresses)
            {
                found.AddRange(Forms(address).Where(f => folded.AsSpan().IndexOf(Folded(f.Bytes)) >= 0).Select(f => $"{Path.GetRelativePath(folder, path)}: {f.Name}"));
                found.AddRange(Base64(address).Where(f => bytes.AsSpan().IndexOf(f.Bytes) >= 0).Select(f => $"{Path.GetRelativePath(folder, path)}: {f.Name}"));
            }
        }

        return found;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Forms(string address) =>
    [
        ("UTF-8", Encoding.UTF8.GetBytes(address)),
        ("UTF-16LE", Encoding.Unicode.GetBytes(address)),
        ("UTF-16BE", Encoding.BigEndianUnicode.GetBytes(address)),
        ("quoted-printable", Encoding.UTF8.GetBytes(address.Replace("@", "=40", StringComparison.Ordinal))),
        ("URL", Encoding.UTF8.GetBytes(address.Replace("@", "%40", StringComparison.Ordinal))),
        ("JSON", Encoding.UTF8.GetBytes(address.Replace("@", "\\u0040", StringComparison.Ordinal))),
    ];

    private static IEnumerable<(string Name, byte[] Bytes)> Base64(string address) =>
        from written in new[] { address, address.ToLowerInvariant(), address.ToUpperInvariant() }.Distinct(StringComparer.Ordinal)
        from encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }
        from start in Enumerable.Range(0, 3)
        select ($"base64 of {encoding.WebName} at {start}", Encoding.ASCII.GetBytes(Middle(encoding.GetBytes(written), start)));

    // What does not depend on the bytes before and behind it.
    private static string Middle(byte[] bytes, int start)
    {
        var letters = Convert.ToBase64String([.. new byte[start], .. bytes]);
        var first = start == 0 ? 0 : start + 1;
        var last = (start + bytes.Length) * 8 / 6;
        return letters[first..last];
    }

    private static byte[] Folded(byte[] bytes) => [.. bytes.Select(b => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b)];
}
