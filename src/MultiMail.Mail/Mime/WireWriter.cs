using System.Buffers;
using System.Text;

namespace MultiMail.Mail;

/// <summary>Grows the bytes of one message.</summary>
internal sealed class WireWriter(int capacity)
{
    private readonly ArrayBufferWriter<byte> buffer = new(capacity);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Ascii(ReadOnlySpan<char> text)
    {
        var used = Encoding.ASCII.GetBytes(text, buffer.GetSpan(text.Length));
        buffer.Advance(used);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    public void Line(ReadOnlySpan<char> text)
    {
        Ascii(text);
        Line();
    }

    public void Line() => buffer.Write("\r\n"u8);
}
