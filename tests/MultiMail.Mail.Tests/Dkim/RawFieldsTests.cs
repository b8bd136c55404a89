using System.Text;

namespace MultiMail.Mail.Tests.Dkim;

public sealed class RawFieldsTests
{
    [Fact]
    public void A_message_falls_into_fields_and_body()
    {
        var split = Split("From: a@x.example\r\nSubject: one\r\n two\r\nX : y\r\n\r\nbody\r\n");
        Assert.Equal(["From", "Subject", "X"], split.Fields.Select(field => field.Name));
        Assert.Equal(" one\r\n two\r\n", Encoding.ASCII.GetString(split.Fields[1].ValueBytes));
        Assert.Equal("body\r\n", Encoding.ASCII.GetString(split.Body.Span));
    }

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("A: b", 1, "")]
    [InlineData("A: b\n", 1, "")]
    [InlineData("\nbody", 0, "body")]
    [InlineData("\r\nbody", 0, "body")]
    [InlineData("A: b\n\r\nbody", 1, "body")]
    [InlineData("A: b\n \n\nbody", 1, "body")]
    public void Edges_of_the_header(string message, int fields, string body)
    {
        var split = Split(message);
        Assert.Equal(fields, split.Fields.Count);
        Assert.Equal(body, Encoding.ASCII.GetString(split.Body.Span));
    }

    [Fact]
    public void Nothing_is_lost()
    {
        const string Message = " odd\r\nFrom a@b Mon\r\nno colon\r\nA: 1\r\nFr\u00F6m: x\r\nA b: c\r\nB: 2\n\nrest";
        var split = Split(Message);
        Assert.Equal(Message, string.Concat(split.Fields.Select(field => Encoding.Latin1.GetString(field.Bytes.Span))) + "\n" + Encoding.Latin1.GetString(split.Body.Span));
        Assert.Equal(["A", "B"], split.Fields.Where(field => field.NameLength > 0).Select(field => field.Name));
    }

    /// <summary>RFC 6376 §5.4.2.</summary>
    [Fact]
    public void Names_take_fields_from_the_bottom_and_nothing_when_none_is_left()
    {
        var split = Split("A: 1\r\nb: 2\r\na: 3\r\n\r\n");
        Assert.Equal(["a: 3\r\n", "A: 1\r\n", "b: 2\r\n"], Texts(split.Select(["a", "A", "a", "B", "c"])));
    }

    [Fact]
    public void The_signature_under_check_is_never_taken()
    {
        var split = Split("S: 1\r\nS: 2\r\nS: 3\r\n\r\n");
        Assert.Equal(["S: 3\r\n", "S: 1\r\n"], Texts(split.Select(["s", "s", "s"], except: 1)));
        Assert.Equal(["S: 2\r\n", "S: 1\r\n"], Texts(split.Select(["s", "s", "s"], except: 2)));
    }

    private static RawFields Split(string message) => RawFields.Split(Encoding.Latin1.GetBytes(message));

    private static IEnumerable<string> Texts(IEnumerable<RawField> fields) => fields.Select(field => Encoding.ASCII.GetString(field.Bytes.Span));
}
