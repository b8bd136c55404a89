using System.Text;
using MultiMail.Core.Inbound;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Mail;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Inbound.Arrivals;

namespace MultiMail.Core.Tests.Inbound;

public sealed class SenderCheckTests
{
    private const string Published = """
        sender.example TXT v=spf1 ip4:192.0.2.7 -all
        _dmarc.sender.example TXT v=DMARC1; p=reject
        _dmarc.bank.example TXT v=DMARC1; p=reject
        """;

    [Fact]
    public async Task Mail_of_a_permitted_server_is_shown_as_such()
    {
        await using var house = await HouseAsync(With(ZoneResolver.Of(Published)));
        await house.AcceptAsync(Letter(), Bo);
        Assert.Equal(new AuthenticationView("smtp", "pass", "none", "pass", "sender.example", Aligned: true), await ShownAsync(house));
    }

    [Fact]
    public async Task Forged_author_is_not_vouched_for_by_the_forgers_own_domain()
    {
        await using var house = await HouseAsync(With(ZoneResolver.Of(Published)));
        var forged = Encoding.ASCII.GetString(Letter()).Replace("ann@sender.example", "ceo@bank.example", StringComparison.Ordinal);
        await house.AcceptAsync(Encoding.ASCII.GetBytes(forged), Bo);
        Assert.Equal(new AuthenticationView("smtp", "pass", "none", "fail", "bank.example", Aligned: false), await ShownAsync(house));
    }

    [Fact]
    public async Task Claims_in_the_message_are_never_read()
    {
        await using var house = await HouseAsync(With(new ZoneResolver()));
        await house.AcceptAsync(Letter(extra: "Authentication-Results: multimail.localhost; spf=pass; dkim=pass; dmarc=pass\r\nX-MultiMail-Authentication: pass\r\n"), Bo);
        Assert.Equal(new AuthenticationView("smtp", "none", "none", "none", "sender.example", Aligned: false), await ShownAsync(house));
    }

    [Fact]
    public async Task Silent_dns_delays_mail_for_many_by_20_seconds_and_loses_none()
    {
        var zone = new ZoneResolver { Gate = new TaskCompletionSource() };
        await using var house = await HouseAsync(With(zone), Bo, "cy@agents.example", "di@agents.example");
        var accepted = house.AcceptAsync(Letter(), Bo, "cy@agents.example", "di@agents.example");
        await zone.WaitForQuestionAsync();
        Assert.False(accepted.IsCompleted);
        house.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(AcceptOutcome.Accepted, (await accepted).Outcome);
        Assert.Equal(3, (await house.StoredAsync()).Count);
        Assert.Equal(new AuthenticationView("smtp", "temperror", "none", "temperror", "sender.example", Aligned: false), await ShownAsync(house));
        Assert.Single(zone.Asked);
    }

    [Fact]
    public async Task Without_dns_nothing_is_known()
    {
        await using var house = await HouseAsync();
        await house.AcceptAsync(Letter(), Bo);
        Assert.Equal(new AuthenticationView("smtp", "unknown", "unknown", "unknown", null, Aligned: false), await ShownAsync(house));
    }

    [Fact]
    public async Task Mail_between_mailboxes_of_this_server_asks_nobody()
    {
        var zone = ZoneResolver.Of(Published);
        await using var house = await House.BuildAsync(With(zone));
        var sent = await house.SendAsync();
        await house.ApproveAsync(sent.MessageId);
        await house.DeliverAsync();
        var view = await ShownAsync(house);
        Assert.Equal(("local", "local", "local", "local", true), (view!.Origin, view.Spf, view.Dkim, view.Dmarc, view.Aligned));
        Assert.Equal("multimail.localhost", view.FromDomain);
        Assert.Empty(zone.Asked);
        Assert.Null((await house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = sent.MessageId }, default)).Authentication);
    }

    private static Func<byte[], CoreOptions> With(ZoneResolver zone) => key => new CoreOptions { MasterKey = key, Dns = zone };

    private static async Task<AuthenticationView?> ShownAsync(House house)
    {
        var id = house.Node.Ids.Format((await house.StoredAsync())[0].Id);
        return (await house.Node.Inbox.ReadAsync(house.Person, new ReadRequest { MessageId = id }, default)).Authentication;
    }
}
