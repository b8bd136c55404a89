using System.CommandLine;
using System.Text;
using MultiMail.Core.Identity;
using MultiMail.Mail;
using MultiMail.Mcp.Hosting;
using MultiMail.TransparencyLog;

namespace MultiMail.Mcp.Commands;

/// <summary>What <c>verify</c> is given, and the files behind it.</summary>
internal sealed class VerifyOptions
{
    public Argument<FileInfo> File { get; } = new("FILE.eml") { Description = "The message as it was received, header and all" };

    public Option<FileInfo?> Keys { get; } = new("--keys") { Description = "Public keys of the installation that sent it: its /.well-known/jwks.json", HelpName = "JWKS" };

    public Option<FileInfo?> DkimKeys { get; } = new("--dkim-keys") { Description = "DKIM keys instead of DNS; a line each: sel._domainkey.example.org v=DKIM1; …", HelpName = "FILE" };

    public Option<string?> Recipient { get; } = new("--rcpt") { Description = "Who got this copy: a copy made for somebody else then fails", HelpName = "ADDRESS" };

    public Option<FileInfo?> Proof { get; } = new("--proof") { Description = "Proof from the sender's audit log; its .leaf lies beside it", HelpName = "FILE.tlog-proof" };

    public Option<FileInfo?> VerifierKeys { get; } = new("--vkeys") { Description = "Verifier keys of logs that you trust, one a line", HelpName = "FILE" };

    public Option<bool> Offline { get; } = new("--offline") { Description = "Ask no DNS; DKIM is checked only with --dkim-keys" };

    public IEnumerable<Option> All => [Keys, DkimKeys, Recipient, Proof, VerifierKeys, Offline];

    /// <exception cref="SetupException">A file cannot be read or is not what it must be.</exception>
    public async Task<(byte[] Message, VerificationWish Wish)> ReadAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var message = await BytesAsync(parse.GetRequiredValue(File), cancellationToken);
        if (message.Length > MailVerification.MaxBytes)
        {
            throw new SetupException($"The message has more than {MailVerification.MaxBytes} bytes.", "Name a smaller message.");
        }

        var dns = parse.GetValue(DkimKeys) is { } keys
            ? DkimKeyFile.Parse(await TextAsync(keys, cancellationToken))
            : parse.GetValue(Offline) ? null : Outside.Dns();
        return (message, new VerificationWish(
            await IssuersAsync(parse.GetValue(Keys), cancellationToken), parse.GetValue(Recipient), await ProofAsync(parse, cancellationToken), dns));
    }

    private static async Task<IReadOnlyList<IssuerKey>?> IssuersAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        return JsonWebKeys.TryParse(await BytesAsync(file, cancellationToken), out var keys, out var fault)
            ? keys
            : throw new SetupException($"The file {file} is no key set: {fault}.", "Save the sender's https://…/.well-known/jwks.json and name that file.");
    }

    private async Task<LogProof?> ProofAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(Proof) is not { } proof || parse.GetValue(VerifierKeys) is not { } trusted)
        {
            return null;
        }

        var leaf = new FileInfo(Path.ChangeExtension(proof.FullName, ".leaf"));
        var vkeys = (await TextAsync(trusted, cancellationToken)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (vkeys.Length == 0 || vkeys.Any(key => !NoteVerifier.TryParse(key, out _)))
        {
            throw new SetupException($"The file {trusted} has no valid verifier key, or a line that is none.", "Name the log.vkey that the sender's log is known by.");
        }

        return new LogProof(await BytesAsync(leaf, cancellationToken), await TextAsync(proof, cancellationToken), vkeys);
    }

    private static async Task<string> TextAsync(FileInfo file, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await BytesAsync(file, cancellationToken));

    private static async Task<byte[]> BytesAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return await System.IO.File.ReadAllBytesAsync(file.FullName, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The file {file} cannot be read: {e.Message}", "Name a file that exists and that you may read.", e);
        }
    }
}

/// <summary>DKIM keys from a file, for those who have no DNS or want none asked.</summary>
internal sealed class DkimKeyFile : IDnsResolver
{
    private readonly Dictionary<string, string> _records = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lines of a name, a blank and the text of its record; empty ones and those that begin with # are passed over.</summary>
    public static DkimKeyFile Parse(string text)
    {
        var file = new DkimKeyFile();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            var pair = line.Split((char[])[' ', '\t'], 2, StringSplitOptions.TrimEntries);
            if (pair is [var name, var record])
            {
                file._records[name.TrimEnd('.')] = record.StartsWith("TXT ", StringComparison.Ordinal) ? record[4..].Trim() : record;
            }
        }

        return file;
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(type is DnsType.Text && _records.TryGetValue(name, out var record) ? DnsAnswer.Found(record) : DnsAnswer.None(DnsOutcome.NoSuchName));
    }
}
