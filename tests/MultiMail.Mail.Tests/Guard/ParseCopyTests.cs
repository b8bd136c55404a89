using System.Text;

namespace MultiMail.Mail.Tests.Guard;

/// <summary>The guard is judged by what it hands to the parser, never by the clock.</summary>
public sealed class ParseCopyTests
{
    [Fact]
    public void Ordinary_mail_is_not_copied()
    {
        var raw = MessageComposer.Compose(Compose.ComposerTests.Rich()).Wire;
        var copy = ParseCopy.Of(raw);
        Assert.Empty(copy.Defects);
        Assert.True(copy.Bytes.Equals(raw.AsMemory()));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void References_keep_the_first_ten_and_the_last_190(int ids, bool trimmed)
    {
        var read = Mail.Read("References:" + string.Concat(Enumerable.Range(0, ids).Select(i => $"\r\n <{i}@x.example>")) + "\r\n\r\nx");
        Assert.Equal(trimmed, read.Defects.Contains("too_many_references"));
        Assert.Equal(200, read.References.Count);
        Assert.Equal("9@x.example", read.References[9]);
        Assert.Equal(trimmed ? "11@x.example" : "10@x.example", read.References[10]);
        Assert.Equal($"{ids - 1}@x.example", read.References[^1]);
    }

    [Theory]
    [InlineData(FieldLimits.MaxField, false)]
    [InlineData(FieldLimits.MaxField + 1, true)]
    public void Field_is_clipped_at_64_KiB(int length, bool clipped)
    {
        var field = "X-Long: " + new string('x', length - 10) + "\r\n";
        Assert.Equal(length, field.Length);
        var copy = Copy($"{field}Subject: s\r\n\r\nbody");
        Assert.Equal(clipped, copy.Contains("field_too_long"));
        Assert.Contains("\r\nSubject: s\r\n\r\nbody", copy.Text, StringComparison.Ordinal);
        Assert.True(copy.Text.IndexOf("Subject", StringComparison.Ordinal) <= FieldLimits.MaxField + 2);
    }

    [Fact]
    public void Large_folded_field_is_unfolded_and_a_small_one_is_not()
    {
        Assert.Contains("b\r\n b", Copy("X-A: " + Repeat("b\r\n b", 100) + "\r\n\r\nx").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("b\r\n b", Copy("X-A: " + Repeat("b\r\n b", 4_000) + "\r\n\r\nx").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Subject: ", "=?utf-8?q?a?= ", "=?", FieldLimits.MaxEncodedWords)]
    [InlineData("Content-Type: text/plain", "; a=b", ";", FieldLimits.MaxParameters)]
    [InlineData("Content-Disposition: inline", "; a*0=b", ";", FieldLimits.MaxParameters)]
    [InlineData("To: ", "a@b.example, ", ",", FieldLimits.MaxAddresses)]
    public void Items_of_a_field_are_counted(string name, string item, string mark, int limit)
    {
        foreach (var count in new[] { limit, limit + 1 })
        {
            var copy = Copy($"{name}{Repeat(item, count)}\r\n\r\nx");
            Assert.Equal(count > limit, copy.Contains("field_too_complex"));
            Assert.Equal(limit, copy.Text.Split(mark).Length - 1);
        }
    }

    [Fact]
    public void Commas_and_semicolons_of_other_fields_are_not_counted()
    {
        var copy = Copy($"X-A: {Repeat(",;", 2_000)}\r\nSubject: {Repeat(",;", 2_000)}\r\n\r\nx");
        Assert.DoesNotContain("field_too_complex", copy.Defects);
    }

    [Theory]
    [InlineData(ParseGuard.MaxFields, false)]
    [InlineData(ParseGuard.MaxFields + 1, true)]
    public void Fields_beyond_2000_are_dropped_and_the_body_stays(int count, bool dropped)
    {
        var copy = Copy(Repeat("X-A: b\r\n", count) + "\r\nbody");
        Assert.Equal(dropped, copy.Contains("header_too_large"));
        Assert.Equal(ParseGuard.MaxFields, copy.Text.Split("X-A:").Length - 1);
        Assert.EndsWith("\r\n\r\nbody", copy.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_block_is_bounded()
    {
        var copy = Copy(Repeat($"X-A: {new string('x', 1_000)}\r\n", 1_000) + "\r\nbody");
        Assert.True(copy.Text.Length < ParseGuard.MaxBlock + 2_000);
        Assert.EndsWith("\r\n\r\nbody", copy.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ParseGuard.MaxDelimiters, false)]
    [InlineData(ParseGuard.MaxDelimiters + 1, true)]
    public void Message_is_cut_after_1000_delimiters(int count, bool cut)
    {
        var copy = Copy("Content-Type: multipart/mixed; boundary=\"b b\"\r\n\r\n" + Repeat("--b b\r\n\r\na\r\n", count));
        Assert.Equal(cut, copy.Contains("too_many_parts"));
        Assert.Equal(ParseGuard.MaxDelimiters, copy.Text.Split("--b b").Length - 1);
    }

    [Fact]
    public void Hyphens_that_are_no_declared_boundary_do_not_cut() =>
        Assert.DoesNotContain("too_many_parts", Copy("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + Repeat("--c\r\n", 3_000)).Defects);

    /// <summary>The same limits behind each way into a part header.</summary>
    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n")]
    [InlineData("Content-Type: multipart/mixed;\r\n boundary*0=\"x\"\r\n\r\npreamble\r\n--x\r\n")]
    [InlineData("Content-Type: multipart/digest; boundary=x\r\n\r\n--x\r\n\r\n")]
    [InlineData("Content-Type: message/rfc822\r\n\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nX: y\r\n--x\r\n")]
    public void Part_headers_are_guarded_too(string before)
    {
        var copy = Copy($"{before}References: {Repeat("<abcdefgh@example.com> ", 40_000)}\r\nX-A: {Repeat("a\r\n b", 40_000)}\r\n\r\nx\r\n--x--\r\n");
        Assert.True(copy.Text.Length < 80_000, $"{copy.Text.Length}");
        Assert.Contains("too_many_references", copy.Defects);
        Assert.Contains("field_too_long", copy.Defects);
    }

    [Fact]
    public void Bodies_pass_through_whatever_they_look_like()
    {
        var body = "--\r\nNot: a header " + new string('x', 100_000) + "\r\n" + Repeat("<a@b> ", 5_000);
        var raw = $"Content-Type: text/plain\r\n\r\nFirst line\r\nX-A: {new string('x', 100_000)}\r\n{body[4..]}";
        Assert.Equal(raw, Copy(raw).Text);
    }

    [Fact]
    public void Double_input_is_at_most_double_work()
    {
        // The parser's work is bounded by what the guard lets through: the copy must not grow with a hostile field.
        foreach (var make in Hostile)
        {
            var once = ParseCopy.Of(Encoding.ASCII.GetBytes(make(20_000))).Bytes.Length;
            var twice = ParseCopy.Of(Encoding.ASCII.GetBytes(make(40_000))).Bytes.Length;
            Assert.True(twice <= (once * 1.05) + 1_000, $"{once} → {twice}: {make(1)}");
        }
    }

    [Fact]
    public void Allocation_stays_within_a_multiple_of_the_input()
    {
        foreach (var make in Hostile)
        {
            var raw = Encoding.ASCII.GetBytes(make(20_000));
            _ = MessageReader.Read(raw);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = MessageReader.Read(raw);
            var used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used < (30L * raw.Length) + 20_000_000, $"{used} for {raw.Length}: {make(1)}");
        }
    }

    private static IEnumerable<Func<int, string>> Hostile =>
    [
        n => $"References: {Repeat("<abcdefgh@example.com> ", n)}\n\nx",
        n => $"Subject: {Repeat("=?utf-8?q?a ", n)}\n\nx",
        n => $"Subject: {Repeat("=?utf-8?q?a?= ", n)}\n\nx",
        n => $"Subject: {Repeat("=?", n)}\n\nx".PadRight(200_000),
        n => $"Content-Type: text/plain{Repeat("; a=b", n)}\n\nx",
        n => $"Content-Disposition: inline{string.Concat(Enumerable.Range(0, n).Select(i => $"; a*{i}=b"))}\n\nx",
        n => $"To: {Repeat("a@b.example, ", n)}\n\nx",
        n => $"To: {Repeat("(", n)}a@b\n\nx".PadRight(200_000),
        n => $"To: {Repeat("g:", n)}a@b\n\nx".PadRight(200_000),
        n => $"X-A: {Repeat("a\n b", n)}\n\nx",
        n => $"Content-Type: multipart/mixed; boundary=x\n\n--x\nX-A: {Repeat("a\n b", n)}\n\nx\n--x--\n",
        n => Repeat("X-A: b\n", n) + "\nx",
        n => string.Concat(Enumerable.Range(0, 500).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")) + "\n" + Repeat("--b7\n", n * 5),
        n => $"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nReferences: {Repeat("<abcdefgh@example.com> ", n)}\n\nx\n--x--\n",
        n => $"Content-Type: multipart/mixed; boundary=x\n\n--x\nSubject: {Repeat("=?utf-8?q?a ", n)}\n\nx\n--x--\n",
        n => $"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain{Repeat("; a=b", n)}\n\nx\n--x--\n",
        n => $"Subject: {Repeat("=?utf-7?q?+AOQ-?= ", n)}\n\nx",
    ];

    private static (string Text, IReadOnlyList<string> Defects) Copy(string raw)
    {
        var copy = ParseCopy.Of(Encoding.UTF8.GetBytes(raw));
        return (Encoding.UTF8.GetString(copy.Bytes.Span), copy.Defects);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}

internal static class CopyExtensions
{
    public static bool Contains(this (string Text, IReadOnlyList<string> Defects) copy, string defect) => copy.Defects.Contains(defect);
}
