using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using MimeKit;

namespace MultiMail.Mail;

/// <summary>The parser's tree over a guarded copy, and its leaves in order.</summary>
internal sealed class ParsedMail
{
    private const int MaxDepth = 30;

    private static readonly ParserOptions Options = MakeOptions();

    private readonly Dictionary<MessagePart, Range> inner = [];

    private ParsedMail(ParseCopy copy)
    {
        var parser = new MimeParser(Options, AsStream(copy.Bytes), MimeFormat.Entity, persistent: true);
        parser.MimeMessageEnd += (_, end) =>
        {
            if (end.Parent is not null)
            {
                inner[end.Parent] = (int)end.BeginOffset..(int)end.EndOffset;
            }
        };
        Message = parser.ParseMessage();
        Copy = copy;
        Leaves = [];
        Collect(Message.Body, 0);
    }

    public MimeMessage Message { get; }

    public ParseCopy Copy { get; }

    public List<MimeEntity> Leaves { get; }

    /// <summary>Null when even the guarded copy is more than the parser takes.</summary>
    public static ParsedMail? TryParse(ReadOnlyMemory<byte> raw)
    {
        MailStartup.Register();

        // A header that the parser gives up on is read as text: better shown than lost.
        return TryParse(ParseCopy.Of(raw)) ?? TryParse(ParseCopy.AsText(raw));
    }

    /// <summary>Bytes of a leaf after transfer decoding; of a message inside the message its own bytes, never written anew.</summary>
    public byte[] Decode(MimeEntity leaf) => leaf is MessagePart part && inner.TryGetValue(part, out var range)
        ? Copy.Bytes.Span[range].ToArray()
        : PartContent.Decode(leaf);

    private static ParsedMail? TryParse(ParseCopy copy)
    {
        try
        {
            return new ParsedMail(copy);
        }
        catch (Exception exception) when (ParserFaults.IsExpected(exception))
        {
            return null;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "A stream over memory holds nothing; the parser's tree reads from it later.")]
    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) && array.Array is not null
            ? new MemoryStream(array.Array, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private static ParserOptions MakeOptions()
    {
        MailStartup.Register();
        return new ParserOptions
        {
            MaxMimeDepth = MaxDepth,
            MaxAddressGroupDepth = 3,
            AddressParserComplianceMode = RfcComplianceMode.Loose,
            ParameterComplianceMode = RfcComplianceMode.Loose,
            Rfc2047ComplianceMode = RfcComplianceMode.Loose,
            CharsetEncoding = System.Text.Encoding.GetEncoding(1252),
        };
    }

    // A message inside the message is one leaf: it is never read as part of this one.
    private void Collect(MimeEntity? entity, int depth)
    {
        if (entity is Multipart multipart && depth <= MaxDepth)
        {
            foreach (var child in multipart)
            {
                Collect(child, depth + 1);
            }
        }
        else if (entity is not null)
        {
            Leaves.Add(entity);
        }
    }
}
