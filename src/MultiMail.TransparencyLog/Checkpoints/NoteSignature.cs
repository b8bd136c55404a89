using System.Buffers.Binary;

namespace MultiMail.TransparencyLog;

/// <summary>One signature line: <c>— name base64(key id ‖ signature)</c>.</summary>
internal sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    private const string Prefix = "\u2014 ";
    private const int KeyIdSize = 4;

    public string ToLine()
    {
        var bytes = new byte[KeyIdSize + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(KeyIdSize));
        return $"{Prefix}{Name} {Convert.ToBase64String(bytes)}\n";
    }

    public static NoteSignature? Parse(string line)
    {
        var parts = line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].Split(' ') : [];
        return parts.Length == 2
            && NoteKey.IsName(parts[0])
            && StrictText.TryDecodeBase64(parts[1], out var bytes)
            && bytes.Length > KeyIdSize
            ? new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(KeyIdSize))
            : null;
    }
}
