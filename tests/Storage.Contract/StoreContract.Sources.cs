namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task How_a_message_came_is_kept_beside_it()
    {
        var scene = await SceneAsync();
        var authentication = new SenderAuthentication("pass", "fail", "softfail", "example.net", Aligned: true, "multimail; spf=pass reason=\"\\\"Ä\"");
        MessageSource[] sources =
        [
            new(MailOrigin.Smtp, "bounce+1@example.net", authentication),
            new(MailOrigin.Smtp, string.Empty, null),
            new(MailOrigin.Imap, null, authentication with { FromDomain = string.Empty, Aligned = false }),
            new(MailOrigin.Local, null, null) { Identity = Verification.SignedButModified },
        ];
        foreach (var source in sources)
        {
            var made = await scene.InsertAsync(scene.With(scene.Message(Direction.Inbound, MessageState.Received)) with { Source = source }, Moves.Receive);
            Assert.Equal(source, await scene.Store.SourceAsync(scene.Account, made.Message.Id, Cancelled));
        }
    }

    [Fact]
    public async Task Outbound_mail_has_no_source_and_another_account_sees_none()
    {
        var scene = await SceneAsync();
        var held = await scene.HoldAsync();
        var made = await scene.InsertAsync(
            scene.With(scene.Message(Direction.Inbound, MessageState.Received)) with { Source = new MessageSource(MailOrigin.Local, null, null) }, Moves.Receive);
        var other = await Scene.CreateAsync(scene.Store, scene.Clock);

        Assert.Null(await scene.Store.SourceAsync(scene.Account, held.Message.Id, Cancelled));
        Assert.Null(await scene.Store.SourceAsync(other.Account, made.Message.Id, Cancelled));
    }
}
