using Interop.Driving;
using MultiMail.Testing;

namespace Interop.Proofs;

/// <summary>What <c>audit prove</c> hands out about a delivered message, checked with golang.org/x/mod.</summary>
public sealed class GoProofTests
{
    [Fact]
    public async Task Go_accepts_the_history_of_a_delivered_message_and_no_other()
    {
        GoVerifier.Needed();
        await using var served = await Served.StartAsync();
        var id = await served.SubmitAsync("Offer 4711", "It stands until Friday.");
        await served.Installation.TypeAsync("pending", "approve", id);
        var end = await served.EndOfAsync(id);
        Assert.Equal("delivered", end.GetProperty("status").GetString());

        var folder = Path.Combine(served.Installation.Data, "..", "proof");
        await served.Installation.TypeAsync("audit", "prove", id, "--out", folder);
        var leaves = Directory.GetFiles(folder, "*.leaf");
        var (code, output) = GoVerifier.Verify(folder);
        Assert.True(code == 0, output);

        // Submitted, held, approved and handed over at least.
        Assert.InRange(leaves.Length, 4, 20);
        Assert.Equal(leaves.Length, output.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)));

        foreach (var leaf in leaves)
        {
            var bytes = await File.ReadAllBytesAsync(leaf, TestContext.Current.CancellationToken);
            bytes[bytes.Length / 2] ^= 0x01;
            await File.WriteAllBytesAsync(leaf, bytes, TestContext.Current.CancellationToken);
            Assert.Equal(1, GoVerifier.Verify(folder).ExitCode);
            bytes[bytes.Length / 2] ^= 0x01;
            await File.WriteAllBytesAsync(leaf, bytes, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, GoVerifier.Verify(folder).ExitCode);
    }
}
