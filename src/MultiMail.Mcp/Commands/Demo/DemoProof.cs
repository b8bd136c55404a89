using MultiMail.TransparencyLog;

namespace MultiMail.Mcp.Commands.Demo;

/// <summary>The last step: the message's history, checked as a stranger would, from text and public key alone.</summary>
internal sealed class DemoProof(DemoStage stage, Narrator narrator)
{
    public async Task CheckAsync(string messageId, CancellationToken cancellationToken)
    {
        narrator.Step("The message's history is proved from the audit log's signed checkpoint, as a stranger would check it.");
        var proof = await stage.Node.Audit.ProveAsync(stage.Person, messageId, cancellationToken);
        DemoException.Unless(proof.Leaves.Count > 0, "the message has no leaves.");
        DemoException.Unless(NoteVerifier.TryParse(proof.VerifierKey, out var key), "the log's key is not one.");
        foreach (var leaf in proof.Leaves)
        {
            DemoException.Unless(TlogProof.TryParse(leaf.TlogProof, out var text) && text.Verify(leaf.Leaf, key), $"leaf {leaf.Index} does not verify.");
            byte[] forged = [.. leaf.Leaf];
            forged[0] ^= 1;
            DemoException.Unless(!text.Verify(forged, key), $"a forged leaf {leaf.Index} verifies.");
            narrator.Saw($"leaf {leaf.Index} {leaf.Event}: proved; with one bit changed: refused");
        }

        var whole = await stage.Node.Audit.VerifyAsync(stage.Person, oldCheckpoint: null, cancellationToken);
        narrator.Saw($"the whole log: {whole.Size} leaves, {whole.Checkpoints} checkpoints, {whole.Faults.Count} faults");
        DemoException.Unless(whole.Ok, "the log does not verify.");
    }
}
