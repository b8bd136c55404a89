using MailKit;
using MailKit.Net.Imap;

namespace MultiMail.Mail;

/// <summary>Fetches bytes by BODY.PEEK: reading never sets <c>\Seen</c>.</summary>
internal sealed class ImapBodies(ImapFolder folder, int cap)
{
    /// <summary>Fetches a segment; a message that is gone meanwhile is left out.</summary>
    /// <exception cref="ImapCommandException">NO or BAD; the folder is still open.</exception>
    public async Task<IReadOnlyList<FetchedMail>> FetchAsync(IReadOnlyList<ImapListed> segment, CancellationToken cancellationToken)
    {
        if (segment.Count == 1)
        {
            return await OneAsync(segment[0], cancellationToken).ConfigureAwait(false) is { } mail ? [mail] : [];
        }

        var bodies = new Dictionary<uint, byte[]>();
        await folder.GetStreamsAsync(
            [.. segment.Select(listed => new UniqueId(listed.Uid))],
            async (_, _, uid, stream, token) => bodies.TryAdd(uid.Id, await ReadAsync(stream, token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        var mails = new List<FetchedMail>(segment.Count);
        foreach (var listed in segment)
        {
            // What the answer left out was expunged, or forgotten: asking for it alone tells which.
            var mail = bodies.TryGetValue(listed.Uid, out var raw) && raw.Length <= cap
                ? Fetched(listed, raw)
                : await OneAsync(listed, cancellationToken).ConfigureAwait(false);
            if (mail is not null)
            {
                mails.Add(mail);
            }
        }

        return mails;
    }

    private async Task<FetchedMail?> OneAsync(ImapListed listed, CancellationToken cancellationToken)
    {
        try
        {
            // One byte more than is wanted tells a message at the cap from a longer one, whatever RFC822.SIZE said.
            var stream = await folder.GetStreamAsync(new UniqueId(listed.Uid), 0, cap + 1, cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return Fetched(listed, await ReadAsync(stream, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }

    private FetchedMail Fetched(ImapListed listed, byte[] raw)
    {
        var truncated = raw.Length > cap;
        return new FetchedMail(listed.Uid, truncated ? raw.AsMemory(0, cap) : raw, listed.InternalDate, listed.Seen, truncated);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var raw = new byte[stream.Length];
        await stream.ReadExactlyAsync(raw, cancellationToken).ConfigureAwait(false);
        return raw;
    }
}
