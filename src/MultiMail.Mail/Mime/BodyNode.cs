using System.Security.Cryptography;

namespace MultiMail.Mail;

/// <summary>One entity of the message that is being written.</summary>
internal abstract record BodyNode
{
    public abstract void Write(WireWriter wire, HeaderWriter header, Func<int, string> boundary, ref int level);
}

/// <summary>A leaf: its fields and its content as it will be after decoding.</summary>
internal sealed record BodyLeaf(
    string ContentType,
    IReadOnlyList<(string Name, string Value)> Parameters,
    string? FileName,
    ReadOnlyMemory<byte> Content,
    string Encoding) : BodyNode
{
    public static BodyLeaf Text(string subtype, string text)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(LineEnds.ToCrLf(text));
        return new BodyLeaf("text/" + subtype, [("charset", "utf-8")], null, content, TransferEncoding.ForText(content));
    }

    public override void Write(WireWriter wire, HeaderWriter header, Func<int, string> boundary, ref int level)
    {
        header.Parameterised("Content-Type", ContentType, Parameters);
        header.Unstructured("Content-Transfer-Encoding", Encoding);
        if (FileName is not null)
        {
            header.Parameterised("Content-Disposition", "attachment", [("filename", FileName)]);
        }

        wire.Line();
        TransferEncoding.Write(wire, Encoding, Content.Span);
    }

    public ComposedPart Describe() => new(
        ContentType,
        FileName,
        Content.Length,
        Convert.ToHexStringLower(SHA256.HashData(Content.Span)),
        FileName is null ? "inline" : "attachment");
}

internal sealed record BodyMultipart(string Subtype, IReadOnlyList<BodyNode> Children) : BodyNode
{
    public override void Write(WireWriter wire, HeaderWriter header, Func<int, string> boundary, ref int level)
    {
        var own = boundary(level++);
        header.Parameterised("Content-Type", "multipart/" + Subtype, [("boundary", own)]);
        wire.Line();
        foreach (var child in Children)
        {
            wire.Line("--" + own);
            child.Write(wire, header, boundary, ref level);
            // RFC 2046 §5.1.1: this CRLF belongs to the delimiter, so that the content keeps its own.
            wire.Line();
        }

        wire.Line($"--{own}--");
    }
}
