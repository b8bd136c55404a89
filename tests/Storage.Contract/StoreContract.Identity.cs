namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_signing_key_comes_back_as_it_was_kept()
    {
        var scene = await SceneAsync();
        var key = SigningKeyOf(scene, SigningKeyUse.Dkim, "example.org", "mm202611a") with { NotAfter = scene.Now.AddDays(3), Reason = "why" };
        await scene.WriteAsync(u => u.InsertSigningKeyAsync(key));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.WriteAsync(u => u.InsertSigningKeyAsync(SigningKeyOf(scene, SigningKeyUse.Identity, string.Empty, "kid")));

        var all = await scene.Store.SigningKeysAsync(scene.Account, Cancelled);

        Assert.Equal(["mm202611a", "kid"], all.Select(k => k.Name));
        Assert.Equivalent(key, all[0], strict: true);
        Assert.Equivalent(all, await scene.WriteAsync(u => u.FindSigningKeysAsync(scene.Account)), strict: true);
    }

    [Fact]
    public async Task A_signing_keys_name_is_taken_once_for_each_use_and_domain()
    {
        var scene = await SceneAsync();
        await scene.WriteAsync(u => u.InsertSigningKeyAsync(SigningKeyOf(scene, SigningKeyUse.Dkim, "example.org", "a")));
        await scene.WriteAsync(u => u.InsertSigningKeyAsync(SigningKeyOf(scene, SigningKeyUse.Dkim, "example.net", "a")));

        var taken = await Assert.ThrowsAsync<StoreConflictException>(async () =>
            await scene.WriteAsync(u => u.InsertSigningKeyAsync(SigningKeyOf(scene, SigningKeyUse.Dkim, "example.org", "a"))));

        Assert.Equal("signing_key.name", taken.Key);
    }

    [Fact]
    public async Task A_signing_key_is_changed_in_its_times_and_loses_its_private_bytes()
    {
        var scene = await SceneAsync();
        var key = SigningKeyOf(scene, SigningKeyUse.Identity, string.Empty, "kid");
        var revoked = key with { Sealed = [], NotBefore = scene.Now.AddDays(1), NotAfter = scene.Now.AddDays(2), RevokedAt = scene.Now.AddDays(3), Reason = "stolen" };
        await scene.WriteAsync(u => u.InsertSigningKeyAsync(key));

        await scene.WriteAsync(u => u.UpdateSigningKeyAsync(revoked));

        Assert.Equivalent(revoked, Assert.Single(await scene.Store.SigningKeysAsync(scene.Account, Cancelled)), strict: true);
    }

    [Fact]
    public async Task Signing_keys_belong_to_their_account()
    {
        var one = await SceneAsync();
        var other = await Scene.CreateAsync(one.Store, Clock);
        var key = SigningKeyOf(one, SigningKeyUse.Identity, string.Empty, "kid");
        await one.WriteAsync(u => u.InsertSigningKeyAsync(key));

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await other.WriteAsync(u => u.UpdateSigningKeyAsync(key with { Account = other.Account, Reason = "not mine" })));

        Assert.Empty(await other.Store.SigningKeysAsync(other.Account, Cancelled));
        Assert.Null(Assert.Single(await one.Store.SigningKeysAsync(one.Account, Cancelled)).Reason);
    }

    [Fact]
    public async Task The_mailboxes_of_an_agent_are_found_by_its_name()
    {
        var scene = await SceneAsync();
        var mailbox = await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled);
        var second = mailbox! with { Id = scene.Ids.Next<MailboxId>(), Address = "second@example.org", AgentId = "crm" };
        var gone = second with { Id = scene.Ids.Next<MailboxId>(), Address = "third@example.org", DeactivatedAt = scene.Now };
        var person = second with { Id = scene.Ids.Next<MailboxId>(), Address = "person@example.org", AgentId = null };
        await scene.WriteAsync(async u =>
        {
            await u.InsertMailboxAsync(second);
            await u.InsertMailboxAsync(gone);
            await u.InsertMailboxAsync(person);
        });
        var other = await Scene.CreateAsync(scene.Store, Clock);

        Assert.Equal([second.Id, gone.Id], (await scene.Store.MailboxesOfAgentAsync(scene.Account, "crm", Cancelled)).Select(m => m.Id));
        Assert.Empty(await scene.Store.MailboxesOfAgentAsync(scene.Account, "nobody", Cancelled));
        Assert.Empty(await other.Store.MailboxesOfAgentAsync(other.Account, "crm", Cancelled));
    }

    private static SigningKey SigningKeyOf(Scene scene, SigningKeyUse use, string domain, string name) =>
        new(scene.Account, use, domain, name, "ES256", "x.y", [1, 2, 3], scene.Now, scene.Now, NotAfter: null, RevokedAt: null, Reason: null);
}
