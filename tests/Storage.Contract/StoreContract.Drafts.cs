namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_revised_message_has_the_new_content_and_no_more_of_the_old()
    {
        var scene = await SceneAsync();
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Outbound, MessageState.Pending), null, "a@example.net", "b@example.net"), Moves.Hold);
        var next = Next(scene, made.Message, "Other words", "c@example.net") with { Authored = new KeptAuthored("{\"text\":\"Other\"}"u8.ToArray(), [(Scene.Sha256("file"), "file"u8.ToArray())]) };

        Assert.True(await scene.WriteAsync(u => u.ReviseAsync(next, made.Message.Version, Moves.Hold)));

        var now = await scene.Store.MessageAsync(scene.Account, made.Message.Id, Cancelled);
        Assert.Equivalent(next.Message with { Version = 2, HeldBefore = true }, now, strict: true);
        Assert.Equal(["c@example.net"], (await scene.Store.RecipientsOfAsync(scene.Account, made.Message.Id, Cancelled)).Select(r => r.Address));
        Assert.Equal([1, 2], (await scene.Store.RevisionsAsync(scene.Account, made.Message.Id, Cancelled)).Select(r => r.Number));
        Assert.Equal(next.Raw, await scene.Store.RawAsync(scene.Account, next.Message.RawSha256, Cancelled));
        Assert.Equal("file"u8.ToArray(), await scene.Store.RawAsync(scene.Account, Scene.Sha256("file"), Cancelled));
        Assert.Equal("{\"text\":\"Other\"}"u8.ToArray(), await scene.Store.AuthoredAsync(scene.Account, made.Message.Id, 2, Cancelled));
        Assert.Null(await scene.Store.AuthoredAsync(scene.Account, made.Message.Id, 1, Cancelled));
        Assert.Equal("key_1", await scene.WriteAsync(u => u.FindAuthorAsync(scene.Account, made.Message.Id, 2)));
        Assert.Null(await scene.WriteAsync(u => u.FindAuthorAsync(scene.Account, made.Message.Id, 3)));
    }

    [Fact]
    public async Task Only_the_version_that_was_read_is_revised()
    {
        var scene = await SceneAsync();
        var other = await SceneAsync();
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Outbound, MessageState.Pending)), Moves.Hold);
        var next = Next(scene, made.Message, "Other words", "c@example.net");

        Assert.False(await scene.WriteAsync(u => u.ReviseAsync(next, made.Message.Version + 1, Moves.Hold)));
        Assert.False(await scene.WriteAsync(u => u.ReviseAsync(next with { Message = next.Message with { Account = other.Account } }, made.Message.Version, Moves.Hold)));

        Assert.Equal(made.Message.Subject, (await scene.Store.MessageAsync(scene.Account, made.Message.Id, Cancelled))!.Subject);
        Assert.Single(await scene.Store.RevisionsAsync(scene.Account, made.Message.Id, Cancelled));
        Assert.Equal(made.Recipients.Count, (await scene.Store.RecipientsOfAsync(scene.Account, made.Message.Id, Cancelled)).Count);
    }

    [Fact]
    public async Task A_draft_keeps_what_was_written_until_it_is_frozen()
    {
        var scene = await SceneAsync();
        var fresh = scene.With(scene.Message(Direction.Outbound, MessageState.Draft), []) with { Revision = null, Authored = new KeptAuthored("1"u8.ToArray(), []) };
        fresh = fresh with { Message = fresh.Message with { Revision = 0, RawSha256 = [], Digest = [] } };
        var made = await scene.InsertAsync(fresh, Moves.Save);
        Assert.Equal("1"u8.ToArray(), await scene.Store.AuthoredAsync(scene.Account, made.Message.Id, 0, Cancelled));

        var second = made with { Message = made.Message with { Subject = "Second" }, Authored = new KeptAuthored("2"u8.ToArray(), []) };
        Assert.True(await scene.WriteAsync(u => u.ReviseAsync(second, 1, Moves.Save)));
        Assert.Equal("2"u8.ToArray(), await scene.Store.AuthoredAsync(scene.Account, made.Message.Id, 0, Cancelled));
        Assert.Null(await (await SceneAsync()).Store.AuthoredAsync(new AccountId(scene.Account.Value + 1), made.Message.Id, 0, Cancelled));

        var frozen = Next(scene, second.Message, "Third", "c@example.net") with { Authored = new KeptAuthored("3"u8.ToArray(), []) };
        Assert.True(await scene.WriteAsync(u => u.ReviseAsync(frozen, 2, Moves.Hold)));
        Assert.Equal("3"u8.ToArray(), await scene.Store.AuthoredAsync(scene.Account, made.Message.Id, 1, Cancelled));
        Assert.Equal(MessageState.Pending, (await scene.Store.MessageAsync(scene.Account, made.Message.Id, Cancelled))!.State);
    }

    [Fact]
    public async Task A_revised_text_is_found_by_its_new_words_only()
    {
        var scene = await SceneAsync();
        var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Outbound, MessageState.Pending) with { BodyText = "marmalade" }), Moves.Hold);
        await scene.Store.IndexPendingAsync(100, Cancelled);
        var next = Next(scene, made.Message, "Other words", "c@example.net");
        Assert.True(await scene.WriteAsync(u => u.ReviseAsync(next with { Message = next.Message with { BodyText = "honey" } }, 1, Moves.Hold)));
        await scene.Store.IndexPendingAsync(100, Cancelled);

        var query = new MessageQuery(scene.Account, 10);
        Assert.Empty((await scene.Store.SearchAsync(query, new SearchTerms([new SearchTerm("marmalade", Prefix: false, Not: false)]), Cancelled)).Messages);
        Assert.Single((await scene.Store.SearchAsync(query, new SearchTerms([new SearchTerm("honey", Prefix: false, Not: false)]), Cancelled)).Messages);
    }

    private static NewMessage Next(Scene scene, Message message, string subject, params string[] to) => scene.With(
        message with { Subject = subject, Revision = message.Revision + 1, To = to, Digest = Scene.Sha256(subject), State = MessageState.Pending }, null, to);
}
