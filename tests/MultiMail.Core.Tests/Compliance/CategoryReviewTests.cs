using MultiMail.Core.Compliance.Rules;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Ids;
using MultiMail.Core.Oversight;
using MultiMail.Mail;

namespace MultiMail.Core.Tests.Compliance;

public sealed class CategoryReviewTests
{
    private const string Review = "needs_category_review";
    private static readonly CategoryFacts Known = new(IsInternal: false, ByPerson: false, IsFirstContact: false, HaveRelationship: true);

    [Theory]
    [InlineData("Lunch on Friday")]
    [InlineData("Your invoice 2026-55")]
    [InlineData("Offer letter for the position")]
    [InlineData("Angebot Nr. 12 für die Reparatur")]
    [InlineData("Freedom of movement")]
    public void A_plain_mail_to_somebody_known_is_what_it_says(string subject) => Assert.Empty(CategoryReview.Flags(Mail(subject), Known));

    [Theory]
    [InlineData("20 % off everything")]
    [InlineData("20% OFF everything")]
    [InlineData("Our November newsletter")]
    [InlineData("Nur heute: Sonderangebot")]
    [InlineData("Soldes d'hiver")]
    [InlineData("Don’t miss this")]
    public void A_promotional_subject_asks_for_a_person(string subject)
    {
        Assert.Equal([Review], CategoryReview.Flags(Mail(subject), Known));
        Assert.Equal([Review], CategoryReview.Flags(Mail(subject, "transactional"), Known));
    }

    [Theory]
    [InlineData("https://shop.test/?utm_source=mail", null)]
    [InlineData(null, "<a href=\"https://shop.test/?UTM_Campaign=x\">Shop</a>")]
    [InlineData(null, "<p>Hello</p><img src=\"https://t.test/o\" width=\"1\" height=\"1\">")]
    [InlineData(null, "<img style='width:1px' src=https://t.test/o>")]
    public void What_follows_its_reader_asks_for_a_person(string? text, string? html) =>
        Assert.Equal([Review], CategoryReview.Flags(Mail("Lunch") with { Text = text, Html = html }, Known));

    [Fact]
    public void A_first_contact_without_a_thread_asks_for_a_person_whatever_it_calls_itself()
    {
        var first = Known with { IsFirstContact = true };

        Assert.Equal([Review], CategoryReview.Flags(Mail("Lunch"), first));
        Assert.Equal([Review], CategoryReview.Flags(Mail("Lunch", category: null), first));
    }

    [Fact]
    public void One_text_for_several_people_asks_for_a_person_unless_it_is_said_to_be_conversation()
    {
        Assert.Equal([Review], CategoryReview.Flags(Mail("Lunch", "transactional", "a@one.test", "b@two.test"), Known));
        Assert.Equal([Review], CategoryReview.Flags(Mail("Lunch", null, "a@one.test", "b@two.test"), Known));
        Assert.Empty(CategoryReview.Flags(Mail("Lunch", "conversational", "a@one.test", "b@two.test"), Known));
    }

    [Fact]
    public void Transactional_mail_without_a_relationship_on_record_asks_for_a_person()
    {
        var unknown = Known with { HaveRelationship = false };

        Assert.Equal(["transactional_without_relationship"], CategoryReview.Flags(Mail("Your invoice", "transactional"), unknown));
        Assert.Empty(CategoryReview.Flags(Mail("Lunch"), unknown));
    }

    [Fact]
    public void Mail_within_the_account_and_a_persons_own_need_nobody()
    {
        var worst = Known with { IsFirstContact = true, HaveRelationship = false };
        var mail = Mail("20 % off", "transactional", "a@one.test", "b@two.test");

        Assert.Empty(CategoryReview.Flags(mail, worst with { IsInternal = true }));
        Assert.Empty(CategoryReview.Flags(mail, worst with { ByPerson = true }));
        Assert.Equal([Review, "transactional_without_relationship"], CategoryReview.Flags(mail, worst));
    }

    [Fact]
    public void What_is_declared_commercial_cannot_be_more() =>
        Assert.Empty(CategoryReview.Flags(Mail("20 % off", "commercial"), Known with { IsFirstContact = true }));

    private static CheckedSubmission Mail(string subject, string? category = "conversational", params string[] to)
    {
        IReadOnlyList<MailboxAddress> addresses = [.. (to.Length == 0 ? ["a@one.test"] : to).Select(Address)];
        var mailbox = new Mailbox(new MailboxId(1), new AccountId(1), Letter.Sender, null, "robot", Mode.Monitored, null, null, 0, 0, 1, default);
        return new CheckedSubmission(
            mailbox, Address(Letter.Sender), addresses, [], [], [.. addresses.Select(a => new EnvelopeRecipient(RecipientKind.To, a))], subject, "Hello.", null, null, [],
            category, null, null, null, null, [], null, [], AnswersAutomatic: false)
        {
            Authored = new Authored(),
        };
    }

    private static MailboxAddress Address(string text) => MailboxAddress.TryParse(text, out var address, out var fault) ? address : throw new ArgumentException(fault, nameof(text));
}
