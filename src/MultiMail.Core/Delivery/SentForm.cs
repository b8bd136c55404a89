using MultiMail.Core.Node;
using System.Security.Cryptography;

namespace MultiMail.Core.Delivery;

/// <summary>A message as recipients get it: head and frozen wire form.</summary>
internal static class SentForm
{
    /// <summary>A message's bytes: as received, as sent, or, while it has not left, as frozen.</summary>
    /// <returns>Null when the store has none.</returns>
    public static async ValueTask<byte[]?> ReadAsync(CoreContext core, Message message, CancellationToken cancellationToken)
    {
        var raw = await core.Store.RawAsync(message.Account, message.RawSha256, cancellationToken).ConfigureAwait(false);
        var head = raw is null || message.Direction is Direction.Inbound
            ? null
            : await core.Store.HeadAsync(message.Account, message.Id, message.Revision, cancellationToken).ConfigureAwait(false);
        return head is null ? raw : Join(head, raw!); // a head is looked for beside bytes only
    }

    public static byte[] Join(MessageHead head, byte[] wire) => [.. head.Bytes, .. wire];

    /// <summary>Whether head and wire are those that were made together.</summary>
    public static bool Fits(MessageHead head, ReadOnlySpan<byte> wire)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head.Bytes);
        hash.AppendData(wire);
        Span<byte> sent = stackalloc byte[32];
        hash.GetHashAndReset(sent);
        return sent.SequenceEqual(head.SentSha256);
    }
}
