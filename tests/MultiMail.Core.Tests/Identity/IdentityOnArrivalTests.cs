using System.Net;
using System.Text;
using MultiMail.Core.Identity;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Tests.Inbound;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Identity;

/// <summary>Our own signed mail that comes back through the door, as it was and as others made it.</summary>
public sealed class IdentityOnArrivalTests
{
    [Fact]
    public async Task Mail_between_our_mailboxes_arrives_verified()
    {
        await using var house = await House.BuildAsync();
        await SignedAsync(house);
        Assert.Equal(Verification.Verified, await NewestAsync(house));
    }

    [Fact]
    public async Task Mail_without_the_header_has_no_verdict()
    {
        await using var house = await House.BuildAsync();
        await BackAsync(house, "From: ann@sender.example\r\nSubject: Hello\r\n\r\nHello.\r\n");
        Assert.Equal("none", await NewestAsync(house));
    }

    [Theory]
    [InlineData("They are fine.", "They are fine.", Verification.Verified)]
    [InlineData("They are fine.", "They are not.", Verification.SignedButModified)]
    [InlineData("Quarterly numbers", "Yearly numbers", Verification.Invalid)]
    [InlineData("X-MultiMail-Identity: ", "X-MultiMail-Identity: x", Verification.Invalid)]
    [InlineData("X-MultiMail-Identity: ", "X-MultiMail-Identity: a.b.c\r\nX-MultiMail-Identity: ", Verification.Invalid)]
    public async Task What_comes_back_is_judged_by_its_bytes(string written, string changed, string verdict)
    {
        await using var house = await House.BuildAsync();
        await BackAsync(house, (await SignedAsync(house)).Replace(written, changed, StringComparison.Ordinal));
        Assert.Equal(verdict, await NewestAsync(house));
    }

    [Fact]
    public async Task A_copy_for_somebody_else_is_invalid()
    {
        await using var house = await House.BuildAsync();
        await BackAsync(house, await SignedAsync(house), to: Installation.AgentAddress);
        Assert.Equal(Verification.Invalid, await NewestAsync(house));
    }

    [Fact]
    public async Task Mail_of_another_installation_is_undetermined_whatever_it_says()
    {
        await using var theirs = await House.BuildAsync();
        await using var ours = await House.BuildAsync();
        await BackAsync(ours, await SignedAsync(theirs));
        Assert.Equal(Verification.Undetermined, await NewestAsync(ours));
    }

    [Fact]
    public async Task The_verdict_stays_that_of_the_arrival_and_old_mail_has_none()
    {
        await using var house = await House.BuildAsync();
        await SignedAsync(house);
        var key = (await house.Node.SigningKeys.PublishedAsync(default))[0];
        await house.Node.SigningKeys.RevokeAsync(house.Person, key.Kid, null, "stolen", default);
        Assert.Equal(Verification.Verified, await NewestAsync(house));
        house.Tamper("UPDATE message_source SET identity = NULL");
        Assert.Equal(Verification.Undetermined, await NewestAsync(house));
    }

    /// <returns>What arrived in the person's mailbox.</returns>
    private static async Task<string> SignedAsync(House house)
    {
        var sent = await house.SendAsync();
        await house.ApproveAsync(sent.MessageId);
        await house.DeliverAsync();
        var raw = await house.Store.RawAsync(house.Person.Account, (await house.StoredAsync())[0].RawSha256, default);
        return Encoding.ASCII.GetString(raw!); // stored a moment ago
    }

    private static async Task BackAsync(House house, string mail, string to = Installation.PersonAddress)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var envelope = new InboundEnvelope(IPAddress.Loopback, "sender.example", "ann@sender.example", [to], Tls: true);
        Assert.Equal(AcceptOutcome.Accepted, (await house.Node.SmtpDoor.AcceptAsync(envelope, Encoding.ASCII.GetBytes(mail), default)).Outcome);
    }

    private static async Task<string?> NewestAsync(House house)
    {
        var id = house.Node.Ids.Format((await house.StoredAsync())[0].Id);
        return (await house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = id }, default)).Authentication?.Identity;
    }
}
