using MultiMail.Core.Tests.Delivery;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Suppression;

public sealed class UnsubscribeByMailTests
{
    private const string Bob = "bob@example.com";
    private const string Zone = "example.net TXT v=spf1 ip4:192.0.2.7 -all\n_dmarc.example.net TXT v=DMARC1; p=none";

    [Theory]
    [InlineData("ann@example.net", "unsubscribe ")]
    [InlineData("ann.private@example.edu", "UNSUBSCRIBE ")]
    [InlineData("ann@example.net", "Re:  unsubscribe  ")]
    public async Task The_token_of_the_mailto_link_speaks_for_its_recipient_whoever_sends_it(string from, string word)
    {
        await using var there = await Recipients.HouseAsync();
        await there.WriteAsync(from, word + there.Tokens().MakeId(there.Grant()));
        Assert.Equal([(Recipients.Ann, "unsubscribe")], await there.SuppressedAsync());
        Assert.Equal("applied", await there.TagAsync());
    }

    [Theory]
    [InlineData("unsubscribe")]
    [InlineData(" Unsubscribe! ")]
    [InlineData("Re: unsubscribe")]
    [InlineData("abmelden")]
    [InlineData("=?utf-8?q?se_d=C3=A9sabonner?=")]
    [InlineData("darse de baja")]
    public async Task The_word_as_the_subject_of_an_answer_is_enough(string subject)
    {
        await using var there = await Recipients.HouseAsync();
        var id = await there.SentAsync(Recipients.Ann);
        await there.WriteAsync("Ann <ANN@example.net>", subject, id);
        Assert.Equal([(Recipients.Ann, "unsubscribe")], await there.SuppressedAsync());
        Assert.Equal("applied", await there.TagAsync());
    }

    [Fact]
    public async Task An_answer_that_says_nothing_else_is_enough_too()
    {
        await using var there = await Recipients.HouseAsync();
        var id = await there.SentAsync(Recipients.Ann);
        await there.WriteAsync(Recipients.Ann, "Re: Hello", id, "Unsubscribe\r\n\r\nOn Tue, 24 Nov 2026, robot@example.org wrote:\r\n> They are fine.");
        Assert.Equal([(Recipients.Ann, "unsubscribe")], await there.SuppressedAsync());
    }

    [Fact]
    public async Task A_forged_sender_suppresses_nobody()
    {
        await using var there = await Recipients.HouseAsync();
        var id = await there.SentAsync(Recipients.Ann);
        await there.WriteAsync(Recipients.Ann, "unsubscribe");
        Assert.Equal("unproven", await there.TagAsync());
        await there.WriteAsync(Bob, "unsubscribe", id);
        await there.WriteAsync(Recipients.Ann, "unsubscribe", "msg_00000000000000000000000000");
        await there.WriteAsync("mallory@evil.test", "unsubscribe " + there.Tokens().MakeId(there.Grant())[..^2] + "AA");
        Assert.Empty(await there.SuppressedAsync());
        Assert.Equal(4, (await there.House.ListAsync(RelayHouse.Robot)).Messages.Count);
    }

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("198.51.100.9", false)]
    public async Task One_of_several_recipients_is_believed_only_when_his_domain_shows_him(string client, bool believed)
    {
        await using var there = await Recipients.HouseAsync(dns: ZoneResolver.Of(Zone));
        var id = await there.SentAsync(Recipients.Ann, Bob);
        await there.WriteAsync(Recipients.Ann, "unsubscribe", id, client: client);
        Assert.Equal(believed ? [(Recipients.Ann, "unsubscribe")] : [], await there.SuppressedAsync());
    }

    [Theory]
    [InlineData("How do I unsubscribe?", "")]
    [InlineData("unsubscribe me and my brother", "")]
    [InlineData("Re: unsubscribe", "Auto-Submitted: auto-replied\r\n")]
    public async Task Other_mail_and_answering_machines_unsubscribe_nobody(string subject, string extra)
    {
        await using var there = await Recipients.HouseAsync();
        var id = await there.SentAsync(Recipients.Ann);
        await there.WriteAsync(Recipients.Ann, subject, id, extra: extra);
        Assert.Empty(await there.SuppressedAsync());
        Assert.Null(await there.TagAsync());
    }

    [Fact]
    public async Task A_token_of_another_account_counts_for_nothing_here()
    {
        await using var there = await Recipients.HouseAsync();
        var theirs = new Core.Ids.AccountId(there.House.Person.Account.Value + 1);
        await there.House.Store.WriteAsync(
            async unit =>
            {
                await unit.InsertAccountAsync(new Core.Accounts.Account(theirs, "Others", DualControl: false, [1], PausedAt: null, unit.Now));
                return true;
            },
            TestContext.Current.CancellationToken);
        await there.WriteAsync(Recipients.Ann, "unsubscribe " + there.Tokens().MakeId(there.Grant() with { Account = theirs }));
        Assert.Empty(await there.SuppressedAsync());
    }
}
