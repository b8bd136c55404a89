using System.Security.Cryptography;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    public static TheoryData<int> RawSizes => [0, 1, 5_000, (256 * 1024) - 1, 256 * 1024, (256 * 1024) + 1, 3_000_000];

    [Fact]
    public async Task A_message_comes_back_as_it_was_stored()
    {
        var scene = await SceneAsync();
        var made = scene.With(scene.Message(Direction.Outbound, MessageState.Pending) with
        {
            World = World.Test,
            Folder = Folder.Archive,
            InReplyTo = "before@example.net",
            FromName = null,
            To = ["\"a,b\\\"[\"@example.net", "zoë+tag@example.net"],
            Cc = ["c@example.net"],
            Bcc = ["d@example.net", "e@example.net"],
            Subject = "Grüße \u202e 🎉 \0 end",
            Snippet = string.Empty,
            BodyText = string.Concat(Enumerable.Repeat("Übergröße 🎉\n", 2_000)),
            SendAt = scene.Now.AddHours(1),
            AttachmentCount = 1,
            Category = "transactional",
            RiskFlags = "new_recipient,link",
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["case"] = "42", ["a \"b\""] = string.Empty },
        });
        var attachment = new Attachment(scene.Ids.Next<AttachmentId>(), made.Message.Id, 2, "résumé.pdf", "application/pdf", 9_000_000_000, Scene.Sha256("file"));
        await scene.InsertAsync(made with { Attachments = [attachment] }, Moves.Hold);

        var expected = made.Message with { HeldBefore = true };
        Assert.Equivalent(expected, await scene.Store.MessageAsync(scene.Account, expected.Id, Cancelled), strict: true);
        Assert.Equivalent(expected, await scene.WriteAsync(u => u.FindMessageAsync(scene.Account, expected.Id)), strict: true);
        Assert.Equivalent(new[] { made.Revision }, await scene.Store.RevisionsAsync(scene.Account, expected.Id, Cancelled), strict: true);
        Assert.Equivalent(new[] { attachment }, await scene.Store.AttachmentsAsync(scene.Account, expected.Id, Cancelled), strict: true);
    }

    [Theory]
    [MemberData(nameof(RawSizes))]
    public async Task Raw_bytes_come_back_whatever_their_size(int size)
    {
        var scene = await SceneAsync();
        var raw = new byte[size];
        new Random(size).NextBytes(raw);
        var sha256 = SHA256.HashData(raw);

        await scene.Store.StoreLargeRawAsync(scene.Account, sha256, raw, Cancelled);
        Assert.Null(await scene.Store.RawAsync(scene.Account, sha256, Cancelled));
        await scene.InsertAsync(scene.With(scene.Message(Direction.Inbound, MessageState.Received), raw), Moves.Receive);
        await scene.InsertAsync(scene.With(scene.Message(Direction.Inbound, MessageState.Received), raw), Moves.Receive);

        Assert.Equal(raw, await scene.Store.RawAsync(scene.Account, sha256, Cancelled));
    }

    [Fact]
    public async Task Large_bytes_need_not_be_stored_before_the_unit()
    {
        var scene = await SceneAsync();
        var raw = new byte[400_000];
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Inbound, MessageState.Received), raw), Moves.Receive);

        Assert.Equal(raw, await scene.Store.RawAsync(scene.Account, made.Message.RawSha256, Cancelled));
    }

    [Fact]
    public async Task A_taken_message_id_is_a_conflict()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();

        var taken = await Assert.ThrowsAsync<StoreConflictException>(() => scene.InsertAsync(held.New, Moves.Hold));

        Assert.Equal("id", taken.Key);
    }

    [Fact]
    public async Task One_delivery_enters_a_mailbox_once()
    {
        var scene = await SceneAsync();
        var second = scene.NewMailbox("second@example.org");
        await scene.WriteAsync(u => u.InsertMailboxAsync(second));
        await scene.ReceiveAsync(m => m with { DedupeKey = "uid:7" });

        var taken = await Assert.ThrowsAsync<StoreConflictException>(() => scene.ReceiveAsync(m => m with { DedupeKey = "uid:7" }));
        await scene.ReceiveAsync(m => m with { DedupeKey = "uid:7", Mailbox = second.Id });

        Assert.Equal("message.dedupe", taken.Key);
    }

    [Fact]
    public async Task Only_the_kernels_state_is_stored()
    {
        var scene = await SceneAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() =>
            scene.InsertAsync(scene.With(scene.Message(Direction.Outbound, MessageState.Queued)), Moves.Hold));
    }

    [Fact]
    public async Task Threads_and_mailboxes_count_what_arrives()
    {
        var scene = await SceneAsync();
        var first = await scene.ReceiveAsync();
        Clock.Advance(TimeSpan.FromMinutes(5));
        await scene.InsertAsync(scene.Reply(first, scene.Message(Direction.Inbound, MessageState.Received)), Moves.Receive);
        await scene.InsertAsync(scene.Reply(first, scene.Message(Direction.Outbound, MessageState.Pending)), Moves.Hold);

        var thread = await scene.Store.ThreadAsync(scene.Account, first.Message.Thread, Cancelled);

        Assert.Equal(first.Thread with { LastAt = scene.Now, Messages = 3, Unread = 2 }, thread);
        Assert.Equal(thread, await scene.WriteAsync(u => u.FindThreadAsync(scene.Account, first.Message.Thread)));
        Assert.Equal(2, (await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))?.Unread);
    }

    [Fact]
    public async Task A_move_needs_the_state_and_the_revision_it_was_decided_on()
    {
        var scene = await SceneAsync();
        var id = (await scene.HoldAsync()).Message.Id;

        Assert.False(await MoveAsync(scene, id, MessageState.Pending, 2, Moves.Approve));
        Assert.False(await MoveAsync(scene, id, MessageState.Draft, 1, Moves.Approve));
        Assert.True(await MoveAsync(scene, id, MessageState.Pending, 1, Moves.Approve));
        Assert.False(await MoveAsync(scene, id, MessageState.Pending, 1, Moves.Approve));

        var moved = await scene.Store.MessageAsync(scene.Account, id, Cancelled);
        Assert.Equal((MessageState.Queued, 2, true), (moved!.State, moved.Version, moved.HeldBefore));
    }

    [Fact]
    public async Task Of_many_who_move_at_once_one_does()
    {
        var scene = await SceneAsync();
        var id = (await scene.HoldAsync()).Message.Id;

        var moved = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => MoveAsync(scene, id, MessageState.Pending, 1, Moves.Approve).AsTask()));

        Assert.Single(moved, m => m);
    }

    [Fact]
    public async Task Being_held_once_is_remembered()
    {
        var scene = await SceneAsync();
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Outbound, MessageState.Scheduled)), Moves.Schedule);
        Assert.False((await scene.Store.MessageAsync(scene.Account, made.Message.Id, Cancelled))?.HeldBefore);

        await MoveAsync(scene, made.Message.Id, MessageState.Scheduled, 1, Moves.Hold);
        await MoveAsync(scene, made.Message.Id, MessageState.Pending, 1, Moves.Approve);

        Assert.True((await scene.Store.MessageAsync(scene.Account, made.Message.Id, Cancelled))?.HeldBefore);
    }

    [Fact]
    public async Task Released_inbound_mail_enters_as_new()
    {
        var scene = await SceneAsync();
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Inbound, MessageState.Held)), Moves.HoldInbound);
        Clock.Advance(TimeSpan.FromHours(3));

        await scene.WriteAsync(async u =>
        {
            Assert.True(await u.MoveAsync(scene.Account, made.Message.Id, MessageState.Held, 1, Moves.Receive));
            await u.ShowInboundAsync(scene.Account, made.Message.Id);
        });

        var shown = await scene.Store.MessageAsync(scene.Account, made.Message.Id, Cancelled);
        Assert.Equal((MessageState.Received, true, scene.Now), (shown!.State, shown.Unread, shown.ReceivedAt));
        Assert.Equal(1, (await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))?.Unread);
        var thread = await scene.Store.ThreadAsync(scene.Account, made.Message.Thread, Cancelled);
        Assert.Equal((1, 1, scene.Now), (thread!.Messages, thread.Unread, thread.LastAt));
    }

    [Fact]
    public async Task Recipients_keep_their_order_and_change_one_by_one()
    {
        var scene = await SceneAsync();
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Outbound, MessageState.Pending), raw: null, "z@example.net", "a@example.net"), Moves.Hold);
        Clock.Advance(TimeSpan.FromSeconds(1));

        var changed = made.Recipients[1] with { State = RecipientState.Bounced, Code = "5.1.1", Detail = "no such user", NextAt = scene.Now.AddMinutes(5), Lost = 1, UpdatedAt = scene.Now };
        await scene.WriteAsync(u => u.SetRecipientAsync(scene.Account, changed));

        var expected = new[] { made.Recipients[0], changed };
        Assert.Equal(expected, await scene.Store.RecipientsOfAsync(scene.Account, made.Message.Id, Cancelled));
        Assert.Equal(expected, await scene.WriteAsync(u => u.RecipientsAsync(scene.Account, made.Message.Id)));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await scene.WriteAsync(u =>
            u.SetRecipientAsync(scene.Account, made.Recipients[0] with { Address = "nobody@example.net", State = RecipientState.Delivered })));
    }

    [Fact]
    public async Task A_reply_finds_its_message_in_its_mailbox_and_world()
    {
        var scene = await SceneAsync();
        var old = await scene.ReceiveAsync(m => m with { MessageIdField = "same@example.net" });
        Clock.Advance(TimeSpan.FromSeconds(1));
        var newer = await scene.ReceiveAsync(m => m with { MessageIdField = "same@example.net" });
        var test = await scene.ReceiveAsync(m => m with { MessageIdField = "test@example.net", World = World.Test });

        Assert.Equal(newer.Message.Id, await FindAsync(World.Live, "unknown@example.net", "same@example.net"));
        Assert.Equal(test.Message.Id, await FindAsync(World.Test, "test@example.net", "same@example.net"));
        Assert.Null(await FindAsync(World.Live, "test@example.net"));
        Assert.NotEqual(old.Message.Id, newer.Message.Id);

        async Task<MessageId?> FindAsync(World world, params string[] fields) =>
            (await scene.WriteAsync(u => u.FindByMessageIdFieldAsync(scene.Account, scene.Mailbox, world, fields)))?.Id;
    }

    [Fact]
    public async Task A_thread_waits_for_a_field_in_its_mailbox_and_world_and_the_first_one_keeps_it()
    {
        var scene = await SceneAsync();
        var first = (await scene.ReceiveAsync()).Message.Thread;
        var second = (await scene.ReceiveAsync()).Message.Thread;
        await scene.WriteAsync(u => u.AwaitMessagesAsync(scene.Account, scene.Mailbox, World.Live, first, ["a@x.example", "b@x.example"]));
        await scene.WriteAsync(u => u.AwaitMessagesAsync(scene.Account, scene.Mailbox, World.Live, second, ["b@x.example", "c@x.example"]));
        await scene.WriteAsync(u => u.AwaitMessagesAsync(scene.Account, scene.Mailbox, World.Live, new ThreadId(987_654_321), ["gone@x.example"]));

        Assert.Equal(second, await FindAsync(World.Live, "unknown@x.example", "c@x.example", "a@x.example"));
        Assert.Equal(first, await FindAsync(World.Live, "b@x.example"));
        Assert.Null(await FindAsync(World.Live, "A@x.example", "gone@x.example"));
        Assert.Null(await FindAsync(World.Test, "a@x.example"));
        Assert.Null(await FindAsync(World.Live));
        Assert.Null(await scene.WriteAsync(u => u.FindAwaitingThreadAsync(scene.Account, new MailboxId(1), World.Live, ["a@x.example"])));

        async Task<ThreadId?> FindAsync(World world, params string[] fields) =>
            await scene.WriteAsync(u => u.FindAwaitingThreadAsync(scene.Account, scene.Mailbox, world, fields));
    }

    [Fact]
    public async Task Tags_are_set_replaced_and_removed()
    {
        var scene = await SceneAsync();
        var id = (await scene.ReceiveAsync()).Message.Id;
        await scene.WriteAsync(async u =>
        {
            await u.SetTagAsync(scene.Account, id, "case", "1");
            await u.SetTagAsync(scene.Account, id, "case", "2");
            await u.SetTagAsync(scene.Account, id, "done", "yes");
            await u.RemoveTagAsync(scene.Account, id, "done");
            await u.RemoveTagAsync(scene.Account, id, "never");
        });

        var tag = Assert.Single((await scene.Store.MessageAsync(scene.Account, id, Cancelled))!.Tags);
        Assert.Equal(("case", "2"), (tag.Key, tag.Value));
    }

    private static ValueTask<bool> MoveAsync(Scene scene, MessageId id, MessageState from, int revision, Moved moved) =>
        scene.WriteAsync(u => u.MoveAsync(scene.Account, id, from, revision, moved));
}
