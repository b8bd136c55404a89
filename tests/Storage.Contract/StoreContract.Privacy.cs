using System.Security.Cryptography;
using System.Text;
using MultiMail.Core.Privacy;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task An_erased_message_keeps_its_place_and_nothing_it_said()
    {
        var scene = await SceneAsync();
        var message = scene.Message(Direction.Outbound, MessageState.Cancelled) with { Subject = "private matter", Unread = true };
        var fresh = scene.With(message, recipients: ["ann@example.net", "bob@example.net"]);
        await scene.WriteAsync(async u =>
        {
            await u.InsertMessageAsync(fresh, new Moved(MessageState.Cancelled, Leaf.Cancelled, Effects.None));
            await u.SetTagAsync(scene.Account, message.Id, "about", "ann");
            await u.KeepOpeningAsync(scene.Account, new SealedOpening(message.Id, [1], [2]));
            await u.KeepHeadAsync(scene.Account, new MessageHead(message.Id, 1, [3], Scene.Sha256("sent"), scene.Now));
            await u.AppendLeafAsync(scene.Leaf("delivery.cancelled", message));
        });
        var kept = Assert.Single(await scene.Store.KeptMessagesAsync(scene.Account, null, 10, Cancelled));
        Assert.Equal(message.Id, kept.Message.Id);
        Assert.Contains(kept.Pieces, p => p.IsParty && Encoding.UTF8.GetString(p.Bytes) == "ann@example.net");
        Assert.Contains(kept.Pieces, p => !p.IsParty && Encoding.UTF8.GetString(p.Bytes) == "private matter");
        Assert.Equal([fresh.Message.RawSha256], kept.Raw);

        Assert.True(await scene.WriteAsync(u => u.EraseMessageAsync(scene.Account, message.Id, Erased.ByWish)));
        Assert.False(await scene.WriteAsync(u => u.EraseMessageAsync(scene.Account, message.Id, Erased.ByAge)));
        Assert.False(await scene.WriteAsync(u => u.EraseMessageAsync(scene.Account, scene.Ids.Next<MessageId>(), Erased.ByWish)));

        var after = (await scene.Store.MessageAsync(scene.Account, message.Id, Cancelled))!;
        Assert.Equal((Erased.Word, Erased.Word, "", MessageState.Cancelled, false), (after.Subject, after.FromAddress, after.BodyText, after.State, after.Unread));
        Assert.Empty(after.To);
        Assert.Empty(after.Tags);
        Assert.Empty(after.RawSha256);
        Assert.Equal(["erased-0", "erased-1"], (await scene.Store.RecipientsOfAsync(scene.Account, message.Id, Cancelled)).Select(r => r.Address));
        Assert.Empty(await scene.Store.RevisionsAsync(scene.Account, message.Id, Cancelled));
        Assert.Null(await scene.Store.OpeningAsync(scene.Account, message.Id, Cancelled));
        Assert.Null(await scene.Store.HeadAsync(scene.Account, message.Id, 1, Cancelled));
        Assert.Null(await scene.Store.RawAsync(scene.Account, fresh.Message.RawSha256, Cancelled));
        Assert.Equal(Erased.Word, (await scene.Store.ThreadAsync(scene.Account, message.Thread, Cancelled))!.Subject);
        Assert.Equal(Erased.ByWish, await scene.Store.ErasedForAsync(scene.Account, message.Id, Cancelled));
        Assert.Equal([0L], await scene.WriteAsync(u => u.LeavesOfAsync(scene.Account, message.Id)));
        Assert.Empty(await scene.Store.KeptMessagesAsync(scene.Account, null, 10, Cancelled));
    }

    [Fact]
    public async Task Bytes_stay_as_long_as_one_message_names_them()
    {
        var scene = await SceneAsync();
        var raw = Encoding.ASCII.GetBytes(new string('x', 300_000));
        var first = scene.With(scene.Message(Direction.Inbound, MessageState.Received), raw);
        var second = scene.With(scene.Message(Direction.Inbound, MessageState.Received), raw);
        await scene.WriteAsync(async u =>
        {
            await u.InsertMessageAsync(first, Moves.Receive);
            await u.InsertMessageAsync(second, Moves.Receive);
        });
        var sha256 = SHA256.HashData(raw);
        await scene.WriteAsync(u => u.EraseMessageAsync(scene.Account, first.Message.Id, Erased.ByWish));
        await SweptAsync(scene);
        Assert.Equal(raw, await scene.Store.RawAsync(scene.Account, sha256, Cancelled));
        Assert.False(await scene.WriteAsync(u => u.ForgetRawAsync(scene.Account, sha256)));

        await scene.WriteAsync(u => u.EraseMessageAsync(scene.Account, second.Message.Id, Erased.ByWish));
        Assert.Null(await scene.Store.RawAsync(scene.Account, sha256, Cancelled));
        await SweptAsync(scene);
        Assert.Empty(await scene.Store.LeftoverRawAsync(scene.Account, _ => true, Cancelled));

        // The same bytes may come again.
        var third = scene.With(scene.Message(Direction.Inbound, MessageState.Received), raw);
        await scene.WriteAsync(async u => await u.InsertMessageAsync(third, Moves.Receive));
        Assert.Equal(raw, await scene.Store.RawAsync(scene.Account, sha256, Cancelled));
    }

    [Fact]
    public async Task Texts_are_found_replaced_and_removed_in_their_account_only()
    {
        var scene = await SceneAsync();
        var other = await SceneAsync();
        foreach (var one in new[] { scene, other })
        {
            await one.WriteAsync(async u =>
            {
                await u.AddSuppressionAsync(new Suppressed(one.Account, "x@example.net", SuppressionReason.Manual, null, "opr_1", one.Now) { Note = "as ann said" });
                await u.KeepAnswerAsync(one.Account, "s", "k", new IdempotentAnswer([1], "{\"to\":\"ann\"}", one.Now.AddDays(1)));
            });
        }

        static bool Ann(byte[] text) => Encoding.UTF8.GetString(text).Contains("ann", StringComparison.Ordinal);
        var note = Assert.Single(await scene.Store.TextsAsync(scene.Account, TextPlace.SuppressionNote, Ann, Cancelled));
        Assert.Equal(1, await scene.WriteAsync(u => u.ReplaceTextAsync(scene.Account, TextPlace.SuppressionNote, note, "as erased said"u8.ToArray())));
        var answer = Assert.Single(await scene.Store.TextsAsync(scene.Account, TextPlace.Answer, Ann, Cancelled));
        Assert.Equal(1, await scene.WriteAsync(u => u.ReplaceTextAsync(scene.Account, TextPlace.Answer, answer, null)));
        foreach (var place in Enum.GetValues<TextPlace>())
        {
            Assert.Empty(await scene.Store.TextsAsync(scene.Account, place, Ann, Cancelled));
        }

        Assert.Single(await other.Store.TextsAsync(other.Account, TextPlace.SuppressionNote, Ann, Cancelled));
        Assert.Single(await other.Store.TextsAsync(other.Account, TextPlace.Answer, Ann, Cancelled));
    }

    [Fact]
    public async Task Old_mail_is_found_once_and_what_waits_is_not()
    {
        var scene = await SceneAsync();
        var ids = new List<MessageId>();
        foreach (var state in new[] { MessageState.Received, MessageState.Held, MessageState.Quarantined })
        {
            var message = scene.Message(Direction.Inbound, state);
            ids.Add(message.Id);
            await scene.WriteAsync(async u => await u.InsertMessageAsync(scene.With(message), new Moved(state, Leaf.InboundReceived, Effects.None)));
        }

        var later = scene.Now.AddMilliseconds(1);
        Assert.Equal([ids[0], ids[2]], await scene.Store.OlderThanAsync(scene.Account, scene.Mailbox, later, 10, Cancelled));
        Assert.Equal([ids[0]], await scene.Store.OlderThanAsync(scene.Account, scene.Mailbox, later, 1, Cancelled));
        Assert.Empty(await scene.Store.OlderThanAsync(scene.Account, scene.Mailbox, scene.Now, 10, Cancelled));
        await scene.WriteAsync(u => u.EraseMessageAsync(scene.Account, ids[0], Erased.ByAge));
        Assert.Equal([ids[2]], await scene.Store.OlderThanAsync(scene.Account, scene.Mailbox, later, 10, Cancelled));
    }

    [Fact]
    public async Task A_store_is_written_anew_while_it_is_used()
    {
        var scene = await SceneAsync();
        var writes = Enumerable.Range(0, 20).Select(i => scene.WriteAsync(async u => await u.SetMetaAsync($"k{i}", [1])).AsTask()).ToList();
        Assert.True(await scene.Store.CompactAsync(Cancelled));
        await Task.WhenAll(writes);
        Assert.NotNull(await scene.Store.MetaAsync("k19", Cancelled));
        Assert.True(await scene.Store.CompactAsync(Cancelled));
    }

    [Fact]
    public async Task How_long_a_mailbox_keeps_its_mail_is_kept()
    {
        var scene = await SceneAsync();
        var mailbox = (await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))!;
        Assert.Null(mailbox.RetentionDays);
        await scene.WriteAsync(async u => await u.UpdateMailboxAsync(mailbox with { RetentionDays = 30 }));
        Assert.Equal(30, (await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled))!.RetentionDays);
        var made = scene.NewMailbox("short@example.org") with { RetentionDays = 7 };
        await scene.WriteAsync(async u => await u.InsertMailboxAsync(made));
        Assert.Equal(7, (await scene.Store.MailboxAsync(scene.Account, made.Id, Cancelled))!.RetentionDays);
    }

    private static async Task SweptAsync(Scene scene)
    {
        while (await scene.WriteAsync(u => u.SweepRawAsync(scene.Account, 1)) > 0)
        {
            // one by one
        }
    }
}
