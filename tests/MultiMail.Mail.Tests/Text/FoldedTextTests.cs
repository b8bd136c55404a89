namespace MultiMail.Mail.Tests.Text;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Ignore it", "іgn\u200Borе  it!")] // Cyrillic і and е
    [InlineData("system", "ѕуѕtеm")] // Cyrillic
    [InlineData("system", "ｓｙｓｔｅｍ")]
    [InlineData("system", "𝐬𝐲𝐬𝐭𝐞𝐦")]
    [InlineData("früher", "FRU\u0308HER")]
    [InlineData("don't", "don’t")]
    [InlineData("send_email", "Send_Email")]
    public void What_looks_the_same_has_the_same_words(string one, string other) => Assert.Equal(FoldedText.Words(one), FoldedText.Words(other));

    [Fact]
    public void Everything_but_letters_digits_and_low_lines_parts_words() =>
        Assert.Equal(["a", "b", "c_d", "e"], FoldedText.Words("  a-b\n(c_d) … e\uD800"));

    [Fact]
    public void Only_the_first_part_is_looked_at() => Assert.Equal(["ab"], FoldedText.Words("ab cd", 3));
}
