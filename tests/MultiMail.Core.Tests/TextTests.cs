using MultiMail.Core.Messages;
using MultiMail.Core.Text;

namespace MultiMail.Core.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("2026-12-31T09:00:00Z", "2026-12-31T09:00:00.000Z")]
    [InlineData("2026-12-31T09:00:00.1239999+02:00", "2026-12-31T07:00:00.123Z")]
    [InlineData("2026-12-31 09:00:00.123456789-05:30", "2026-12-31T14:30:00.123Z")]
    [InlineData("2026-12-31t09:00z", "2026-12-31T09:00:00.000Z")]
    public void A_time_is_read_to_the_millisecond(string text, string same)
    {
        Assert.True(Rfc3339.TryParse(text, out var time));
        Assert.Equal(same, Rfc3339.Format(time));
        Assert.Equal(0, time.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Theory]
    [InlineData("2026-12-31T09:00:00")]
    [InlineData("12/31/2026T09:00:00Z")]
    [InlineData("01/02/2026 09:00:00Z")]
    [InlineData("2026-13-01T09:00:00Z")]
    [InlineData("2026-12-31T09:00:00+99:00")]
    [InlineData("2026-12-31T09:00:00Z\n")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public void What_could_be_read_in_two_ways_is_no_time(string text) => Assert.False(Rfc3339.TryParse(text, out _));

    [Fact]
    public void A_snippet_is_one_line_of_whole_words()
    {
        Assert.Equal("Dear all, hello", Snippets.Of("Dear all,\r\n\r\n  hello \n"));
        var snippet = Snippets.Of(string.Join(' ', Enumerable.Repeat("word", 100)));
        Assert.EndsWith(" word…", snippet, StringComparison.Ordinal);
        Assert.InRange(snippet.Length, 150, 160);
    }

    [Theory]
    [InlineData("漢")]
    [InlineData("😀")]
    public void A_text_without_spaces_has_a_snippet_too(string character)
    {
        var snippet = Snippets.Of(string.Concat(Enumerable.Repeat(character, 500)));
        Assert.InRange(snippet.Length, 158, 160);
        Assert.StartsWith(character, snippet, StringComparison.Ordinal);
        Assert.EndsWith(character + "…", snippet, StringComparison.Ordinal);
    }
}
