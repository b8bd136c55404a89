using MultiMail.Core.Messages;
using MultiMail.Mcp.Hosting;
using MultiMail.TransparencyLog;

namespace Scenarios.CommandLine;

/// <summary>Deciding and proving from the terminal, beside the node that the agent uses.</summary>
public sealed class PendingVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_sees_the_frozen_message_and_approves_it()
    {
        using var typed = new Typed();
        var id = await SubmitAsync(typed, "Offer 4711", "Shall we go ahead?");
        Assert.Contains(id, await typed.DoneAsync("pending", "list"), StringComparison.Ordinal);

        var shown = await typed.DoneAsync("pending", "show", id);
        Assert.Contains("Shall we go ahead?", shown, StringComparison.Ordinal);
        Assert.Contains("you@multimail.localhost", shown, StringComparison.Ordinal);

        var digest = shown.ReplaceLineEndings("\n").Split('\n').Single(l => l.StartsWith("Digest:", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.Contains("queued", await typed.DoneAsync("pending", "approve", id, "--digest", digest), StringComparison.Ordinal);
        Assert.Equal(1, await typed.RunAsync("pending", "approve", id));
    }

    [Fact]
    public async Task A_wrong_digest_approves_nothing()
    {
        using var typed = new Typed();
        var id = await SubmitAsync(typed, "Offer", "Text");
        Assert.Equal(1, await typed.RunAsync("pending", "approve", id, "--digest", $"sha256:{new string('0', 64)}"));
        Assert.Contains(id, await typed.DoneAsync("pending", "list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reject", "rejected")]
    [InlineData("request-changes", "draft")]
    public async Task A_decision_against_it_takes_a_reason(string verb, string status)
    {
        using var typed = new Typed();
        var id = await SubmitAsync(typed, "Offer", "Text");
        Assert.Contains(status, await typed.DoneAsync("pending", verb, id, "--reason", "wrong price"), StringComparison.Ordinal);
        await typed.DoneAsync("pending", "list");
        Assert.Contains("Nothing waits.", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proof_files_verify_from_their_bytes_and_fail_with_one_bit_changed()
    {
        using var typed = new Typed();
        var id = await SubmitAsync(typed, "Offer", "Text");
        await typed.DoneAsync("pending", "approve", id);
        var folder = Path.Combine(typed.Folder, "proofs");
        await typed.DoneAsync("audit", "prove", id, "--out", folder);

        Assert.True(NoteVerifier.TryParse((await File.ReadAllTextAsync(Path.Combine(folder, "log.vkey"), Token)).TrimEnd('\n'), out var key));
        var opening = Path.Combine(folder, $"{id}.opening.json");
        Assert.True(File.Exists(opening));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(opening)); // personal data
        }

        var proofs = Directory.GetFiles(folder, "*" + TlogProof.FileExtension);
        Assert.True(proofs.Length >= 2, "submission and approval");
        foreach (var file in proofs)
        {
            Assert.True(TlogProof.TryParse(await File.ReadAllBytesAsync(file, Token), out var proof));
            var leaf = await File.ReadAllBytesAsync(Path.ChangeExtension(file, null) + ".leaf", Token);
            Assert.True(proof.Verify(leaf, key));
            leaf[^1] ^= 1;
            Assert.False(proof.Verify(leaf, key));
        }
    }

    /// <summary>Makes the installation and lets its default agent send.</summary>
    private static async Task<string> SubmitAsync(Typed typed, string subject, string text)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = Settings.Load(DataFolder.Choose(typed.Folder, environment), environment);
        await using var host = await NodeHost.OpenAsync(settings, TimeProvider.System, Token);
        var stands = await host.Node.Installation.InitialiseAsync(null, Token);
        var agent = await host.Node.Installation.LocalAgentAsync("mcp", Token);
        var receipt = await host.Node.Submissions.SendAsync(agent, new Submission { To = [stands.PersonMailbox], Subject = subject, Text = text }, Token);
        Assert.Equal("pending", receipt.Status);
        return receipt.MessageId;
    }
}
