using MultiMail.Core.Errors;
using MultiMail.Core.Messages;
using MultiMail.Core.Tests.Delivery;
using MultiMail.Core.Tests.Inbound;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Compliance;

public sealed class CategoryTests
{
    [Fact]
    public async Task Mail_within_the_account_needs_no_profile_and_no_footer()
    {
        await using var house = await House.BuildAsync();
        var sent = await house.SendAsync();
        Assert.Equal("unclassified", (await house.MessageAsync(sent.MessageId)).Category);
        Assert.EndsWith("They are fine.\r\n", MessageReader.Read(await house.RawAsync(sent.MessageId)).PlainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_mail_to_the_outside_without_a_profile_is_refused_with_the_command_that_sets_it()
    {
        await using var there = await RelayHouse.BuildAsync();
        var refused = await Assert.ThrowsAsync<RefusalException>(() => there.SendAsync(RelayHouse.Mail("bob@example.com") with { Category = null }));
        Assert.Equal("needs_profile", refused.Code);
        Assert.Contains("multimail profile set", refused.Fix, StringComparison.Ordinal);
        Assert.Equal("CS-07", Assert.Single(refused.Violations).Rule);
        await there.House.SetProfileAsync();
        Assert.NotEmpty(await there.SendAsync(RelayHouse.Mail("bob@example.com") with { Category = null }));
    }

    [Fact]
    public async Task A_missing_profile_hides_no_other_fault()
    {
        await using var there = await RelayHouse.BuildAsync();
        var refused = await Assert.ThrowsAsync<RefusalException>(() =>
            there.SendAsync(RelayHouse.Mail("bob@example.com", "ann@example.com") with { Subject = "Re: Hello", Category = null }));
        Assert.Equal("needs_profile", refused.Code);
        Assert.Equal(["CS-04", "CS-05", "CS-06", "CS-07", "CS-10"], refused.Violations.Select(v => v.Rule).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ann@sender.example", null, "conversational")]
    [InlineData("ANN@sender.example", null, "conversational")]
    [InlineData("ann@sender.example", "transactional", "transactional")]
    public async Task An_answer_to_its_author_is_conversation_unless_declared_otherwise(string author, string? declared, string expected)
    {
        await using var house = await Outgoing.HouseAsync();
        await house.SetProfileAsync();
        await house.AcceptAsync(Arrivals.Letter(), Arrivals.Bo);
        var arrived = Assert.Single(await house.StoredAsync());
        var mail = new Submission
        {
            From = Arrivals.Bo, To = [author], Subject = "Re: Hello", Text = "Fine.", Category = declared, TransactionalBasis = declared == "transactional" ? "account" : null,
        };
        Assert.Equal(expected, await CategoryAsync(house, mail, arrived));
        Assert.Equal(expected, await CategoryAsync(house, mail with { Cc = ["carl@sender.example"] }, arrived)); // a person is asked about the new one
        Assert.Equal(declared ?? "unclassified", await CategoryAsync(house, mail with { To = ["carl@sender.example"] }, arrived));
        Assert.Equal(declared ?? "unclassified", await CategoryAsync(house, mail, parent: null));
    }

    private static async Task<string?> CategoryAsync(House house, Submission mail, Message? parent)
    {
        var core = new Core.Node.CoreContext(house.Store, house.Node.Options, house.Clock);
        var wanted = await new SubmissionCheck(core).CheckAsync(house.Person, mail, parent, default);
        var account = await house.Store.GetAccountAsync(house.Person.Account, default);
        return (await new Core.Compliance.Composition(core).MakeAsync(house.Person, account!, wanted, reviewed: true, default)).Category;
    }
}
