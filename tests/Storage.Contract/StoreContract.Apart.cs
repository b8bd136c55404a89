namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task One_account_never_reads_anothers()
    {
        var mine = await SceneAsync();
        var theirs = await Scene.CreateAsync(mine.Store, Clock);
        var person = await OperatorAsync(theirs);
        var key = NewKey(theirs);
        var held = await theirs.HoldAsync();
        var received = await theirs.ReceiveAsync(m => m with { AttachmentCount = 1 });
        await theirs.WriteAsync(async u =>
        {
            await u.InsertKeyAsync(key);
            await u.InsertDomainAsync(new Domain(theirs.Ids.Next<DomainId>(), theirs.Account, "theirs.example", theirs.Now));
            await u.InsertDecisionAsync(theirs.DecisionOn(held.Approval));
            await u.KeepCheckpointAsync(theirs.Account, new StoredCheckpoint(1, Scene.Sha256("r"), theirs.Now, "note"));
        });
        await mine.Store.IndexPendingAsync(100, Cancelled);
        var (store, me, message) = (mine.Store, mine.Account, held.Message.Id);
        var query = new MessageQuery(me, 10) { Mailboxes = [theirs.Mailbox] };
        var pending = new PendingQuery(me, [theirs.Mailbox], World: null, Lineage: null, Kind: null, OlderThan: null, Cursor: null, 10);

        Assert.Empty(await store.OperatorsAsync(me, Cancelled));
        Assert.Empty(await store.DomainsAsync(me, Cancelled));
        Assert.Empty(await store.KeysAsync(me, Cancelled));
        Assert.Null(await store.MailboxAsync(me, theirs.Mailbox, Cancelled));
        Assert.Null(await store.MailboxByAddressAsync(me, $"agent-{theirs.Mailbox.Value}@example.org", Cancelled));
        Assert.Equal([mine.Mailbox], (await store.MailboxesAsync(me, after: null, 10, Cancelled)).Select(m => m.Id));
        Assert.Null(await store.MessageAsync(me, message, Cancelled));
        Assert.Empty((await store.MessagesAsync(query, Cancelled)).Messages);
        Assert.Equal(0, (await store.MessagesAsync(new MessageQuery(me, 10), Cancelled)).Total);
        Assert.Equal(0, (await store.MessagesAsync(query with { Mailboxes = null, Thread = held.Message.Thread }, Cancelled)).Total);
        Assert.Equal(0, (await store.SearchAsync(new MessageQuery(me, 10), new SearchTerms([new("order", Prefix: false, Not: false)]), Cancelled)).Total);
        Assert.Equal(0, (await store.SearchAsync(new MessageQuery(me, 10), new SearchTerms([new("nothing", Prefix: false, Not: true)]), Cancelled)).Total);
        Assert.Empty(await store.RecipientsOfAsync(me, message, Cancelled));
        Assert.Empty(await store.AttachmentsAsync(me, received.Message.Id, Cancelled));
        Assert.Empty(await store.RevisionsAsync(me, message, Cancelled));
        Assert.Null(await store.ThreadAsync(me, held.Message.Thread, Cancelled));
        Assert.Null(await store.RawAsync(me, held.Message.RawSha256, Cancelled));
        Assert.Empty(await store.PendingAsync(pending, Cancelled));
        Assert.Equal(0, await store.CountPendingAsync(pending with { Mailboxes = null }, Cancelled));
        Assert.Null(await store.PendingItemAsync(me, message, Cancelled));
        Assert.Empty(await store.DecisionsAsync(me, message, Cancelled));
        Assert.Empty(await store.EventsAsync(me, type: null, 10, Cancelled));
        Assert.Empty(await store.LogEntriesAsync(me, 0, 10, Cancelled));
        Assert.Empty(await store.QueryLogAsync(new AuditQuery(me, theirs.Mailbox, message, Actor: null, Event: null, Since: null, Before: null, 10), Cancelled));
        Assert.Empty(await store.CheckpointsAsync(me, Cancelled));
        Assert.Null(await store.LatestCheckpointAsync(me, Cancelled));
        Assert.Null(await store.OpeningAsync(me, message, Cancelled));
        Assert.Null(await store.HeadAsync(me, message, 1, Cancelled));
        Assert.Null(await mine.WriteAsync(u => u.FindOperatorAsync(me, person.Id)));
        Assert.Null(await mine.WriteAsync(u => u.FindKeyAsync(me, key.Id)));
    }

    [Fact]
    public async Task One_account_never_changes_anothers()
    {
        var mine = await SceneAsync();
        var theirs = await Scene.CreateAsync(mine.Store, Clock);
        var held = await theirs.HoldAsync();
        var key = NewKey(theirs);
        await theirs.WriteAsync(u => u.InsertKeyAsync(key));
        var (me, message) = (mine.Account, held.Message.Id);

        Assert.False(await MoveAsync(mine, message, MessageState.Pending, 1, Moves.Approve));
        Assert.False(await mine.WriteAsync(u => u.CloseApprovalAsync(me, held.Approval.Id, "approved")));
        Assert.False(await mine.WriteAsync(u => u.RevokeKeyAsync(me, key.Id)));
        Assert.Null(await mine.WriteAsync(u => u.FindOpenApprovalAsync(me, message)));
        Assert.Null(await mine.WriteAsync(u => u.FindAnswerAsync(me, "send_email", held.Key)));
        Assert.Null(await mine.WriteAsync(u => u.FindByMessageIdFieldAsync(me, theirs.Mailbox, World.Live, [held.Message.MessageIdField])));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await mine.WriteAsync(u => u.ShowInboundAsync(me, message)));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await mine.WriteAsync(u => u.KeepOpeningAsync(me, held.Opening with { Sealed = [1] })));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await mine.WriteAsync(u => u.UpdateMailboxAsync(
            mine.NewMailbox("x@example.org") with { Id = theirs.Mailbox })));
        await mine.WriteAsync(async u =>
        {
            await u.DequeueAsync(me, message);
            await u.VoidApprovalsAsync(me, message);
            await u.RemoveTagAsync(me, message, "case");
            await u.KeepAnswerAsync(me, "send_email", held.Key, held.Answer);
        });

        var after = await theirs.Store.PendingItemAsync(theirs.Account, message, Cancelled);
        Assert.Equivalent(held.Approval, after?.Approval, strict: true);
        Assert.Equivalent(held.Opening, await theirs.Store.OpeningAsync(theirs.Account, message, Cancelled), strict: true);
        Assert.Null((await theirs.Store.KeyByPrefixAsync(key.Prefix, Cancelled))?.RevokedAt);
    }
}
