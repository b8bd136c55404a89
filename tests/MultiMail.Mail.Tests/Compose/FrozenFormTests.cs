using System.Text;

namespace MultiMail.Mail.Tests.Compose;

public sealed class FrozenFormTests
{
    [Fact]
    public void Clean_bytes_have_no_fault() => Assert.Empty(FrozenForm.Faults("A: b\r\n\r\nc\r\n"u8));

    [Theory]
    [InlineData("A: b\r\n\r\nc", "final CRLF")]
    [InlineData("A: b\r\n\r\nc\n", "final CRLF")]
    [InlineData("A: b\r\n\r\nc\r", "final CRLF")]
    [InlineData("", "final CRLF")]
    [InlineData("A: b\n\r\nc\r\n", "alone")]
    [InlineData("A: b\r\r\nc\r\n", "alone")]
    [InlineData("A: b\r\n\n.\r\nc\r\n", "alone")]
    [InlineData("A: ü\r\n\r\nc\r\n", "above 127")]
    [InlineData("A: \0\r\n\r\nc\r\n", "NUL")]
    public void Each_fault_is_named(string wire, string fault) =>
        Assert.Contains(FrozenForm.Faults(Encoding.UTF8.GetBytes(wire)), text => text.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData(998, 0)]
    [InlineData(999, 1)]
    public void Lines_are_limited_to_998_octets(int length, int faults) =>
        Assert.Equal(faults, FrozenForm.Faults(Encoding.ASCII.GetBytes(new string('x', length) + "\r\n")).Count);

    [Fact]
    public void All_faults_come_at_once() =>
        Assert.Equal(4, FrozenForm.Faults(Encoding.UTF8.GetBytes("ü\n" + new string('x', 999))).Count);

    /// <summary>Every combination of CR, LF, a dot and a letter up to length 6: only clean CRLF lines pass.</summary>
    [Fact]
    public void No_smuggling_sequence_passes()
    {
        const string Alphabet = "\r\n.a";
        for (var length = 1; length <= 6; length++)
        {
            for (var code = 0; code < (int)Math.Pow(4, length); code++)
            {
                var text = new string([.. Enumerable.Range(0, length).Select(i => Alphabet[code / (int)Math.Pow(4, i) % 4])]);
                var clean = text.EndsWith("\r\n", StringComparison.Ordinal)
                    && !text.Replace("\r\n", string.Empty, StringComparison.Ordinal).Contains('\r', StringComparison.Ordinal)
                    && !text.Replace("\r\n", string.Empty, StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal);
                Assert.Equal(clean, FrozenForm.Faults(Encoding.ASCII.GetBytes(text)).Count == 0);
            }
        }
    }

    [Fact]
    public void Later_fields_go_in_front_and_change_nothing_else()
    {
        var wire = MessageComposer.Compose(Mail.Outgoing()).Wire;
        var full = FrozenForm.Prepend(wire, [("DKIM-Signature", "v=1; a=rsa-sha256;\r\n b=abc"), ("Date", "Tue, 24 Nov 2026 14:00:00 +0000")]);
        Assert.StartsWith("DKIM-Signature: v=1; a=rsa-sha256;\r\n b=abc\r\nDate: Tue, 24 Nov 2026 14:00:00 +0000\r\nFrom: ", Encoding.ASCII.GetString(full), StringComparison.Ordinal);
        Assert.Equal(wire, full[^wire.Length..]);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 14, 0, 0, TimeSpan.Zero), MessageReader.Read(full).Date);
    }

    [Theory]
    [InlineData("Da te", "x")]
    [InlineData("Date:", "x")]
    [InlineData("", "x")]
    [InlineData("Date", "a\r\nBcc: b")]
    [InlineData("Date", "a\r\n\r\nb")]
    [InlineData("Date", "a\r\n \r\n b")]
    [InlineData("Date", "a\nb")]
    [InlineData("Date", "a\rb")]
    [InlineData("Date", "ü")]
    [InlineData("Date", "a\tb")]
    public void Fields_that_could_break_out_are_refused(string name, string value) =>
        Assert.Throws<MailFormatException>(() => FrozenForm.Prepend("a: b\r\n\r\n"u8.ToArray(), [(name, value)]));
}
