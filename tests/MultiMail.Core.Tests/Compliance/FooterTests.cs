using MultiMail.Core.Compliance.Footers;
using MultiMail.Core.Contacts;
using MultiMail.Core.Errors;
using MultiMail.Core.Messages;
using MultiMail.Core.Profile;
using MultiMail.Core.Suppression;
using MultiMail.Core.Tests.Inbound;
using MultiMail.Mail;

namespace MultiMail.Core.Tests.Compliance;

public sealed class FooterTests
{
    private const string Bob = "bob@example.com";

    private static Submission Offer => new()
    {
        From = Arrivals.Bo, To = [Bob], Subject = "A new thing", Text = "We have a new thing.", Html = "<div>We have a <b>new</b> thing.</div>",
    };

    public static TheoryData<string> Languages => [.. ProfileLanguages.All];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Mail_to_the_outside_ends_with_who_sends_it_and_the_way_out_in_both_parts(string language)
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync(Outgoing.Example with { Language = language });
        var read = await house.ReadAsync(Offer, house.Person);
        var word = FooterTexts.Of(language).Unsubscribe;
        var text = read.PlainText!.ReplaceLineEndings("\n");
        Assert.Contains("We have a new thing.\n\n* * *\nExample GmbH\nHauptstraße 1\n10115 Berlin\nDE\n\n" + word + ": https://mail.example.org/u/", text, StringComparison.Ordinal);
        var page = text.Split('\n').First(l => l.StartsWith(word + ": ", StringComparison.Ordinal))[(word.Length + 2)..];
        var seen = HtmlSight.Of(read.Html!).Text;
        Assert.Contains("Example GmbH\nHauptstraße 1\n10115 Berlin\nDE\n", seen, StringComparison.Ordinal);
        Assert.EndsWith(word, seen.TrimEnd(), StringComparison.Ordinal);
        var link = Assert.Single(read.Links);
        Assert.Equal((page, word), (link.Target, link.Text));
        Assert.Equal(language, read.Header("Content-Language"));
        Assert.StartsWith($"<{page}>, <mailto:bo@agents.example?subject=unsubscribe", read.Header("List-Unsubscribe"), StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", read.Header("List-Unsubscribe-Post"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Without_a_public_address_an_answer_by_mail_is_the_way_out(string language)
    {
        await using var house = await Outgoing.HouseAsync("http://127.0.0.1:8484");
        await house.SetProfileAsync(Outgoing.Example with { Language = language });
        var words = FooterTexts.Of(language);
        var read = await house.ReadAsync(Offer, house.Person);
        Assert.Contains(words.ReplyWord, words.Reply, StringComparison.Ordinal);
        Assert.True(UnsubscribeWords.Is(words.ReplyWord));
        Assert.EndsWith(words.Reply, read.PlainText!.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith(words.Reply, HtmlSight.Of(read.Html!).Text.TrimEnd(), StringComparison.Ordinal);
        Assert.StartsWith("<mailto:bo@agents.example", read.Header("List-Unsubscribe"), StringComparison.Ordinal);
        Assert.Null(read.Header("List-Unsubscribe-Post"));
        Assert.Empty(read.Links);
    }

    [Fact]
    public async Task Commercial_mail_says_that_it_is_one_until_the_recipient_has_agreed_to_it()
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync();
        await house.Node.Contacts.AddAsync(house.Person, new ContactFields { Email = Bob, Source = "form" }, default);
        Assert.Contains("* * *\r\nAdvertisement\r\n", (await house.ReadAsync(Offer with { Category = "commercial" }, house.Person)).PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_agreed_to_advertising_is_not_told_that_it_is_one()
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync();
        var consent = new ConsentFields("https://example.org/form", "2026-11-01T09:00:00Z", "Yes, send me news.");
        await house.Node.Contacts.AddAsync(house.Person, new ContactFields { Email = Bob, Source = "form", Consent = consent }, default);
        Assert.DoesNotContain("Advertisement", (await house.ReadAsync(Offer with { Category = "commercial" }, house.Person)).PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_mail_to_machines_alone_has_no_line_and_its_fields_say_what_it_is()
    {
        await using var house = await Outgoing.HouseAsync();
        var (agent, _) = await house.KeyAsync("send,read");
        await house.Node.Contacts.AddAsync(house.Person, new ContactFields { Email = Bob, Source = "form", RecipientKind = "machine", MachineEvidence = "Their order intake." }, default);
        var alone = await house.ReadAsync(Offer with { Category = "conversational" }, agent);
        Assert.Equal("We have a new thing.", alone.PlainText!.TrimEnd());
        Assert.Equal("true", alone.Header("X-AI-Generated"));
        var both = await house.ReadAsync(Offer with { Category = "conversational", Cc = ["ann@example.com"] }, agent);
        Assert.StartsWith("This message was written and sent by an AI agent (bo)", both.PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commercial_mail_without_a_public_address_is_refused_by_both_rules_and_the_fix_names_the_setting()
    {
        await using var house = await Outgoing.HouseAsync("http://127.0.0.1:8484");
        await house.SetProfileAsync();
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.SendAsync(Offer with { Category = "commercial" }, house.Person));
        Assert.Equal("compliance_rejected", refused.Code);
        Assert.Equal(["CS-05", "CS-06", "CS-11"], refused.Violations.Select(v => v.Rule));
        Assert.All(refused.Violations.Take(2), v => Assert.Contains("MULTIMAIL_PUBLIC_URL", v.Fix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_text_says_itself_is_not_said_again()
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync();
        var first = await house.ReadAsync(Offer, house.Person);
        var page = Assert.Single(first.Links).Target;
        var own = $"We have a new thing.\n\nExample GmbH, Hauptstraße 1, 10115 Berlin, DE\nUnsubscribe: {page}";
        var html = $"<p>We have a new thing.</p><p>Example GmbH, Hauptstraße 1, 10115&nbsp;Berlin, DE</p><a href=\"{page}\">Unsubscribe</a>";
        var read = await house.ReadAsync(Offer with { Subject = "Again", Text = own, Html = html }, house.Person);
        Assert.DoesNotContain("* * *", read.PlainText, StringComparison.Ordinal);
        Assert.Equal(2, read.PlainText!.Split("Hauptstraße").Length);
        Assert.Equal(2, read.Html!.Split("Hauptstraße").Length);
        Assert.Single(read.Links);
    }

    [Fact]
    public async Task A_hidden_address_is_none_and_the_footer_is_added()
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync();
        var html = "<p>We have a new thing.</p><p style=\"display:none\">Example GmbH, Hauptstraße 1, 10115 Berlin, DE</p>";
        var read = await house.ReadAsync(Offer with { Html = html }, house.Person);
        Assert.Contains("Example GmbH\nHauptstraße 1\n10115 Berlin\nDE", HtmlSight.Of(read.Html!).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_and_transactions_have_no_footer()
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync();
        foreach (var mail in (Submission[])[Offer with { Category = "conversational" }, Offer with { Category = "transactional", TransactionalBasis = "delivery" }])
        {
            var read = await house.ReadAsync(mail, house.Person);
            Assert.DoesNotContain("* * *", read.PlainText, StringComparison.Ordinal);
            Assert.Null(read.Header("List-Unsubscribe"));
        }
    }

    [Fact]
    public async Task A_recipients_language_goes_before_the_profiles()
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync();
        await house.Node.Contacts.AddAsync(house.Person, new ContactFields { Email = Bob, Source = "form", Language = "pl" }, default);
        var read = await house.ReadAsync(Offer, (await house.KeyAsync("send,read")).Principal);
        Assert.StartsWith("Ta wiadomość została napisana", read.PlainText, StringComparison.Ordinal);
        Assert.Contains("Wypisz: https://", read.PlainText, StringComparison.Ordinal);
    }
}
