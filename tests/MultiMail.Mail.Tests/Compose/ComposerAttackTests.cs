using System.Text;

namespace MultiMail.Mail.Tests.Compose;

public sealed class ComposerAttackTests
{
    public static TheoryData<string> Controls => ["a\r\nBcc: x@evil.example", "a\nb", "a\rb", "a\0b", "a\u0085b", "a\u2028b", "a\u2029b", "a\u001bb", "a\tb", "a\u007fb", "a\uD800b"];

    [Theory]
    [MemberData(nameof(Controls))]
    public void Controls_are_refused_in_the_subject(string value) => Refused(Mail.Outgoing() with { Subject = value }, "subject");

    [Theory]
    [MemberData(nameof(Controls))]
    public void Controls_are_refused_in_a_file_name(string value) =>
        Refused(Mail.Outgoing() with { Attachments = [new OutgoingAttachment(value, "text/plain", default)] }, "attachments[0].file_name");

    [Theory]
    [MemberData(nameof(Controls))]
    public void Controls_are_refused_in_a_further_field(string value) => Refused(Mail.Outgoing() with { ExtraHeaders = [("X-Note", value)] }, "extra_headers[0]");

    [Theory]
    [InlineData("=?utf-8?q?a=0D=0ABcc:_x?=")]
    [InlineData("=?utf-8?b?YQ0KQmNjOiB4?=")]
    [InlineData("=?utf-8?q?a=00b?=")]
    [InlineData("=?UTF-8?Q?a=0ABcc=3A_x?= and more")]
    public void Controls_behind_encoded_words_are_refused(string value) => Refused(Mail.Outgoing() with { Subject = value }, "subject");

    [Theory]
    [InlineData("=?utf-8?q?harmless?=")]
    [InlineData("How does =?utf-8?b?aGk=?= work")]
    [InlineData("=?")]
    public void Encoded_words_given_as_text_come_out_as_text(string value)
    {
        var read = MessageReader.Read(MessageComposer.Compose(Mail.Outgoing() with { Subject = value }).Wire);
        Assert.Equal(value, read.Subject);
    }

    [Theory]
    [InlineData("a%0D%0AX: y.txt")]
    [InlineData("=?utf-8?q?a?=.txt")]
    [InlineData("we \"quote\".txt")]
    [InlineData("semi;colon='x'.txt")]
    [InlineData("utf-8''a.txt")]
    public void Odd_file_names_come_out_as_they_went_in(string name)
    {
        var wire = MessageComposer.Compose(Mail.Outgoing() with { Attachments = [new OutgoingAttachment(name, "text/plain", default)] }).Wire;
        Assert.Empty(FrozenForm.Faults(wire));
        Assert.Equal(name, Assert.Single(MessageReader.Read(wire).Attachments).FileName);
    }

    [Theory]
    [InlineData("a@x>\r\nBcc: <b")]
    [InlineData("a b@x")]
    [InlineData("<a@x>")]
    [InlineData("ä@x")]
    [InlineData("x")]
    public void Message_ids_that_could_break_out_are_refused(string id)
    {
        Refused(Mail.Outgoing() with { MessageIdField = id }, "message_id_field");
        Refused(Mail.Outgoing() with { InReplyTo = id }, "in_reply_to");
        Refused(Mail.Outgoing() with { References = ["a@x", id] }, "references[1]");
    }

    [Theory]
    [InlineData("Bcc")]
    [InlineData("bcc")]
    [InlineData("Date")]
    [InlineData("From")]
    [InlineData("Subject")]
    [InlineData("Content-Type")]
    [InlineData("Content-Anything")]
    [InlineData("Resent-Bcc")]
    [InlineData("DKIM-Signature")]
    [InlineData("X:Y")]
    [InlineData("X Y")]
    [InlineData("")]
    [InlineData("X-Ü")]
    public void Fields_of_the_composer_and_bad_names_are_refused(string name) => Refused(Mail.Outgoing() with { ExtraHeaders = [(name, "v")] }, "extra_headers[0]");

    [Theory]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("text/plain\r\nX: y")]
    [InlineData("text/plain; a")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("text/plain; name=\"a\r\nb\"")]
    public void Media_types_that_are_none_are_refused(string type) =>
        Refused(Mail.Outgoing() with { Attachments = [new OutgoingAttachment("a", type, default)] }, "attachments[0].content_type");

    [Theory]
    [InlineData("")]
    [InlineData("../etc/passwd")]
    [InlineData("C:\\x.txt")]
    public void Paths_are_no_file_names(string name) =>
        Refused(Mail.Outgoing() with { Attachments = [new OutgoingAttachment(name, "text/plain", default)] }, "attachments[0].file_name");

    [Fact]
    public void Attached_message_must_be_frozen() =>
        Refused(Mail.Outgoing() with { Attachments = [new OutgoingAttachment("a.eml", "message/rfc822", "a: b\n\nx"u8.ToArray())] }, "attachments[0]");

    [Fact]
    public void Every_fault_is_reported_at_once()
    {
        var faults = Mail.Faults(Mail.Outgoing() with
        {
            Subject = "a\nb",
            Text = null,
            MessageIdField = "x",
            Attachments = [new OutgoingAttachment("a/b", "nope", default)],
            ExtraHeaders = [("Bcc", "x@evil.example")],
        });
        Assert.Equal(
            ["attachments[0].content_type", "attachments[0].file_name", "extra_headers[0]", "message_id_field", "subject", "text"],
            faults.Select(fault => fault.Field).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.False(string.IsNullOrWhiteSpace(fault.Fix)));
    }

    [Fact]
    public void Html_and_markdown_together_are_refused() => Refused(Mail.Outgoing() with { Html = "<p>a</p>", Markdown = "a" }, "markdown");

    [Fact]
    public void Bodies_must_be_text()
    {
        Refused(Mail.Outgoing("a\0b"), "text");
        Refused(Mail.Outgoing("a\uDC00b"), "text");
    }

    [Theory]
    [InlineData(998, 900, true)]
    [InlineData(999, 900, false)]
    [InlineData(900, 900, true)]
    [InlineData(901, 901, false)]
    public void Subject_is_limited(int length, int longestWord, bool taken)
    {
        var subject = new string('s', longestWord) + (length > longestWord ? " " + new string('t', length - longestWord - 1) : string.Empty);
        var message = Mail.Outgoing() with { Subject = subject };
        if (taken)
        {
            Assert.Equal(message.Subject, MessageReader.Read(MessageComposer.Compose(message).Wire).Subject);
        }
        else
        {
            Refused(message, "subject");
        }
    }

    [Fact]
    public void Markdown_that_is_nested_too_deeply_is_a_fault_of_the_field() =>
        Refused(Mail.Outgoing() with { Text = null, Markdown = new string('>', 5_000) + "a" }, "markdown");

    [Fact]
    public void Body_that_looks_like_a_header_or_an_end_of_data_stays_a_body()
    {
        var text = "Bcc: x@evil.example\r\n.\r\nMAIL FROM:<x@evil.example>\r\n\n.\n";
        var wire = MessageComposer.Compose(Mail.Outgoing(text)).Wire;
        Assert.DoesNotContain("\r\n.", Encoding.ASCII.GetString(wire), StringComparison.Ordinal);
        Assert.DoesNotContain(MessageReader.Read(wire).Headers, header => header.Name == "Bcc");
    }

    private static void Refused(OutgoingMessage message, string field) => Assert.Contains(Mail.Faults(message), fault => fault.Field == field);
}
