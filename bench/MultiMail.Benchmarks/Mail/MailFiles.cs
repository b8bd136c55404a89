using System.Text.Json;

namespace MultiMail.Benchmarks.Mail;

/// <summary>The messages of a manifest: a JSON list of <c>{"id", "file"}</c>, files relative to it.</summary>
internal static class MailFiles
{
    public static async Task<IReadOnlyList<MailFile>> OfManifestAsync(string manifest)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        using var list = JsonDocument.Parse(await File.ReadAllBytesAsync(manifest).ConfigureAwait(false));
        var files = new List<MailFile>();
        foreach (var item in list.RootElement.EnumerateArray())
        {
            var file = item.GetProperty("file").GetString()!;
            var id = item.TryGetProperty("id", out var given) ? given.GetString()! : Path.GetFileNameWithoutExtension(file);
            files.Add(new MailFile(id, await File.ReadAllBytesAsync(Path.Combine(folder, file)).ConfigureAwait(false)));
        }

        return files;
    }
}

internal sealed record MailFile(string Id, byte[] Raw);
