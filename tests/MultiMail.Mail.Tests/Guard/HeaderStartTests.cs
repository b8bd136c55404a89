using System.Text;

namespace MultiMail.Mail.Tests.Guard;

public sealed class HeaderStartTests
{
    [Theory]
    [InlineData("\uFEFFSubject: s\r\n\r\nbody", "s", "body", "byte_order_mark")]
    [InlineData("\r\n\r\nSubject: s\r\n\r\nbody", "s", "body", null)]
    [InlineData(" continuation\r\nSubject: s\r\n\r\nbody", "s", "body", "junk_before_header")]
    [InlineData("junk line\r\nmore\r\nSubject: s\r\n\r\nbody", "s", "body", "junk_before_header")]
    [InlineData("Subject: s\r\rbody", "s", "body", "bare_cr_lines")]
    [InlineData("Subject: s\n\nbody", "s", "body", null)]
    [InlineData("From jo Tue Nov 24 14:00:00 2026\nSubject: s\n\nbody", "s", "body", null)]
    [InlineData("no header at all", "", "no header at all", "no_header")]
    [InlineData("no header\r\n\r\nat all", "", "no header\n\nat all", "no_header")]
    public void Odd_beginnings_are_read(string raw, string subject, string body, string? defect)
    {
        var read = Mail.Read(raw);
        Assert.Equal(subject, read.Subject);
        Assert.Equal(body, read.TextBody);
        Assert.True(defect is null || read.Defects.Contains(defect), string.Join(',', read.Defects));
        Assert.DoesNotContain("unparsable", read.Defects);
    }

    [Fact]
    public void Header_made_for_the_parser_is_not_shown() => Assert.Empty(Mail.Read("just text").Headers);

    [Fact]
    public void Blank_line_of_several_CRs_ends_the_header_for_guard_and_parser_alike()
    {
        var read = Mail.Read($"Subject: s\r\n\r\r\nReferences: {string.Concat(Enumerable.Repeat("<a@b> ", 300))}\r\n");
        Assert.Empty(read.References);
        Assert.StartsWith("References:", read.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Subject: s")]
    [InlineData("Subject: s\r\nTo")]
    [InlineData("Subject: s\r\n")]
    public void Header_cut_short_is_read(string raw) => Assert.Equal("s", Mail.Read(raw).Subject);

    [Fact]
    public void Nothing_is_an_empty_message()
    {
        var read = MessageReader.Read(ReadOnlyMemory<byte>.Empty);
        Assert.Equal(string.Empty, read.TextBody);
        Assert.Null(read.From);
        Assert.Empty(read.Attachments);
    }

    [Theory]
    [InlineData("=?utf-8?b?R3LDvMOfZQ?=", "Grüße")]
    [InlineData("=?utf-8?B?R3LDvMOfZQ=?=", "Grüße")]
    [InlineData("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße")]
    [InlineData("=?utf-8?b?R3LDvMOf?= =?utf-8?b?ZQ?=", "Grüße")]
    public void Lost_padding_of_encoded_words_is_put_back(string subject, string text) => Assert.Equal(text, Mail.Read($"Subject: {subject}\r\n\r\nx").Subject);

    [Fact]
    public void Address_with_such_a_query_is_left_alone()
    {
        const string Raw = "X-Link: http://x.example/?b?ab?c\r\n\r\nx";
        Assert.Equal(Raw, Encoding.ASCII.GetString(ParseCopy.Of(Encoding.ASCII.GetBytes(Raw)).Bytes.Span));
    }
}
