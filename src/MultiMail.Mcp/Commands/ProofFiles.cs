using MultiMail.Core.Audit;
using MultiMail.Mcp.Hosting;
using MultiMail.TransparencyLog;

namespace MultiMail.Mcp.Commands;

/// <summary>
/// The files of <c>audit prove</c>. A stranger needs <c>log.vkey</c> and, per leaf, <c>.tlog-proof</c> and <c>.leaf</c>
/// (the bytes that were hashed); the opening says what the commitments in them stand for.
/// </summary>
internal static class ProofFiles
{
    /// <summary>Writes all files and returns their paths.</summary>
    /// <exception cref="SetupException">The folder cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(MessageProof proof, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        try
        {
            folder.Create();
            List<string> written = [];
            foreach (var leaf in proof.Leaves)
            {
                var name = Path.Combine(folder.FullName, $"{proof.MessageId}.{leaf.Index}");
                await File.WriteAllTextAsync(name + TlogProof.FileExtension, leaf.TlogProof, cancellationToken);
                await File.WriteAllBytesAsync(name + ".leaf", leaf.Leaf, cancellationToken);
                written.Add(name + TlogProof.FileExtension);
                written.Add(name + ".leaf");
            }

            var opening = Path.Combine(folder.FullName, $"{proof.MessageId}.opening.json");
            await WritePrivateAsync(opening, proof.OpeningJson, cancellationToken);
            var key = Path.Combine(folder.FullName, "log.vkey");
            await File.WriteAllTextAsync(key, proof.VerifierKey + "\n", cancellationToken);
            return [.. written, opening, key];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The proof cannot be written to {folder.FullName}: {e.Message}", "Name a folder you may write to with --out DIR.", e);
        }
    }

    /// <summary>The opening is personal data: for its owner alone, also where an older file lay open.</summary>
    private static async Task WritePrivateAsync(string path, string text, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }
}
