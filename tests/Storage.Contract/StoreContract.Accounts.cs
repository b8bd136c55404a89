namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task The_first_account_is_null_until_there_is_one()
    {
        var store = await StoreAsync();
        Assert.Null(await store.FirstAccountAsync(Cancelled));

        var scene = await Scene.CreateAsync(store, Clock);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await Scene.CreateAsync(store, Clock);

        Assert.Equal(scene.Account, (await store.FirstAccountAsync(Cancelled))?.Id);
    }

    [Fact]
    public async Task Pausing_an_account_keeps_the_first_time_and_resuming_clears_it()
    {
        var scene = await SceneAsync();
        var at = scene.Now;
        await scene.WriteAsync(u => u.SetAccountPausedAsync(scene.Account, paused: true));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.WriteAsync(u => u.SetAccountPausedAsync(scene.Account, paused: true));

        var paused = await scene.WriteAsync(u => u.FindAccountAsync(scene.Account));
        await scene.WriteAsync(u => u.SetAccountPausedAsync(scene.Account, paused: false));
        var resumed = await scene.Store.GetAccountAsync(scene.Account, Cancelled);

        Assert.Equal(at, paused?.PausedAt);
        Assert.Equivalent(new Account(scene.Account, "Acme", DualControl: false, [1, 2, 3], PausedAt: null, at), resumed, strict: true);
    }

    [Fact]
    public async Task An_operator_sets_credentials_once_per_address()
    {
        var scene = await SceneAsync();
        var ada = await OperatorAsync(scene);
        var bob = await OperatorAsync(scene);
        await scene.WriteAsync(u => u.SetCredentialsAsync(scene.Account, ada.Id, "ada@example.org", "hash"));

        var taken = await Assert.ThrowsAsync<StoreConflictException>(async () =>
            await scene.WriteAsync(u => u.SetCredentialsAsync(scene.Account, bob.Id, "ADA@example.org", "hash")));

        Assert.Equal("operator.email", taken.Key);
        var found = await scene.Store.OperatorByEmailAsync("Ada@Example.org", Cancelled);
        Assert.Equal(ada with { Email = "ada@example.org", PasswordHash = "hash" }, found);
        Assert.Equal(found, await scene.WriteAsync(u => u.FindOperatorAsync(scene.Account, ada.Id)));
        Assert.Equal([ada.Id, bob.Id], (await scene.Store.OperatorsAsync(scene.Account, Cancelled)).Select(o => o.Id));
    }

    [Fact]
    public async Task A_sign_in_link_is_taken_once_and_before_it_expires()
    {
        var scene = await SceneAsync();
        var person = await OperatorAsync(scene);
        var link = await SessionAsync(scene, person, SessionKind.LoginLink, "link");
        var late = await SessionAsync(scene, person, SessionKind.LoginLink, "late");

        Assert.False(await scene.WriteAsync(u => u.UseSessionAsync(link.TokenHash, SessionKind.Browser)));
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.WriteAsync(u => u.UseSessionAsync(link.TokenHash, SessionKind.LoginLink)).AsTask()));
        Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Single(all, took => took);
        Assert.False(await scene.WriteAsync(u => u.UseSessionAsync(late.TokenHash, SessionKind.LoginLink)));
        Assert.False(await scene.WriteAsync(u => u.UseSessionAsync(Scene.Sha256("guess"), SessionKind.LoginLink)));
    }

    [Fact]
    public async Task Sessions_end_by_sign_out_or_with_their_time()
    {
        var scene = await SceneAsync();
        var person = await OperatorAsync(scene);
        var one = await SessionAsync(scene, person, SessionKind.Browser, "one");
        var two = await SessionAsync(scene, person, SessionKind.Browser, "two");
        Assert.Equivalent(one, await scene.Store.SessionAsync(one.TokenHash, Cancelled), strict: true);

        await scene.WriteAsync(u => u.DeleteSessionAsync(one.TokenHash));
        Assert.Null(await scene.Store.SessionAsync(one.TokenHash, Cancelled));
        await scene.WriteAsync(u => u.DeleteExpiredSessionsAsync());
        Assert.NotNull(await scene.Store.SessionAsync(two.TokenHash, Cancelled));
        Clock.Advance(TimeSpan.FromMinutes(15));
        await scene.WriteAsync(u => u.DeleteExpiredSessionsAsync());

        Assert.Null(await scene.Store.SessionAsync(two.TokenHash, Cancelled));
    }

    [Fact]
    public async Task A_domain_belongs_to_one_account()
    {
        var scene = await SceneAsync();
        var other = await Scene.CreateAsync(scene.Store, Clock);
        var domain = new Domain(scene.Ids.Next<DomainId>(), scene.Account, "example.org", scene.Now);
        await scene.WriteAsync(u => u.InsertDomainAsync(domain));

        var taken = await Assert.ThrowsAsync<StoreConflictException>(async () =>
            await other.WriteAsync(u => u.InsertDomainAsync(new Domain(other.Ids.Next<DomainId>(), other.Account, "Example.org", other.Now))));

        Assert.Equal("domain.name", taken.Key);
        Assert.Equal([domain], await scene.Store.DomainsAsync(scene.Account, Cancelled));
    }

    [Fact]
    public async Task A_domain_once_verified_stays_so_and_keeps_what_was_last_seen()
    {
        var scene = await SceneAsync();
        var domain = new Domain(scene.Ids.Next<DomainId>(), scene.Account, "example.org", scene.Now);
        await scene.WriteAsync(u => u.InsertDomainAsync(domain));
        await scene.WriteAsync(u => u.SetDomainCheckedAsync(scene.Account, domain.Id, verified: true, "dkim,spf"));
        var at = scene.Now;
        Clock.Advance(TimeSpan.FromHours(1));
        await scene.WriteAsync(u => u.SetDomainCheckedAsync(scene.Account, domain.Id, verified: false, "spf"));

        Assert.Equal([domain with { VerifiedAt = at, CheckedAt = at.AddHours(1), Seen = "spf" }], await scene.Store.DomainsAsync(scene.Account, Cancelled));
    }

    [Fact]
    public async Task A_link_is_replaced_removed_once_and_of_its_account_alone()
    {
        var scene = await SceneAsync();
        var other = await Scene.CreateAsync(scene.Store, Clock);
        var link = new MailboxLink(scene.Mailbox, scene.Account, [1, 2], null, FromEnvironment: true, scene.Now);
        await scene.WriteAsync(u => u.SetLinkAsync(link));
        var next = link with { RelaySealed = null, SourceSealed = [3], FromEnvironment = false };
        await scene.WriteAsync(u => u.SetLinkAsync(next));

        Assert.Equivalent(next, await scene.Store.LinkAsync(scene.Account, scene.Mailbox, Cancelled), strict: true);
        Assert.Equivalent(next, await scene.WriteAsync(u => u.FindLinkAsync(scene.Account, scene.Mailbox)), strict: true);
        Assert.Empty(await scene.Store.LinksAsync(other.Account, Cancelled));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await other.WriteAsync(u => u.SetLinkAsync(link with { Account = other.Account })));
        Assert.False(await other.WriteAsync(u => u.RemoveLinkAsync(other.Account, scene.Mailbox)));
        Assert.Single(await scene.Store.LinksAsync(scene.Account, Cancelled));
        Assert.True(await scene.WriteAsync(u => u.RemoveLinkAsync(scene.Account, scene.Mailbox)));
        Assert.False(await scene.WriteAsync(u => u.RemoveLinkAsync(scene.Account, scene.Mailbox)));
    }

    [Fact]
    public async Task A_nodes_own_value_is_replaced()
    {
        var scene = await SceneAsync();
        await scene.WriteAsync(u => u.SetMetaAsync("log_key", [1]));
        await scene.WriteAsync(u => u.SetMetaAsync("log_key", []));

        Assert.Equal(0, (await scene.Store.MetaAsync("log_key", Cancelled))?.Length);
        Assert.Equal(0, (await scene.WriteAsync(u => u.FindMetaAsync("log_key")))?.Length);
        Assert.Null(await scene.Store.MetaAsync("other", Cancelled));
    }

    [Fact]
    public async Task A_key_is_found_by_its_prefix_and_revoked_once()
    {
        var scene = await SceneAsync();
        var key = NewKey(scene) with { Mailboxes = [scene.Mailbox], Scopes = Scopes.Read | Scopes.Send };
        await scene.WriteAsync(u => u.InsertKeyAsync(key));

        Assert.Equivalent(key, await scene.Store.KeyByPrefixAsync(key.Prefix, Cancelled), strict: true);
        Assert.True(await scene.WriteAsync(u => u.RevokeKeyAsync(scene.Account, key.Id)));
        Assert.False(await scene.WriteAsync(u => u.RevokeKeyAsync(scene.Account, key.Id)));
        Assert.Equal(scene.Now, (await scene.WriteAsync(u => u.FindKeyAsync(scene.Account, key.Id)))?.RevokedAt);
        Assert.Null(await scene.Store.KeyByPrefixAsync("mm_none", Cancelled));
        Assert.Equal([key.Id], (await scene.Store.KeysAsync(scene.Account, Cancelled)).Select(k => k.Id));
    }

    [Fact]
    public async Task A_keys_last_use_is_noted_at_most_once_a_minute()
    {
        var scene = await SceneAsync();
        var key = NewKey(scene);
        await scene.WriteAsync(u => u.InsertKeyAsync(key));
        var first = scene.Now;

        await scene.WriteAsync(u => u.TouchKeyAsync(scene.Account, key.Id));
        Clock.Advance(TimeSpan.FromSeconds(59));
        await scene.WriteAsync(u => u.TouchKeyAsync(scene.Account, key.Id));
        var within = await scene.Store.KeyByPrefixAsync(key.Prefix, Cancelled);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.WriteAsync(u => u.TouchKeyAsync(scene.Account, key.Id));
        var after = await scene.Store.KeyByPrefixAsync(key.Prefix, Cancelled);

        Assert.Equal(first, within?.LastUsedAt);
        Assert.Equal(scene.Now, after?.LastUsedAt);
        Assert.Null(within?.Mailboxes);
    }

    [Fact]
    public async Task An_address_is_given_once_even_across_accounts()
    {
        var scene = await SceneAsync();
        var other = await Scene.CreateAsync(scene.Store, Clock);
        var mailbox = scene.NewMailbox("sales@example.org");
        await scene.WriteAsync(u => u.InsertMailboxAsync(mailbox with { DeactivatedAt = scene.Now }));

        var taken = await Assert.ThrowsAsync<StoreConflictException>(async () =>
            await other.WriteAsync(u => u.InsertMailboxAsync(other.NewMailbox("Sales@example.org"))));

        Assert.Equal("mailbox.address", taken.Key);
        Assert.Equal(mailbox with { DeactivatedAt = scene.Now }, await scene.Store.MailboxByAddressAsync(scene.Account, "sales@example.org", Cancelled));
    }

    [Fact]
    public async Task A_mailbox_changes_with_its_version_and_keeps_its_counters()
    {
        var scene = await SceneAsync();
        await scene.HoldAsync();
        var before = await scene.WriteAsync(u => u.FindMailboxAsync(scene.Account, scene.Mailbox));
        Assert.NotNull(before);

        var wanted = before with { DisplayName = "Sales", AgentId = null, Mode = Mode.Autonomous, PausedAt = scene.Now, Pending = 99 };
        await scene.WriteAsync(u => u.UpdateMailboxAsync(wanted));

        Assert.Equal(wanted with { Pending = 1, Version = 2 }, await scene.Store.MailboxAsync(scene.Account, scene.Mailbox, Cancelled));
    }

    [Fact]
    public async Task Mailboxes_come_in_pages_oldest_first()
    {
        var scene = await SceneAsync();
        var more = Enumerable.Range(0, 4).Select(i => scene.NewMailbox($"m{i}@example.org")).ToList();
        await scene.WriteAsync(async u =>
        {
            foreach (var mailbox in more)
            {
                await u.InsertMailboxAsync(mailbox);
            }
        });

        var first = await scene.Store.MailboxesAsync(scene.Account, after: null, 3, Cancelled);
        var second = await scene.Store.MailboxesAsync(scene.Account, first[^1].Id, 3, Cancelled);

        Assert.Equal([scene.Mailbox, .. more.Select(m => m.Id)], first.Concat(second).Select(m => m.Id));
    }

    private static ApiKey NewKey(Scene scene)
    {
        var id = scene.Ids.Next<ApiKeyId>();
        return new ApiKey(
            id, scene.Account, "agent", $"mm_{id.Value}", Scene.Sha256("secret"), Scopes.Send, Mailboxes: null, World.Test, id, new OperatorId(7),
            scene.Now, scene.Now.AddDays(90), RevokedAt: null, LastUsedAt: null);
    }

    private static async Task<Operator> OperatorAsync(Scene scene)
    {
        var person = new Operator(scene.Ids.Next<OperatorId>(), scene.Account, Email: null, PasswordHash: null, DisabledAt: null, scene.Now);
        await scene.WriteAsync(u => u.InsertOperatorAsync(person));
        return person;
    }

    private static async Task<Session> SessionAsync(Scene scene, Operator person, SessionKind kind, string token)
    {
        var session = new Session(Scene.Sha256(token), scene.Account, person.Id, kind, scene.Now.AddMinutes(15), UsedAt: null, scene.Now);
        await scene.WriteAsync(u => u.InsertSessionAsync(session));
        return session;
    }
}
