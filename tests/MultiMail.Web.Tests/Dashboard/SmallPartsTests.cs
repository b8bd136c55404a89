using Microsoft.Extensions.Time.Testing;
using MultiMail.Web.Dashboard;
using MultiMail.Web.Dashboard.Security;

namespace MultiMail.Web.Tests.Dashboard;

public sealed class SmallPartsTests
{
    [Theory]
    [InlineData("plain äöü 漢字 👩‍👩", "plain äöü 漢字 👩⟦U+200D⟧👩")]
    [InlineData("pay\u202Egnp.exe", "pay⟦U+202E⟧gnp.exe")]
    [InlineData("a\u00ADb\uFEFFc\u3164d", "a⟦U+00AD⟧b⟦U+FEFF⟧c⟦U+3164⟧d")]
    [InlineData("a\U000E0041b", "a⟦U+E0041⟧b")]
    [InlineData("a\r\nb\u0000", "a⟦U+000D⟧⟦U+000A⟧b⟦U+0000⟧")]
    [InlineData(null, "")]
    public void What_cannot_be_seen_is_written_out(string? text, string shown) => Assert.Equal(shown, VisibleText.Show(text));

    [Fact]
    public void Line_breaks_of_a_body_stay() => Assert.Equal("a\n\tb⟦U+200B⟧", VisibleText.Show("a\n\tb\u200B", lines: true));

    [Fact]
    public void A_form_token_fits_its_own_secret_only()
    {
        var token = CsrfTokens.For("secret one");

        Assert.True(CsrfTokens.Matches("secret one", token));
        Assert.False(CsrfTokens.Matches("secret two", token));
        Assert.False(CsrfTokens.Matches("secret one", token + "x"));
        Assert.False(CsrfTokens.Matches("secret one", null));
        Assert.False(CsrfTokens.Matches("secret one", "ü"));
        Assert.DoesNotContain("secret", token, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_names_does_not_grow_the_limiter_and_is_forgotten()
    {
        var clock = new FakeTimeProvider();
        var limiter = new SignInLimiter(clock);
        TimeSpan? last = null;
        for (var i = 0; i < 20_000; i++)
        {
            last = limiter.Attempt($"10.0.{i / 256}.{i % 256}", $"{i}@example.org");
        }

        Assert.NotNull(last);
        clock.Advance(SignInLimiter.Window);
        Assert.Null(limiter.Attempt("10.0.0.1", "1@example.org"));
    }

    [Theory]
    [InlineData(30, "just now")]
    [InlineData(61, "1 min ago")]
    [InlineData(7_300, "2 h ago")]
    [InlineData(200_000, "21 Nov 2026, 16:26 UTC")]
    public void Times_are_told_as_people_do(int secondsAgo, string words)
    {
        var now = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(words, Words.Ago(now, now.AddSeconds(-secondsAgo)));
    }
}
