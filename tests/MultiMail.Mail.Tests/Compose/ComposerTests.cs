using System.Security.Cryptography;
using System.Text;

namespace MultiMail.Mail.Tests.Compose;

public sealed class ComposerTests
{
    [Fact]
    public void Plain_text_is_one_seven_bit_part() => Assert.Equal(
        "From: Ada Agent <ada@agents.example>\r\nTo: Bo Reader <bo@example.org>\r\nSubject: Hello\r\n" +
        "Message-ID: <one@agents.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n" +
        "Content-Transfer-Encoding: 7bit\r\n\r\nHello.\r\n",
        Mail.Wire(Mail.Outgoing()));

    [Fact]
    public void Same_input_gives_the_same_bytes()
    {
        var message = Rich();
        Assert.Equal(MessageComposer.Compose(message).Wire, MessageComposer.Compose(message with { Subject = message.Subject }).Wire);
    }

    [Fact]
    public void Seed_decides_the_boundary_and_nothing_else()
    {
        var one = Mail.Wire(Rich());
        var other = Mail.Wire(Rich() with { BoundarySeed = "another" });
        Assert.NotEqual(one, other);
        Assert.Equal(one.Length, other.Length);
    }

    [Fact]
    public void Wire_is_in_frozen_form_with_neither_date_nor_bcc()
    {
        var composed = MessageComposer.Compose(Rich());
        Assert.Empty(FrozenForm.Faults(composed.Wire));
        var header = Encoding.ASCII.GetString(composed.Wire).Split("\r\n\r\n")[0];
        Assert.DoesNotContain("\r\nDate:", header, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\r\nBcc:", header, StringComparison.OrdinalIgnoreCase);
        Assert.All(header.Split("\r\n"), line => Assert.True(line.Length <= 78 || !line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..].Contains(' ', StringComparison.Ordinal), line));
    }

    [Fact]
    public void Levels_appear_only_as_needed()
    {
        Assert.DoesNotContain("multipart", Mail.Wire(Mail.Outgoing()), StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/html", Mail.Wire(Mail.Outgoing() with { Text = null, Html = "<p>Hi</p>" }), StringComparison.Ordinal);
        var both = Mail.Wire(Mail.Outgoing() with { Html = "<p>Hi</p>" });
        Assert.Contains("multipart/alternative", both, StringComparison.Ordinal);
        Assert.DoesNotContain("multipart/mixed", both, StringComparison.Ordinal);
        var file = Mail.Wire(Mail.Outgoing() with { Attachments = [new OutgoingAttachment("a.txt", "text/plain", "x"u8.ToArray())] });
        Assert.Contains("multipart/mixed", file, StringComparison.Ordinal);
        Assert.DoesNotContain("multipart/alternative", file, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_describe_what_a_reader_decodes()
    {
        var message = Rich();
        var composed = MessageComposer.Compose(message);
        Assert.Equal(["text/plain", "text/html", "application/pdf"], composed.Parts.Select(part => part.ContentType));
        Assert.Equal(["inline", "inline", "attachment"], composed.Parts.Select(part => part.Disposition));
        for (var i = 0; i < composed.Parts.Count; i++)
        {
            var decoded = MessageReader.Attachment(composed.Wire, i);
            Assert.Equal(composed.Parts[i].Size, decoded.Length);
            Assert.Equal(composed.Parts[i].Sha256, Convert.ToHexStringLower(SHA256.HashData(decoded.Span)));
        }
    }

    [Theory]
    [InlineData("plain words\nand more\n", "7bit")]
    [InlineData("no final line end", "7bit")]
    [InlineData(".leading dot\n", "quoted-printable")]
    [InlineData("From here\n", "quoted-printable")]
    [InlineData("trailing blank \n", "quoted-printable")]
    [InlineData("Grüße aus Köln und viele weitere Worte ohne Umlaut\n", "quoted-printable")]
    [InlineData("Привет, как дела\n", "base64")]
    [InlineData("bell \u0007\n", "quoted-printable")]
    public void Encoding_leaves_a_relay_nothing_to_change(string text, string encoding)
    {
        var wire = Mail.Wire(Mail.Outgoing(text));
        Assert.Contains($"Content-Transfer-Encoding: {encoding}\r\n", wire, StringComparison.Ordinal);
        var body = wire[(wire.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.All(body.Split("\r\n"), line =>
        {
            Assert.True(line.Length <= 76, line);
            Assert.False(line.StartsWith('.') || line.StartsWith("From ", StringComparison.Ordinal) || line.EndsWith(' '), line);
        });
        Assert.Equal(text.TrimEnd('\n'), MessageReader.Read(Encoding.ASCII.GetBytes(wire)).PlainText!.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Theory]
    [InlineData(76, "7bit")]
    [InlineData(77, "quoted-printable")]
    public void Lines_of_76_go_as_they_are(int length, string encoding) =>
        Assert.Contains($"Content-Transfer-Encoding: {encoding}\r\n", Mail.Wire(Mail.Outgoing(new string('x', length))), StringComparison.Ordinal);

    [Fact]
    public void Soft_breaks_never_leave_a_dot_or_From_at_a_line_start()
    {
        for (var pad = 60; pad < 90; pad++)
        {
            var text = "ü" + new string('x', pad) + "....From From From " + new string('y', 80);
            var wire = Mail.Wire(Mail.Outgoing(text));
            Assert.DoesNotContain("\r\n.", wire, StringComparison.Ordinal);
            Assert.DoesNotContain("\r\nFrom ", wire, StringComparison.Ordinal);
            Assert.Equal(text, MessageReader.Read(Encoding.ASCII.GetBytes(wire)).TextBody);
        }
    }

    [Fact]
    public void Mixed_line_ends_become_crlf() =>
        Assert.EndsWith("\r\n\r\na\r\nb\r\nc\r\n\r\nd\r\n", Mail.Wire(Mail.Outgoing("a\rb\nc\r\n\nd")), StringComparison.Ordinal);

    [Fact]
    public void Reply_carries_the_chain_and_the_parent()
    {
        var wire = Mail.Wire(Mail.Outgoing() with { References = ["a@x", "b@x"], InReplyTo = "c@x" });
        Assert.Contains("\r\nIn-Reply-To: <c@x>\r\nReferences: <a@x> <b@x> <c@x>\r\n", wire, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(19, 20)]
    [InlineData(20, 20)]
    [InlineData(60, 20)]
    public void Long_threads_keep_both_ends(int ancestors, int kept)
    {
        var read = MessageReader.Read(MessageComposer.Compose(Mail.Outgoing() with
        {
            References = [.. Enumerable.Range(0, ancestors).Select(i => $"r{i}@x.example")],
            InReplyTo = "parent@x.example",
        }).Wire);
        Assert.Equal(kept, read.References.Count);
        Assert.Equal("r0@x.example", read.References[0]);
        Assert.Equal("parent@x.example", read.References[^1]);
    }

    [Fact]
    public void Parent_that_the_chain_names_already_comes_once_and_last()
    {
        var wire = Mail.Wire(Mail.Outgoing() with { References = ["a@x", "c@x", "b@x"], InReplyTo = "c@x" });
        Assert.Contains("\r\nReferences: <a@x> <b@x> <c@x>\r\n", wire, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_visible_recipients_the_field_says_so()
    {
        var wire = Mail.Wire(Mail.Outgoing() with { To = [] });
        Assert.Contains("\r\nTo: undisclosed-recipients:;\r\n", wire, StringComparison.Ordinal);
        Assert.Empty(MessageReader.Read(Encoding.ASCII.GetBytes(wire)).To);
    }

    [Fact]
    public void Markdown_makes_both_bodies()
    {
        var composed = MessageComposer.Compose(Mail.Outgoing() with { Text = null, Markdown = "# Plan\n\nSee [the page](https://example.org/x).\n\n- one\n- two\n" });
        Assert.Equal("Plan\n\nSee the page <https://example.org/x>.\n\n- one\n- two", composed.TextBody);
        var read = MessageReader.Read(composed.Wire);
        Assert.Contains("<h1>Plan</h1>", read.Html, StringComparison.Ordinal);
        Assert.False(read.TextDiffersFromHtml);
    }

    [Fact]
    public void Html_in_markdown_is_shown_not_rendered()
    {
        var composed = MessageComposer.Compose(Mail.Outgoing() with { Text = null, Markdown = "a <script>alert(1)</script> <b>b</b>" });
        Assert.DoesNotContain("<script", MessageReader.Read(composed.Wire).Html, StringComparison.Ordinal);
        Assert.Contains("<b>b</b>", composed.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void Attached_message_is_left_as_it_is_and_cannot_end_the_part_around_it()
    {
        var inner = MessageComposer.Compose(Rich()).Wire;
        var outer = MessageComposer.Compose(Rich() with { Attachments = [new OutgoingAttachment("fwd.eml", "message/rfc822", inner)] });
        Assert.Equal("message/rfc822", Assert.Single(MessageReader.Read(outer.Wire).Attachments).ContentType);
        Assert.Equal(inner, MessageReader.Attachment(outer.Wire, 2).ToArray());
    }

    [Fact]
    public void Html_alone_gives_its_visible_text_for_search() =>
        Assert.Equal("Hi there", MessageComposer.Compose(Mail.Outgoing() with { Text = null, Html = "<p>Hi <b>there</b></p>" }).TextBody);

    internal static OutgoingMessage Rich() => Mail.Outgoing("Grüße\n") with
    {
        From = Mail.Address("\"Jörg, der Agent\" <ada@agents.example>"),
        To = [Mail.Address("\"Quote \\\"Q\\\" Er\" <q@example.org>"), Mail.Address("山田 太郎 <y@example.org>"), Mail.Address("plain@example.org")],
        Cc = [.. Enumerable.Range(0, 12).Select(i => Mail.Address($"\"Doe, Number {i}\" <doe{i}@example.org>"))],
        Subject = "naïve café – “quoted” and long enough to need more than a single encoded word, 你好，世界 🎉",
        Html = "<p>Grüße</p>",
        Attachments = [new OutgoingAttachment("Grüße aus Köln, eine lange Datei mit vielen Worten im Namen.pdf", "application/pdf", Enumerable.Range(0, 999).Select(i => (byte)i).ToArray())],
        ExtraHeaders = [("X-Note", "plain"), ("List-Unsubscribe", "<https://example.org/u/" + new string('x', 50) + ">")],
    };
}
