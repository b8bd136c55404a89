using MultiMail.Core.Node;
using MultiMail.Mail;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Inbound.Arrivals;

namespace MultiMail.Core.Tests.Inbound;

public sealed class InboundRecipientTests
{
    [Theory]
    [InlineData("bo@agents.example", RecipientVerdict.Accept)]
    [InlineData("Bo@AGENTS.example", RecipientVerdict.Accept)]
    [InlineData("bo+tag@agents.example", RecipientVerdict.Accept)]
    [InlineData("bo+a+b@agents.example", RecipientVerdict.Accept)]
    [InlineData("+bo@agents.example", RecipientVerdict.NoSuchMailbox)]
    [InlineData("nobody@agents.example", RecipientVerdict.NoSuchMailbox)]
    [InlineData("nobody+bo@agents.example", RecipientVerdict.NoSuchMailbox)]
    [InlineData("postmaster", RecipientVerdict.Accept)]
    [InlineData("postmaster@agents.example", RecipientVerdict.Accept)]
    [InlineData("PostMaster@agents.example", RecipientVerdict.Accept)]
    [InlineData("postmaster@elsewhere.example", RecipientVerdict.NotHere)]
    [InlineData("bo@elsewhere.example", RecipientVerdict.NotHere)]
    [InlineData("bo@sub.agents.example", RecipientVerdict.NotHere)]
    [InlineData("you@multimail.localhost", RecipientVerdict.NotHere)]
    [InlineData("bo%elsewhere.example@agents.example", RecipientVerdict.NoSuchMailbox)]
    public async Task An_address_is_ours_or_it_is_not(string address, RecipientVerdict verdict)
    {
        await using var house = await HouseAsync();
        Assert.Equal(verdict, await house.Node.SmtpDoor.CheckRecipientAsync(Envelope([]), address, default));
    }

    [Theory]
    [InlineData("127.0.0.1", RecipientVerdict.Accept)]
    [InlineData("::1", RecipientVerdict.Accept)]
    [InlineData("::ffff:127.0.0.1", RecipientVerdict.Accept)]
    [InlineData("192.0.2.7", RecipientVerdict.NotHere)]
    [InlineData("::ffff:192.0.2.7", RecipientVerdict.NotHere)]
    public async Task The_local_domain_is_for_this_machine(string client, RecipientVerdict verdict)
    {
        await using var house = await House.BuildAsync();
        Assert.Equal(verdict, await house.Node.SmtpDoor.CheckRecipientAsync(Envelope([], client: client), Installation.PersonAddress, default));
    }

    [Theory]
    [InlineData("", RecipientVerdict.Accept)]
    [InlineData("ann@sender.example", RecipientVerdict.NoSuchMailbox)]
    public async Task A_bounce_address_is_for_bounces(string from, RecipientVerdict verdict)
    {
        await using var house = await HouseAsync();
        Assert.Equal(verdict, await house.Node.SmtpDoor.CheckRecipientAsync(Envelope([], from), "bo+b-0123456789abcdefghjkmnpqrs@agents.example", default));
    }

    [Fact]
    public async Task The_postmaster_of_a_domain_is_its_first_mailbox_and_else_the_person()
    {
        await using var house = await HouseAsync(null, Bo, "cy@agents.example");
        await house.AcceptAsync(Letter("domain"), "postmaster@agents.example");
        await house.AcceptAsync(Letter("server"), "postmaster");
        Assert.Equal("domain", Assert.Single((await house.ListAsync(Bo)).Messages).Subject);
        Assert.Equal("server", Assert.Single((await house.ListAsync(Installation.PersonAddress)).Messages).Subject);
    }

    [Fact]
    public async Task A_postmaster_mailbox_of_its_own_comes_first()
    {
        await using var house = await HouseAsync(null, Bo, "postmaster@agents.example");
        await house.AcceptAsync(Letter(), "postmaster@agents.example");
        Assert.Single((await house.ListAsync("postmaster@agents.example")).Messages);
    }
}
