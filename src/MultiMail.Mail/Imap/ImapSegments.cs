namespace MultiMail.Mail;

/// <summary>What FETCH told of a message before its bytes are asked for.</summary>
/// <param name="Size">RFC822.SIZE, which some servers estimate; null = not told.</param>
internal sealed record ImapListed(uint Uid, uint? Size, DateTimeOffset? InternalDate, bool Seen);

/// <summary>Messages that are fetched by one command.</summary>
internal static class ImapSegments
{
    private const int MostMessages = 250;
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Cuts a list, in order of UID, into segments that a crash or a hostile answer may cost.</summary>
    /// <param name="cap">A message larger than this is fetched alone, with a limit that holds on the server.</param>
    public static IEnumerable<IReadOnlyList<ImapListed>> Cut(IReadOnlyList<ImapListed> listed, int cap, Func<uint, bool> mustBeAlone)
    {
        var segment = new List<ImapListed>();
        long bytes = 0;
        foreach (var message in listed)
        {
            var alone = message.Size is not { } size || size > cap || mustBeAlone(message.Uid);
            if (segment.Count > 0 && (alone || segment.Count == MostMessages || bytes + message.Size!.Value > MostBytes))
            {
                yield return segment;
                segment = [];
                bytes = 0;
            }

            if (alone)
            {
                yield return [message];
            }
            else
            {
                segment.Add(message);
                bytes += message.Size!.Value;
            }
        }

        if (segment.Count > 0)
        {
            yield return segment;
        }
    }
}
