using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;

namespace MultiMail.Mail.Tests.Dkim;

public sealed class CanonicalTests
{
    private const string Example = "A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";

    /// <summary>RFC 6376 §3.4.5.</summary>
    [Theory]
    [InlineData(Canonicalization.Relaxed, "a:X\r\nb:Y Z\r\n", " C\r\nD E\r\n")]
    [InlineData(Canonicalization.Simple, "A: X\r\nB : Y\t\r\n\tZ  \r\n", " C \r\nD \t E\r\n")]
    public void The_example_of_the_rfc(Canonicalization form, string head, string body)
    {
        foreach (var message in new[] { Example, Example.ReplaceLineEndings("\n") })
        {
            var split = RawFields.Split(Encoding.ASCII.GetBytes(message));
            Assert.Equal(head, string.Concat(split.Fields.Select(field => Field(field.Bytes, form))));
            Assert.Equal(body, Body(split.Body, form));
        }
    }

    /// <summary>RFC 6376 §3.4.3 and §3.4.4 name these digests.</summary>
    [Theory]
    [InlineData(Canonicalization.Simple, "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=")]
    [InlineData(Canonicalization.Relaxed, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void The_digest_of_an_empty_body(Canonicalization form, string expected) =>
        Assert.Equal(expected, Convert.ToBase64String(Canonical.BodyHash([], form)));

    [Theory]
    [InlineData("a", "a\r\n", "a\r\n")]
    [InlineData("a\r\n\r\n\r\n", "a\r\n", "a\r\n")]
    [InlineData("\r\n\r\n", "\r\n", "")]
    [InlineData("\r\n\r\na\r\n", "\r\n\r\na\r\n", "\r\n\r\na\r\n")]
    [InlineData(" \t\r\n", " \t\r\n", "")]
    [InlineData("a \r\n \r\n", "a \r\n \r\n", "a\r\n")]
    [InlineData("a\t b  c", "a\t b  c\r\n", "a b c\r\n")]
    [InlineData("a\rb\r\n", "a\rb\r\n", "a\rb\r\n")]
    public void Bodies(string body, string simple, string relaxed)
    {
        Assert.Equal(simple, Body(Encoding.Latin1.GetBytes(body), Canonicalization.Simple));
        Assert.Equal(relaxed, Body(Encoding.Latin1.GetBytes(body), Canonicalization.Relaxed));
    }

    [Theory]
    [InlineData("SubJect :  a\r\n\t b \r\n", "subject:a b\r\n")]
    [InlineData("Subject:\r\n a\r\n", "subject:a\r\n")]
    [InlineData("Subject: \r\n", "subject:\r\n")]
    [InlineData("Subject: a\r\n \r\n b\r\n", "subject:a b\r\n")]
    [InlineData("Subject: a:  b\r\n", "subject:a: b\r\n")]
    public void Relaxed_fields(string field, string expected) =>
        Assert.Equal(expected, Field(Encoding.Latin1.GetBytes(field), Canonicalization.Relaxed));

    /// <summary>The rules of the RFC as regular expressions, against any octets.</summary>
    [Fact]
    public void Agrees_with_the_rules_written_plainly() =>
        Gen.String[Gen.Char["ab:; \t\r\n"], 0, 40].Sample(text =>
        {
            var lines = text.ReplaceLineEndings("\n").Replace('\r', 'c');
            var body = Encoding.Latin1.GetBytes(lines);
            Assert.Equal(PlainRelaxedBody(lines), Body(body, Canonicalization.Relaxed));
            Assert.Equal(PlainSimpleBody(lines), Body(body, Canonicalization.Simple));
            var value = Regex.Replace(lines, "\n(?![ \t])", "x", RegexOptions.None, TimeSpan.FromSeconds(1)).TrimEnd('\n');
            Assert.Equal("n:" + PlainRelaxedValue(value) + "\r\n", Field(Encoding.Latin1.GetBytes($"N:{value}\n"), Canonicalization.Relaxed));
        });

    [Fact]
    public void A_large_body_is_hashed_like_a_small_one()
    {
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\r\n")) + new string('x', 100_000) + "\r\n");
        Assert.Equal(SHA256.HashData(body), Canonical.BodyHash(body, Canonicalization.Relaxed));
    }

    private static string PlainRelaxedBody(string text)
    {
        var trimmed = Regex.Replace(Regex.Replace(text, "[ \t]+(?=\n|\\z)", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1)), "[ \t]+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)).TrimEnd('\n');
        return trimmed.Length == 0 ? string.Empty : trimmed.ReplaceLineEndings("\r\n") + "\r\n";
    }

    private static string PlainSimpleBody(string text) => text.TrimEnd('\n').ReplaceLineEndings("\r\n") + "\r\n";

    private static string PlainRelaxedValue(string value) =>
        Regex.Replace(value.Replace("\n", string.Empty, StringComparison.Ordinal), "[ \t]+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)).Trim(' ');

    private static string Field(ReadOnlyMemory<byte> field, Canonicalization form)
    {
        var output = new ArrayBufferWriter<byte>();
        Canonical.WriteField(output, field.Span, form);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }

    private static string Body(ReadOnlyMemory<byte> body, Canonicalization form)
    {
        var output = new ArrayBufferWriter<byte>();
        Canonical.WriteBody(output, body.Span, form);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }
}
