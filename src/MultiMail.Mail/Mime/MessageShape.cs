using MimeKit;

namespace MultiMail.Mail;

/// <summary>How much there is of a message, for whoever judges that it is too much. Measured, never cut.</summary>
/// <param name="Depth">Multiparts and messages around the deepest part; 0 for a plain message.</param>
/// <param name="Parts">Leaves, those of messages inside the message counted in. The guard ends at 1,000 delimiters.</param>
/// <param name="DecodedBytes">Octets of all attachments after transfer decoding, bodies as transmitted.</param>
/// <param name="HeaderBytes">Octets of the top header as received.</param>
/// <param name="HeaderFields">Fields of the top header as received.</param>
public sealed record MessageShape(int Depth, int Parts, long DecodedBytes, int HeaderBytes, int HeaderFields)
{
    internal static MessageShape Of(ReadOnlySpan<byte> raw)
    {
        var (bytes, fields) = Header(raw);
        return new MessageShape(0, 1, raw.Length, bytes, fields);
    }

    internal static MessageShape Of(ReadOnlySpan<byte> raw, ParsedMail mail, IEnumerable<ReadAttachment> attachments)
    {
        var (depth, parts) = Tree(mail.Message.Body);
        var bodies = mail.Leaves.Where(leaf => !BodyReader.IsAttachment(leaf)).OfType<MimePart>().Sum(part => part.Content?.Stream?.Length ?? 0);
        return Of(raw) with { Depth = depth, Parts = parts, DecodedBytes = bodies + attachments.Sum(a => a.Size) };
    }

    // The parser goes no deeper than 30, so neither does this.
    private static (int Depth, int Parts) Tree(MimeEntity? entity)
    {
        var children = entity switch
        {
            Multipart multipart => multipart.Select(Tree),
            MessagePart { Message: { } inner } => [Tree(inner.Body)],
            _ => null,
        };
        if (children is null)
        {
            return (0, entity is null ? 0 : 1);
        }

        var (depth, parts) = (0, 0);
        foreach (var child in children)
        {
            (depth, parts) = (Math.Max(depth, child.Depth), parts + child.Parts);
        }

        return (depth + 1, parts);
    }

    private static (int Bytes, int Fields) Header(ReadOnlySpan<byte> raw)
    {
        var (at, fields) = (0, 0);
        while (at < raw.Length)
        {
            var end = raw[at..].IndexOf((byte)'\n');
            var line = end < 0 ? raw[at..] : raw[at..(at + end)];
            if (line is [] or [(byte)'\r']) // as RawFields: what takes the header apart goes by the same end
            {
                break;
            }

            fields += line[0] is (byte)' ' or (byte)'\t' ? 0 : 1;
            at += end < 0 ? line.Length : end + 1;
        }

        return (at, fields);
    }
}
