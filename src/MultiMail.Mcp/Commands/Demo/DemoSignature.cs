using MultiMail.Core.Ids;

namespace MultiMail.Mcp.Commands.Demo;

/// <summary>The delivered message as a file: `multimail verify` accepts it, and refuses it with one word changed.</summary>
internal sealed class DemoSignature(DemoStage stage, Narrator narrator)
{
    /// <param name="receivedId">The message in the recipient's mailbox.</param>
    public async Task CheckAsync(string receivedId, CancellationToken cancellationToken)
    {
        narrator.Step("What was delivered is signed for the agent. The recipient saves it as a file and checks it (multimail verify).");
        DemoException.Unless(stage.Node.Ids.TryParse<MessageId>(receivedId, out var id), "the message's id is not one.");
        var message = await stage.Node.Store.MessageAsync(stage.Person.Account, id, cancellationToken);
        var bytes = message is null ? null : await stage.Node.Store.RawAsync(stage.Person.Account, message.RawSha256, cancellationToken);
        if (bytes is null)
        {
            throw new DemoException("the delivered message has no bytes.");
        }

        DemoException.Unless(await VerifyAsync(bytes, cancellationToken) == ExitCode.Done, "the delivered message does not verify.");
        var at = bytes.AsSpan().LastIndexOf("Friday"u8);
        DemoException.Unless(at > 0, "the delivered text is another.");
        byte[] forged = [.. bytes];
        "Sunday"u8.CopyTo(forged.AsSpan(at));
        narrator.Saw("with \"Friday\" changed to \"Sunday\":");
        DemoException.Unless(await VerifyAsync(forged, cancellationToken) == ExitCode.Failed, "a forged message verifies.");
    }

    private async Task<int> VerifyAsync(byte[] message, CancellationToken cancellationToken)
    {
        var file = Path.Combine(stage.Folder, "received.eml");
        await File.WriteAllBytesAsync(file, message, cancellationToken);
        using var output = new StringWriter();
        var code = await stage.TypeAsync(output, "verify", file, "--offline", "--data", stage.Folder);
        foreach (var line in output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            narrator.Saw(line.TrimEnd());
        }

        narrator.Saw($"exit code {code}");
        return code;
    }
}
