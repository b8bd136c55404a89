namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task What_is_known_of_addresses_comes_in_one_read_and_knows_no_case()
    {
        var scene = await SceneAsync();
        var linked = scene.NewMailbox("linked@example.net");
        var fetched = scene.NewMailbox("fetched@example.net");
        await scene.WriteAsync(async u =>
        {
            await u.InsertMailboxAsync(linked);
            await u.InsertMailboxAsync(fetched);
            await u.InsertMailboxAsync(scene.NewMailbox("other@example.net"));
            await u.SetLinkAsync(new MailboxLink(linked.Id, scene.Account, [1], SourceSealed: null, FromEnvironment: false, u.Now));
            await u.SetLinkAsync(new MailboxLink(fetched.Id, scene.Account, RelaySealed: null, [1], FromEnvironment: false, u.Now));
            await u.AddSuppressionAsync(new Suppressed(scene.Account, "Ann@example.com", SuppressionReason.HardBounce, Source: null, "system", u.Now));
            await u.AddSuppressionAsync(new Suppressed(scene.Account, "Ann@example.com", SuppressionReason.Complaint, Source: null, "system", u.Now));
            await u.AddSuppressionAsync(new Suppressed(scene.Account, "bob@example.com", SuppressionReason.Manual, Source: null, "system", u.Now));
        });

        var facts = await scene.Store.AddressFactsAsync(scene.Account, ["LINKED@example.net", "fetched@example.net", "ANN@example.com", "\"],[\"@x"], Cancelled);
        Assert.Equal([fetched.Id, linked.Id], facts.Mailboxes.Select(m => m.Id).OrderByDescending(id => id == fetched.Id));
        Assert.Equal([linked.Id], facts.WithOwnRelay);
        Assert.Equal([SuppressionReason.Complaint, SuppressionReason.HardBounce], facts.Suppressed.Select(s => s.Reason));
        Assert.All(facts.Suppressed, s => Assert.Equal("Ann@example.com", s.Address));
        Assert.Equal(await scene.Store.DomainsAsync(scene.Account, Cancelled), facts.Domains);
    }

    [Fact]
    public async Task Another_account_knows_nothing_of_an_address()
    {
        var scene = await SceneAsync();
        var theirs = await Scene.CreateAsync(scene.Store, Clock);
        var mailbox = scene.NewMailbox("ann@example.net");
        await scene.WriteAsync(async u =>
        {
            await u.InsertMailboxAsync(mailbox);
            await u.SetLinkAsync(new MailboxLink(mailbox.Id, scene.Account, [1], [1], FromEnvironment: false, u.Now));
            await u.AddSuppressionAsync(new Suppressed(scene.Account, mailbox.Address, SuppressionReason.Manual, Source: null, "system", u.Now));
        });

        var facts = await scene.Store.AddressFactsAsync(theirs.Account, [mailbox.Address], Cancelled);
        Assert.Empty(facts.Mailboxes);
        Assert.Empty(facts.WithOwnRelay);
        Assert.Empty(facts.Suppressed);
    }
}
