namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Lists_are_newest_first_and_their_pages_do_not_shift_when_mail_arrives()
    {
        var scene = await SceneAsync();
        var ids = new List<MessageId>();
        for (var i = 0; i < 10; i++)
        {
            // Several share a millisecond: then the id decides.
            Clock.Advance(TimeSpan.FromMilliseconds(i % 3));
            ids.Insert(0, (await scene.ReceiveAsync()).Message.Id);
        }

        var seen = new List<MessageId>();
        var query = new MessageQuery(scene.Account, 3) { Mailboxes = [scene.Mailbox] };
        MessagePage page;
        do
        {
            page = await scene.Store.MessagesAsync(query, Cancelled);
            seen.AddRange(page.Messages.Select(m => m.Id));
            query = query with { Cursor = (page.Messages[^1].ReceivedAt, page.Messages[^1].Id) };
            await scene.ReceiveAsync();
        }
        while (page.More);

        Assert.Equal(ids, seen);
        Assert.Equal(13, page.Total);
    }

    [Fact]
    public async Task A_full_last_page_says_that_nothing_follows()
    {
        var scene = await SceneAsync();
        await scene.ReceiveAsync();
        await scene.ReceiveAsync();

        var page = await scene.Store.MessagesAsync(new MessageQuery(scene.Account, 2), Cancelled);

        Assert.Equal((2, false, 2), (page.Messages.Count, page.More, page.Total));
    }

    [Fact]
    public async Task Lists_over_several_mailboxes_merge_them()
    {
        var scene = await SceneAsync();
        var others = new[] { scene.NewMailbox("b@example.org"), scene.NewMailbox("c@example.org") };
        var expected = new List<(MailboxId Mailbox, MessageId Id)>();
        foreach (var mailbox in others)
        {
            await scene.WriteAsync(u => u.InsertMailboxAsync(mailbox));
        }

        for (var i = 0; i < 9; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            var mailbox = (i % 3) switch { 0 => scene.Mailbox, 1 => others[0].Id, _ => others[1].Id };
            expected.Insert(0, (mailbox, (await scene.ReceiveAsync(m => m with { Mailbox = mailbox })).Message.Id));
        }

        Assert.Equal(expected.Select(e => e.Id), await IdsAsync(scene, new MessageQuery(scene.Account, 50)));
        var two = new MessageQuery(scene.Account, 4) { Mailboxes = [scene.Mailbox, others[1].Id] };
        Assert.Equal(expected.Where(e => e.Mailbox != others[0].Id).Take(4).Select(e => e.Id), await IdsAsync(scene, two));
        Assert.Equal(6, (await scene.Store.MessagesAsync(two, Cancelled)).Total);
        Assert.Empty(await IdsAsync(scene, new MessageQuery(scene.Account, 4) { Mailboxes = [] }));
    }

    [Fact]
    public async Task Every_condition_of_a_list_holds()
    {
        var scene = await SceneAsync();
        var plain = await scene.ReceiveAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        var odd = await scene.ReceiveAsync(m => m with
        {
            World = World.Test,
            Folder = Folder.Spam,
            Unread = false,
            AttachmentCount = 2,
            FromAddress = "boss@ACME.example",
            FromName = "Zoë Straße",
            To = ["x@example.org"],
            Cc = ["100%_sure@example.org"],
            Subject = "Résumé ÜBER alles",
        });
        await scene.WriteAsync(u => u.SetTagAsync(scene.Account, odd.Message.Id, "case", "42"));
        var held = await scene.HoldAsync();
        var all = new MessageQuery(scene.Account, 50);

        await OnlyAsync(odd.Message, all with { World = World.Test });
        await OnlyAsync(odd.Message, all with { Folder = Folder.Spam });
        await OnlyAsync(odd.Message, all with { Direction = Direction.Inbound, Unread = false });
        await OnlyAsync(odd.Message, all with { HasAttachments = true });
        await OnlyAsync(odd.Message, all with { From = "acme" });
        await OnlyAsync(odd.Message, all with { From = "zoË" });
        await OnlyAsync(odd.Message, all with { To = "%_SURE" });
        await OnlyAsync(odd.Message, all with { Subject = "résumé über" });
        await OnlyAsync(odd.Message, all with { Tag = "case" });
        await OnlyAsync(odd.Message, all with { Tag = "case", TagValue = "42" });
        await OnlyAsync(odd.Message, all with { Thread = odd.Message.Thread });
        await OnlyAsync(odd.Message, all with { Thread = odd.Message.Thread, Mailboxes = [scene.Mailbox] });
        await OnlyAsync(held.Message, all with { Direction = Direction.Outbound });
        await OnlyAsync(held.Message, all with { States = [MessageState.Pending, MessageState.Draft] });
        await OnlyAsync(held.Message, all with { NotStates = [MessageState.Received] });
        await OnlyAsync(plain.Message, all with { Before = odd.Message.ReceivedAt });
        await OnlyAsync(plain.Message, all with { Unread = true, Mailboxes = [scene.Mailbox] });
        await OnlyAsync(held.Message, all with { After = (odd.Message.ReceivedAt, odd.Message.Id) });
        Assert.Equal([held.Message.Id, odd.Message.Id], await IdsAsync(scene, all with { Since = odd.Message.ReceivedAt }));
        Assert.Empty(await IdsAsync(scene, all with { Tag = "case", TagValue = "43" }));
        Assert.Empty(await IdsAsync(scene, all with { Thread = odd.Message.Thread, Mailboxes = [new MailboxId(1)] }));
        Assert.Empty(await IdsAsync(scene, all with { To = "sure%" }));

        async Task OnlyAsync(Message expected, MessageQuery query)
        {
            var page = await scene.Store.MessagesAsync(query, Cancelled);
            Assert.Equal((expected.Id, 1), (Assert.Single(page.Messages).Id, page.Total));
        }
    }

    [Fact]
    public async Task Mail_is_found_once_it_is_indexed()
    {
        var scene = await SceneAsync();
        var one = await scene.ReceiveAsync(m => m with { Subject = "Invoice 4711", BodyText = "Please pay the overdue amount for crème brûlée." });
        Clock.Advance(TimeSpan.FromSeconds(1));
        var two = await scene.ReceiveAsync(m => m with { Subject = "Lunch", BodyText = "Amount of crème: overdue? Pay me a visit." });
        Assert.Empty(await FoundAsync(scene, new SearchTerm("invoice", Prefix: false, Not: false)));

        Assert.Equal(1, await scene.Store.IndexPendingAsync(1, Cancelled));
        Assert.Equal(1, await scene.Store.IndexPendingAsync(100, Cancelled));
        Assert.Equal(0, await scene.Store.IndexPendingAsync(100, Cancelled));

        Assert.Equal([one.Message.Id], await FoundAsync(scene, new SearchTerm("INVOICE", Prefix: false, Not: false)));
        Assert.Equal([two.Message.Id, one.Message.Id], await FoundAsync(scene, new SearchTerm("creme", Prefix: false, Not: false)));
        Assert.Equal([one.Message.Id], await FoundAsync(scene, new SearchTerm("overdue amount", Prefix: false, Not: false)));
        Assert.Equal([one.Message.Id], await FoundAsync(scene, new SearchTerm("invo", Prefix: true, Not: false)));
        Assert.Empty(await FoundAsync(scene, new SearchTerm("invo", Prefix: false, Not: false)));
        Assert.Equal([two.Message.Id], await FoundAsync(scene, new("pay", Prefix: false, Not: false), new("invoice", Prefix: false, Not: true)));
        Assert.Equal([two.Message.Id], await FoundAsync(scene, new SearchTerm("invoice", Prefix: false, Not: true)));
        Assert.Equal(2, (await FoundAsync(scene)).Count);
    }

    [Theory]
    [InlineData("a\" OR \"pay")]
    [InlineData("subject : lunch")]
    [InlineData("NEAR(pay lunch)")]
    [InlineData("pay*")]
    [InlineData("\"")]
    [InlineData("pay\0\"")]
    [InlineData("--")]
    [InlineData("')")]
    [InlineData("lunch NOT pay")]
    public async Task What_looks_like_an_operator_is_text(string phrase)
    {
        var scene = await SceneAsync();
        await scene.ReceiveAsync(m => m with { Subject = "Lunch", BodyText = "Pay attention" });
        await scene.Store.IndexPendingAsync(10, Cancelled);
        var found = await FoundAsync(scene, new SearchTerm(phrase, Prefix: false, Not: false), new SearchTerm("lunch", Prefix: false, Not: false));

        // Where only signs surround the words it finds them, as text; nothing else of it may be taken as a command.
        var onlyWordIsPay = phrase is "pay*" or "pay\0\"";
        var noWord = phrase is "\"" or "--" or "')";
        Assert.True(noWord || found.Count == (onlyWordIsPay ? 1 : 0), $"{phrase} found {found.Count}");
    }

    [Fact]
    public async Task A_search_obeys_the_lists_conditions_and_pages()
    {
        var scene = await SceneAsync();
        var ids = new List<MessageId>();
        for (var i = 0; i < 5; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Insert(0, (await scene.ReceiveAsync()).Message.Id);
        }

        await scene.HoldAsync();
        await scene.Store.IndexPendingAsync(100, Cancelled);
        var terms = new SearchTerms([new SearchTerm("order", Prefix: false, Not: false)]);
        var query = new MessageQuery(scene.Account, 3) { NotStates = [MessageState.Pending] };

        var first = await scene.Store.SearchAsync(query, terms, Cancelled);
        var second = await scene.Store.SearchAsync(query with { Cursor = (first.Messages[^1].ReceivedAt, first.Messages[^1].Id) }, terms, Cancelled);

        Assert.Equal(ids, first.Messages.Concat(second.Messages).Select(m => m.Id));
        Assert.Equal((true, 5, false, 5), (first.More, first.Total, second.More, second.Total));
    }

    private static async Task<List<MessageId>> IdsAsync(Scene scene, MessageQuery query) =>
        [.. (await scene.Store.MessagesAsync(query, Cancelled)).Messages.Select(m => m.Id)];

    private static async Task<List<MessageId>> FoundAsync(Scene scene, params SearchTerm[] terms) =>
        [.. (await scene.Store.SearchAsync(new MessageQuery(scene.Account, 50), new SearchTerms(terms), Cancelled)).Messages.Select(m => m.Id)];
}
