using MultiMail.Core.Text;
using MultiMail.TransparencyLog;
using System.Text.Json;

namespace MultiMail.Core.Identity;

/// <summary>A leaf with the proof that a log has it.</summary>
/// <param name="Leaf">The bytes that were hashed.</param>
/// <param name="TlogProof">The text of a <c>.tlog-proof</c> file.</param>
/// <param name="VerifierKeys">Keys of logs that the caller trusts.</param>
public sealed record LogProof(byte[] Leaf, string TlogProof, IReadOnlyList<string> VerifierKeys)
{
    /// <summary>Whether the proved leaf is the intent to send the message with this token, and when it was written.</summary>
    internal VerifiedPart Check(string token, out DateTimeOffset? at)
    {
        at = null;
        var verifiers = new List<NoteVerifier>();
        foreach (var text in VerifierKeys)
        {
            if (!NoteVerifier.TryParse(text.Trim(), out var verifier))
            {
                return Failed("a verifier key is not valid");
            }

            verifiers.Add(verifier);
        }

        if (!TransparencyLog.TlogProof.TryParse(TlogProof, out var proof) || !proof.Verify(Leaf, verifiers))
        {
            return Failed("the leaf is not proved to be in a log of these keys");
        }

        return Names(token, out at) ? new VerifiedPart("log_inclusion", PartResult.Pass) : Failed("the proved leaf is about something else");
    }

    private bool Names(string token, out DateTimeOffset? at)
    {
        at = null;
        try
        {
            using var json = JsonDocument.Parse(Leaf);
            var root = json.RootElement;
            var names = root.GetProperty("event").GetString() == LeafNames.Of(Oversight.Leaf.Attempted) &&
                root.TryGetProperty("signed", out var signed) && signed.GetString() == IdentityToken.Digest(token);
            if (names && Rfc3339.TryParse(root.GetProperty("at").GetString()!, out var written)) // a leaf without a time is refused as a null would be
            {
                at = written;
            }

            return names && at is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentNullException)
        {
            return false;
        }
    }

    private static VerifiedPart Failed(string why) => new("log_inclusion", PartResult.Fail, why);
}
