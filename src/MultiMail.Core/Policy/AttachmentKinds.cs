namespace MultiMail.Core.Policy;

/// <summary>What files by their names and first bytes can do to whoever opens them.</summary>
internal static class AttachmentKinds
{
    private static readonly HashSet<string> Dangerous = new(StringComparer.OrdinalIgnoreCase)
    {
        // programs and scripts
        "exe", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta", "msi", "msp", "msix", "appx", "cpl",
        "dll", "sys", "jar", "lnk", "url", "reg", "inf", "scf", "chm", "gadget", "app", "command", "pkg", "dmg", "deb", "rpm", "apk", "sh", "desktop", "iso",
        "img", "vhd", "vhdx", "svg", "one", "xll", "application",

        // documents with macros
        "docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppam", "ppsm", "sldm",
    };

    private static readonly HashSet<string> Archives = new(StringComparer.OrdinalIgnoreCase)
    {
        "zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "ace", "arj", "lzh",
    };

    public static IEnumerable<string> RisksOf(string fileName, ReadOnlyMemory<byte> content)
    {
        // What comes after a blank, a dot or an invisible character at the end is not what a system goes by.
        var extension = fileName.TrimEnd(' ', '.', '\u200B', '\u200E', '\u200F', '\u202C').Split('.')[^1];
        if (Dangerous.Contains(extension) || IsProgram(content.Span))
        {
            yield return RiskCodes.AttachmentType;
        }
        else if (Archives.Contains(extension) || IsArchive(content.Span, extension))
        {
            yield return RiskCodes.AttachmentArchive;
        }
    }

    private static bool IsProgram(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("MZ"u8) || bytes.StartsWith("\u007fELF"u8) || bytes.StartsWith("#!"u8) ||
        bytes.StartsWith((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE]);

    // The documents of today's office programs are ZIP files, too.
    private static bool IsArchive(ReadOnlySpan<byte> bytes, string extension) =>
        (bytes.StartsWith("PK\u0003\u0004"u8) && extension is not ("docx" or "xlsx" or "pptx" or "odt" or "ods" or "odp" or "epub" or "pages" or "numbers" or "key")) ||
        bytes.StartsWith("Rar!"u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]);
}
