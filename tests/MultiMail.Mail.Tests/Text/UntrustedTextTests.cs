using System.Text;

namespace MultiMail.Mail.Tests.Text;

public sealed class UntrustedTextTests
{
    [Theory]
    [InlineData("a\U000E0041\U000E0042\U000E007Fb", "tag_characters", 3)]
    [InlineData("a\u200Bb", "zero_width", 1)]
    [InlineData("a\u200C\u200E\u200Fb", "zero_width", 3)]
    [InlineData("a\u2060\u2061\u2062\u2063\u2064b", "zero_width", 5)]
    [InlineData("a\uFEFFb", "zero_width", 1)]
    [InlineData("a\u00ADb", "zero_width", 1)]
    [InlineData("a\u200Db", "zero_width", 1)]
    [InlineData("a\u202A\u202B\u202C\u202D\u202Eb", "bidi_controls", 5)]
    [InlineData("a\u2066\u2067\u2068\u2069b", "bidi_controls", 4)]
    [InlineData("a\uFE00\uFE0Fb", "variation_selectors", 2)]
    [InlineData("a\U000E0100\U000E01EFb", "variation_selectors", 2)]
    [InlineData("a\u3164\uFFA0b", "fillers", 2)]
    [InlineData("a\0\u0001\u001F\u007F\u0085\u009Fb", "controls", 6)]
    public void Each_class_is_removed_and_counted(string text, string kind, int count)
    {
        var result = UntrustedText.Normalise(text);
        Assert.Equal("ab", result.Text);
        Assert.Equal(count, Assert.Single(result.Removed, item => item.Key == kind).Value);
        Assert.Single(result.Removed);
    }

    [Theory]
    [InlineData("a\u200Ab")]
    [InlineData("a\u2010b")]
    [InlineData("a\u2029b")]
    [InlineData("a\u2070b")]
    [InlineData("a\u1161b")]
    [InlineData("a\u1810b")]
    [InlineData("a\u3163b")]
    [InlineData("a\uFF9Fb")]
    [InlineData("a\u00A0b")]
    [InlineData("tab\tand\nline")]
    [InlineData("ﬁ ½ ＡＢ")]
    [InlineData("שלום مرحبا नमस्ते 你好")]
    public void Neighbours_and_ordinary_text_stay(string text)
    {
        var result = UntrustedText.Normalise(text);
        Assert.Equal(text, result.Text);
        Assert.Empty(result.Removed);
    }

    [Theory]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("❤️‍🔥", 1)]
    [InlineData("🏳️‍🌈", 1)]
    [InlineData("👁️‍🗨️", 1)]
    public void Emoji_sequences_stay_whole_and_are_counted(string text, int joiners)
    {
        var result = UntrustedText.Normalise(text);
        Assert.Equal(text, result.Text);
        Assert.Equal(joiners, result.Removed["emoji_sequences"]);
    }

    [Theory]
    [InlineData("☎️")]
    [InlineData("1️⃣")]
    [InlineData("©️")]
    [InlineData("👍🏽")]
    public void Emoji_presentation_stays(string text) => Assert.Equal(text, UntrustedText.Normalise(text).Text);

    [Fact]
    public void Selectors_that_carry_data_behind_an_emoji_are_removed()
    {
        var hidden = "😀" + string.Concat(Enumerable.Range(0xE0100, 20).Select(char.ConvertFromUtf32)) + "\uFE0F\uFE0F";
        var result = UntrustedText.Normalise(hidden);
        Assert.Equal("😀", result.Text);
        Assert.Equal(22, result.Removed["variation_selectors"]);
    }

    [Fact]
    public void Lone_surrogates_become_the_replacement_character()
    {
        var result = UntrustedText.Normalise("a\uD800b\uDC00");
        Assert.Equal("a\uFFFDb\uFFFD", result.Text);
        Assert.Equal(2, result.Removed["lone_surrogates"]);
    }

    [Fact]
    public void Text_is_composed_after_removal()
    {
        Assert.Equal("é", UntrustedText.Normalise("e\u0301").Text);
        Assert.Equal("é", UntrustedText.Normalise("e\u200B\u0301").Text);
    }

    [Fact]
    public void Line_ends_become_lf_and_are_no_controls()
    {
        var result = UntrustedText.Normalise("a\r\nb\rc\n");
        Assert.Equal("a\nb\nc\n", result.Text);
        Assert.Empty(result.Removed);
    }

    [Fact]
    public void Normalising_twice_changes_nothing()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var once = UntrustedText.Normalise(RandomText(random)).Text;
            Assert.Equal(once, UntrustedText.Normalise(once).Text);
        }
    }

    [Theory]
    [InlineData("\u061C", "bidi_controls")]
    [InlineData("\u034F", "zero_width")]
    [InlineData("\u180E", "zero_width")]
    [InlineData("\u206A", "zero_width")]
    [InlineData("\U0001D173", "zero_width")]
    [InlineData("\u180B", "variation_selectors")]
    [InlineData("\u115F", "fillers")]
    public void What_Unicode_calls_ignorable_is_removed_and_shown(string hidden, string kind)
    {
        var clean = UntrustedText.Normalise($"pay{hidden}me");
        Assert.Equal(("payme", 1), (clean.Text, clean.Removed[kind]));
        Assert.Contains("⟦U+", UntrustedText.ShowInvisible($"pay{hidden}me"), StringComparison.Ordinal);
    }

    [Fact]
    public void Reviewer_sees_what_is_invisible()
    {
        Assert.Equal("a⟦U+200B⟧b⟦U+202E⟧c⟦U+E0041⟧", UntrustedText.ShowInvisible("a\u200Bb\u202Ec\U000E0041"));
        Assert.Equal("👩‍👧 plain\n", UntrustedText.ShowInvisible("👩‍👧 plain\r\n"));
        Assert.Equal("⟦U+0007⟧\uFFFD", UntrustedText.ShowInvisible("\a\uD800"));
    }

    private static string RandomText(Random random)
    {
        int[] starts = [0x20, 0x80, 0x300, 0x200B, 0x2028, 0x1100, 0x1161, 0xAC00, 0xFE00, 0xE0000, 0x1F600, 0x2764, 0xD800];
        var text = new StringBuilder();
        for (var i = 0; i < 12; i++)
        {
            var point = starts[random.Next(starts.Length)] + random.Next(40);
            text.Append(point is >= 0xD800 and <= 0xDFFF ? ((char)point).ToString() : char.ConvertFromUtf32(point));
        }

        return text.ToString();
    }
}
