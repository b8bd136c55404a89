using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MultiMail.Mcp.Hosting;
using Scenarios.Processes;
using Scenarios.Smtp;

namespace Scenarios.Imap;

/// <summary>
/// Mailboxes whose servers want to end the node, all in one real process: a stack that overflows or memory that runs out is
/// caught by no handler, so only a process of its own shows that it did not happen.
/// </summary>
public sealed class HostileServerTests
{
    private const long MostMemory = 512L << 20;

    /// <summary>A connection that brings nothing to an end is left within the time that a server may take to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Node_lives_and_answers_while_every_server_of_its_mailboxes_attacks()
    {
        using var folder = new ScratchFolder();
        await TypeAsync(folder, "init");
        var files = new SmtpCertificateFiles(Path.Combine(folder.Path, "server-cert.pem"), Path.Combine(folder.Path, "server-key.pem"));
        SmtpServed.WriteCertificate(files, "localhost");
        using var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var x = new string('x', 65_536);
        await using var nested = new HostileImapServer(certificate, "* 1 FETCH (BODYSTRUCTURE " + new string('(', 100_000), null);
        await using var hidden = new HostileImapServer(certificate, "* OK [FOO {200000}\r\n] x\r\n* 1 FETCH (BODYSTRUCTURE " + new string('(', 100_000), null);
        await using var line = new HostileImapServer(certificate, "* OK ", x);
        await using var literal = new HostileImapServer(certificate, "* 1 FETCH (BODY[] {4294967295}\r\n", x);
        await using var untagged = new HostileImapServer(certificate, string.Empty, string.Concat(Enumerable.Repeat("* 1 FETCH (UID 5 FLAGS ())\r\n", 2_000)));
        HostileImapServer[] servers = [nested, hidden, line, literal, untagged];
        for (var i = 0; i < servers.Length; i++)
        {
            await LinkAsync(folder, i, servers[i].Port, files.Certificate);
        }

        await using var node = Running.Start(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["MULTIMAIL_LISTEN"] = "http://127.0.0.1:0" }, "serve");
        const string Told = "MultiMail serves ";
        var told = await node.LineAsync(Told);
        using var client = new HttpClient { BaseAddress = new Uri(told[(told.IndexOf(Told, StringComparison.Ordinal) + Told.Length)..].Split(' ')[0]) };

        await Task.WhenAll(servers.Select(s => s.Shaken)).WaitAsync(Patience, TestContext.Current.CancellationToken);

        var health = await client.GetFromJsonAsync<JsonElement>("/health", TestContext.Current.CancellationToken);
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal(servers.Length, health.GetProperty("sources").EnumerateObject().Sum(s => s.Value.GetInt32()));
        Assert.False(health.GetProperty("sources").TryGetProperty("idle", out _), health.ToString());
        Assert.Equal("ok", (await client.GetFromJsonAsync<JsonElement>("/health/ready", TestContext.Current.CancellationToken)).GetProperty("status").GetString());
        using var process = Process.GetProcessById(node.Id);
        Assert.InRange(process.PeakWorkingSet64, 1, MostMemory);
    }

    private static async Task LinkAsync(ScratchFolder folder, int number, int port, string ca)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"agent{number}@hosted.example");
        var url = $"imaps://{Uri.EscapeDataString(address)}:secret@localhost:{port}/INBOX?ca={ca}";
        await TypeAsync(folder, "mailbox", "create", address, "--imap", url, "--no-check");
    }

    private static async Task TypeAsync(ScratchFolder folder, params string[] words)
    {
        await using var typed = Running.Start(folder.Path, null, words);
        var (code, error) = await typed.EndAsync();
        Assert.True(code == 0, error);
    }
}
