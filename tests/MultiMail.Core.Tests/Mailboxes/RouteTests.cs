using MultiMail.Core.Errors;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Mailboxes;

/// <summary>Where mail of and to linked mailboxes goes, also when a link's secret does not open any more.</summary>
public sealed class RouteTests
{
    private const string BreakRelay = "UPDATE mailbox_link SET relay = randomblob(80)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_relay_that_does_not_open_is_none_and_the_sender_learns_it()
    {
        await using var house = await new Elsewhere().HouseAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(imap: null), Token);
        house.Tamper(BreakRelay);

        var refused = await Assert.ThrowsAsync<RefusalException>(() => SendAsync(house, Elsewhere.Address, "bob@example.org"));
        Assert.Equal((ErrorCodes.NoRelay, "to"), (Assert.Single(refused.Violations).Code, refused.Violations[0].Field));
    }

    [Fact]
    public async Task Mail_for_a_mailbox_elsewhere_is_not_put_here_because_its_relay_does_not_open()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(imap: null), Token);
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox("zoe@example.net", imap: null), Token);
        await house.SetModeAsync("zoe@example.net", "autonomous");
        house.Tamper($"{BreakRelay} WHERE mailbox_id = (SELECT id FROM mailbox WHERE address = '{Elsewhere.Address}')");

        await SendAsync(house, "zoe@example.net", Elsewhere.Address);
        await house.DeliverAsync();
        Assert.Equal([Elsewhere.Address], Assert.Single(world.Transport.Sent).Envelope.Recipients);
        Assert.Empty((await house.ListAsync(Elsewhere.Address)).Messages);
    }

    [Fact]
    public async Task A_mailbox_elsewhere_at_a_domain_that_is_registered_here_is_reached_outside()
    {
        var world = new Elsewhere();
        await using var house = await world.HouseAsync();
        await house.Node.Domains.AddAsync(house.Person, "example.net", Token);
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(imap: null), Token);
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox("zoe@example.net", imap: null), Token);
        await house.SetModeAsync("zoe@example.net", "autonomous");

        await SendAsync(house, "zoe@example.net", Elsewhere.Address);
        await house.DeliverAsync();
        Assert.Equal([Elsewhere.Address], Assert.Single(world.Transport.Sent).Envelope.Recipients);
        var refused = await Assert.ThrowsAsync<RefusalException>(() => SendAsync(house, "zoe@example.net", "nobody@example.net"));
        Assert.Equal(ErrorCodes.UnknownRecipient, Assert.Single(refused.Violations).Code);
    }

    [Fact]
    public async Task What_does_not_open_with_this_master_key_is_named_and_can_be_set_again()
    {
        await using var house = await new Elsewhere().HouseAsync();
        await house.Node.Mailboxes.CreateAsync(house.Person, Elsewhere.Mailbox(), Token);
        await house.Node.Relay.SetAsync(house.Person, $"smtps://post:{Elsewhere.Canary}@smtp.example.org", check: true, Token);
        house.Tamper(BreakRelay);
        house.Tamper("UPDATE store_meta SET value = randomblob(80) WHERE key = 'relay'");

        var shown = await house.Node.Relay.ShowAsync(house.Person, Token);
        Assert.Equal((null, "unreadable"), (shown.Relay, shown.Origin));
        Assert.Null(await house.Node.Relay.TestAsync(house.Person, Token));
        Assert.Equal(ErrorCodes.EndpointCheckFailed, await RefusedAsync(() => house.Node.Links.TestAsync(house.Person, Elsewhere.Address, Token)));
        Assert.Equal("stored", (await house.Node.Relay.SetAsync(house.Person, $"smtps://post:{Elsewhere.Canary}@smtp.example.org", check: true, Token)).Origin);
    }

    private static async Task SendAsync(House house, string from, string to) =>
        await house.Node.Submissions.SendAsync((await house.KeyAsync("send,read")).Principal, Letter() with { From = from, To = [to], Category = "conversational" }, Token);
}
