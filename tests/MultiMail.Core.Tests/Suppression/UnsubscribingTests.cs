using MultiMail.Core.Contacts;
using MultiMail.Core.Errors;
using MultiMail.Core.Suppression;
using MultiMail.Core.Tests.Compliance;
using MultiMail.Core.Tests.Delivery;

namespace MultiMail.Core.Tests.Suppression;

public sealed class UnsubscribingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Looking_at_the_link_changes_nothing_and_using_it_stops_all_mail_but_what_is_owed()
    {
        await using var there = await Recipients.HouseAsync();
        var token = there.LinkToken();
        Assert.Equal(new UnsubscribeView(Recipients.Sender, "a…@example.net", Done: false), await there.House.Node.Unsubscribing.LookAsync(token, Token));
        Assert.Empty(await there.SuppressedAsync());

        Assert.True((await there.House.Node.Unsubscribing.ApplyAsync(token, Token))?.Done);
        Assert.True((await there.House.Node.Unsubscribing.ApplyAsync(token, Token))?.Done);
        Assert.True((await there.House.Node.Unsubscribing.LookAsync(token, Token))?.Done);

        Assert.Equal([(Recipients.Ann, "unsubscribe")], await there.SuppressedAsync());
        var leaf = Assert.Single((await there.House.Node.Audit.QueryAsync(there.House.Person, new() { Action = "suppression.added" }, Token)).Entries);
        Assert.Equal(("unsubscribe", "system"), (leaf.Reason, leaf.ActorKind));
        foreach (var category in new[] { null, "unclassified", "commercial" })
        {
            Assert.Equal(ErrorCodes.Suppressed, await Steps.RefusedAsync(() => there.SendAsync(RelayHouse.Mail("ANN@example.net") with { Category = category })));
        }

        var owed = new ContactFields { Email = Recipients.Ann, Source = "her order", Relationship = new RelationshipFields("delivery", "She ordered a book.") };
        await there.House.Node.Contacts.AddAsync(there.House.Person, owed, Token);
        await there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { Subject = "c", Category = "conversational" });
        await there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { Subject = "t", Category = "transactional", TransactionalBasis = "delivery" });
        await there.House.DeliverAsync();
        Assert.Equal(2, there.Relay.Seen.Count);
    }

    [Theory]
    [InlineData(SuppressionReason.HardBounce)]
    [InlineData(SuppressionReason.Complaint)]
    [InlineData(SuppressionReason.Manual)]
    [InlineData(SuppressionReason.Erasure)]
    public void Every_other_reason_stops_every_category(SuppressionReason reason) =>
        Assert.All<string?>([null, "unclassified", "commercial", "conversational", "transactional"], category => Assert.True(Suppressed.Blocks(reason, category)));

    [Fact]
    public async Task It_holds_at_once_for_mail_that_is_approved_or_scheduled()
    {
        await using var there = await Recipients.HouseAsync("gated_send");
        await there.House.SetProfileAsync();
        var approved = await there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { Category = null });
        await there.House.ApproveAsync(approved);
        var at = there.House.Clock.GetUtcNow().AddHours(2);
        var scheduled = await there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { Subject = "later", Category = null, SendAt = Core.Text.Rfc3339.Format(at) });
        await there.House.ApproveAsync(scheduled);

        await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken("ann@example.net"), Token);
        await there.PassAsync(TimeSpan.FromHours(3));

        Assert.Empty(there.Relay.Seen);
        Assert.Equal(["failed", "failed"], [await there.House.StatusAsync(approved), await there.House.StatusAsync(scheduled)]);
    }

    [Fact]
    public void Every_word_that_a_footer_asks_for_is_understood() =>
        Assert.All(MultiMail.Core.Compliance.Footers.FooterTexts.All, text => Assert.True(UnsubscribeWords.Is(text.ReplyWord), text.ReplyWord));

    [Fact]
    public async Task A_forged_token_and_that_of_another_key_tell_and_change_nothing()
    {
        await using var there = await Recipients.HouseAsync();
        var foreign = new UnsubscribeTokens(new SuppressionSecrets(new() { MasterKey = new byte[32] })).Make(there.Grant());
        foreach (var token in new[] { foreign, there.LinkToken() + "x", there.Tokens().MakeId(there.Grant()), "x.y", null })
        {
            Assert.Null(await there.House.Node.Unsubscribing.LookAsync(token, Token));
            Assert.Null(await there.House.Node.Unsubscribing.ApplyAsync(token, Token));
        }

        Assert.Empty(await there.SuppressedAsync());
    }

    [Fact]
    public async Task A_link_outlives_the_database_it_was_made_with()
    {
        string token;
        await using (var lost = await Recipients.HouseAsync())
        {
            token = lost.LinkToken();
        }

        await using var anew = await Recipients.HouseAsync();
        Assert.True((await anew.House.Node.Unsubscribing.ApplyAsync(token, Token))?.Done);
        Assert.Equal([(Recipients.Ann, "unsubscribe")], await anew.SuppressedAsync());
    }

    [Fact]
    public async Task The_header_pair_has_one_https_link_first_and_only_there_the_one_click_field()
    {
        await using var there = await Recipients.HouseAsync();
        var (core, mailbox) = await PartsAsync(there);
        var pair = core.ListHeaders.For(mailbox, Recipients.Ann);
        Assert.Equal(["List-Unsubscribe", "List-Unsubscribe-Post"], pair.Select(h => h.Name));
        Assert.Equal("List-Unsubscribe=One-Click", pair[1].Value);
        var uris = pair[0].Value.Split(", ");
        Assert.Equal(2, uris.Length);
        Assert.Matches("^<https://mail\\.example\\.org/u/[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}>$", uris[0]);
        Assert.Matches("^<mailto:robot@example\\.org\\?subject=unsubscribe%20[A-Za-z0-9_-]+>$", uris[1]);
        Assert.Equal(pair, core.ListHeaders.For(mailbox, Recipients.Ann));

        var url = uris[0].Trim('<', '>');
        Assert.True(core.UnsubscribeLinks.IsFor(mailbox.Account, "ANN@example.net", url));
        Assert.False(core.UnsubscribeLinks.IsFor(mailbox.Account, "bob@example.net", url));
        Assert.False(core.UnsubscribeLinks.IsFor(mailbox.Account, Recipients.Ann, url.Replace("mail.example.org", "evil.test", StringComparison.Ordinal)));

        there.House.Node.Options.PublicUrl = "http://127.0.0.1:8484";
        var alone = Assert.Single(core.ListHeaders.For(mailbox, Recipients.Ann));
        Assert.StartsWith("<mailto:", alone.Value, StringComparison.Ordinal);
        Assert.Null(core.UnsubscribeLinks.For(mailbox.Account, Recipients.Ann));
    }

    private static async Task<(MultiMail.Core.Node.CoreContext Core, MultiMail.Core.Mailboxes.Mailbox Mailbox)> PartsAsync(RelayHouse there)
    {
        var mailbox = await there.House.Store.MailboxByAddressAsync(there.House.Person.Account, RelayHouse.Robot, Token);
        return (new MultiMail.Core.Node.CoreContext(there.House.Store, there.House.Node.Options, there.House.Clock), mailbox!);
    }
}
