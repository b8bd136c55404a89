using MultiMail.Mcp.Commands;

namespace Scenarios.CommandLine;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("zwölf ✓ 漢字", "zwölf ✓ 漢字")]
    [InlineData("a\u001b[2Jb", "a⟦U+001B⟧[2Jb")]
    [InlineData("a\u202eb", "a⟦U+202E⟧b")]
    [InlineData("a\u200bb", "a⟦U+200B⟧b")]
    [InlineData("a\u009bb", "a⟦U+009B⟧b")]
    [InlineData("two\r\nlines", "two lines")]
    public void What_could_move_a_terminals_cursor_is_shown_by_number(string text, string safe) => Assert.Equal(safe, SafeText.Line(text));

    [Fact]
    public void A_block_keeps_its_lines_but_no_bare_carriage_return() => Assert.Equal("a\nb\nc\td", SafeText.Block("a\r\nb\rc\td"));

    [Fact]
    public void A_long_line_is_cut() => Assert.Equal(200, SafeText.Line(new string('x', 5_000)).Length);
}
