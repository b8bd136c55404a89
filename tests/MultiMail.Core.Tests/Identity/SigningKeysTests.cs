using System.Text;
using MultiMail.Core.Errors;
using MultiMail.Core.Identity;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Identity;

public sealed class SigningKeysTests
{
    private const string Domain = "mail.example.org";

    [Fact]
    public async Task Starting_and_stopping_makes_no_key()
    {
        await using var house = await House.BuildAsync();
        Assert.Empty(await house.Node.SigningKeys.ListAsync(house.Person, CancellationToken.None));
        Assert.Empty(await house.Node.SigningKeys.PublishedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_first_use_makes_the_identity_key_once_for_all_nodes()
    {
        await using var house = await House.BuildAsync();
        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.Node.SigningKeys.IdentityAsync(house.Person.Account, CancellationToken.None)));
        var listed = Assert.Single(await house.Node.SigningKeys.ListAsync(house.Person, CancellationToken.None));
        Assert.All(keys, key => Assert.Equal(listed.Name, key.Public.Kid));
        Assert.Equal(("identity", "active", "ES256"), (listed.Use, listed.State, listed.Algorithm));
        var published = Assert.Single(await house.Node.SigningKeys.PublishedAsync(CancellationToken.None));
        Assert.Equal((listed.Name, "active", null), (published.Kid, published.Status, published.RevokedAt));
    }

    [Fact]
    public async Task A_rotation_publishes_for_a_day_before_it_signs()
    {
        await using var house = await House.BuildAsync();
        var keys = house.Node.SigningKeys;
        var old = (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid;
        var after = await keys.RotateAsync(house.Person, null, CancellationToken.None);
        Assert.Equal(["active", "next"], after.Select(key => key.State));
        house.Clock.Advance(SigningKeys.PublishedBefore - TimeSpan.FromSeconds(1));
        Assert.Equal(old, (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(after[1].Name, (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid);
        house.Clock.Advance(TimeSpan.FromDays(4_000));
        Assert.Equal(["retired", "active"], (await keys.PublishedAsync(CancellationToken.None)).Select(key => key.Status));
    }

    [Fact]
    public async Task A_second_rotation_waits_for_the_first()
    {
        await using var house = await House.BuildAsync();
        Assert.Equal(ErrorCodes.NotFound, await Steps.RefusedAsync(() => house.Node.SigningKeys.RotateAsync(house.Person, null, CancellationToken.None)));
        await house.Node.SigningKeys.IdentityAsync(house.Person.Account, CancellationToken.None);
        await house.Node.SigningKeys.RotateAsync(house.Person, null, CancellationToken.None);
        Assert.Equal(ErrorCodes.VersionConflict, await Steps.RefusedAsync(() => house.Node.SigningKeys.RotateAsync(house.Person, null, CancellationToken.None)));
    }

    [Fact]
    public async Task A_revoked_key_is_replaced_at_once_and_its_private_part_is_gone()
    {
        await using var house = await House.BuildAsync();
        var keys = house.Node.SigningKeys;
        var old = (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid;
        house.Clock.Advance(TimeSpan.FromHours(1));
        await keys.RevokeAsync(house.Person, old, null, "laptop stolen", CancellationToken.None);

        var published = await keys.PublishedAsync(CancellationToken.None);
        Assert.Equal(["revoked", "active"], published.Select(key => key.Status));
        Assert.Equal(("laptop stolen", house.Clock.GetUtcNow()), (published[0].Reason, published[0].RevokedAt));
        Assert.Equal(published[1].Kid, (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid);
        Assert.Empty((await house.Store.SigningKeysAsync(house.Person.Account, CancellationToken.None))[0].Sealed);
        Assert.Equal(ErrorCodes.KeyRevoked, await Steps.RefusedAsync(() => keys.RevokeAsync(house.Person, old, null, "again", CancellationToken.None)));
    }

    [Fact]
    public async Task A_waiting_key_takes_over_when_the_active_one_is_revoked_and_its_own_end_leaves_the_active_one_alone()
    {
        await using var house = await House.BuildAsync();
        var keys = house.Node.SigningKeys;
        var first = (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid;
        var second = (await keys.RotateAsync(house.Person, null, CancellationToken.None))[1].Name;
        await keys.RevokeAsync(house.Person, second, null, "published by mistake", CancellationToken.None);
        house.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(first, (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid);

        var third = (await keys.RotateAsync(house.Person, null, CancellationToken.None))[2].Name;
        await keys.RevokeAsync(house.Person, first, null, "stolen", CancellationToken.None);
        Assert.Equal(third, (await keys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid);
        Assert.Equal(3, (await keys.PublishedAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_domain_gets_its_keys_and_their_records()
    {
        await using var house = await House.BuildAsync();
        var (keys, account) = (house.Node.SigningKeys, house.Person.Account);
        await keys.EnsureDomainKeyAsync(account, Domain, CancellationToken.None);
        await keys.EnsureDomainKeyAsync(account, Domain, CancellationToken.None, ed25519: true);
        await keys.EnsureDomainKeyAsync(account, Domain, CancellationToken.None, ed25519: true);

        var records = await keys.DnsRecordsOfAsync(account, Domain, CancellationToken.None);
        Assert.Equal(["mm202611a._domainkey.mail.example.org", "mm202611b._domainkey.mail.example.org"], records.Select(record => record.Name));
        Assert.StartsWith("v=DKIM1; k=rsa; p=MII", records[0].Value, StringComparison.Ordinal);
        Assert.StartsWith("v=DKIM1; k=ed25519; p=", records[1].Value, StringComparison.Ordinal);
        Assert.Equal(["mm202611a", "mm202611b"], (await keys.DkimAsync(account, Domain, CancellationToken.None)).Select(key => key.Selector));
        Assert.Empty(await keys.DkimAsync(account, "other.example.org", CancellationToken.None));
    }

    [Fact]
    public async Task An_old_selector_stays_published_for_a_week_and_is_then_emptied()
    {
        await using var house = await House.BuildAsync();
        var (keys, account) = (house.Node.SigningKeys, house.Person.Account);
        await keys.EnsureDomainKeyAsync(account, Domain, CancellationToken.None);
        await keys.RotateAsync(house.Person, Domain, CancellationToken.None);
        house.Clock.Advance(SigningKeys.PublishedBefore);
        Assert.Equal("mm202611b", Assert.Single(await keys.DkimAsync(account, Domain, CancellationToken.None)).Selector);
        house.Clock.Advance(SigningKeys.KeptAfter - TimeSpan.FromSeconds(1));
        Assert.All(await keys.DnsRecordsOfAsync(account, Domain, CancellationToken.None), record => Assert.Contains("p=MII", record.Value, StringComparison.Ordinal));
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var records = await keys.DnsRecordsOfAsync(account, Domain, CancellationToken.None);
        Assert.Equal(("v=DKIM1; k=rsa; p=", "retired"), (records[0].Value, records[0].State));

        await keys.RevokeAsync(house.Person, "mm202611b", Domain, "stolen", CancellationToken.None);
        Assert.EndsWith("p=", (await keys.DnsRecordsOfAsync(account, Domain, CancellationToken.None))[1].Value, StringComparison.Ordinal);
        Assert.Equal("mm202612a", Assert.Single(await keys.DkimAsync(account, Domain, CancellationToken.None)).Selector);
    }

    [Fact]
    public async Task Only_a_person_turns_keys_and_says_why()
    {
        await using var house = await House.BuildAsync();
        var (reviewer, _) = await house.KeyAsync("operator");
        var kid = (await house.Node.SigningKeys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid;
        foreach (var who in new[] { house.Agent, reviewer })
        {
            Assert.Equal(ErrorCodes.ScopeMissing, await Steps.RefusedAsync(() => house.Node.SigningKeys.RotateAsync(who, null, CancellationToken.None)));
            Assert.Equal(ErrorCodes.ScopeMissing, await Steps.RefusedAsync(() => house.Node.SigningKeys.RevokeAsync(who, kid, null, "x", CancellationToken.None)));
        }

        foreach (var reason in new[] { null, "", " ", "a\nb", new string('x', 201) })
        {
            await Steps.RefusedAsync(() => house.Node.SigningKeys.RevokeAsync(house.Person, kid, null, reason, CancellationToken.None));
        }

        Assert.Equal(ErrorCodes.NotFound, await Steps.RefusedAsync(() => house.Node.SigningKeys.RevokeAsync(house.Person, "nobody", null, "x", CancellationToken.None)));
    }

    [Fact]
    public async Task Keys_come_and_go_in_the_log()
    {
        await using var house = await House.BuildAsync();
        var kid = (await house.Node.SigningKeys.IdentityAsync(house.Person.Account, CancellationToken.None)).Public.Kid;
        await house.Node.SigningKeys.RevokeAsync(house.Person, kid, null, "stolen", CancellationToken.None);
        var leaves = (await house.Node.Audit.QueryAsync(house.Person, new() { Limit = 3 }, CancellationToken.None)).Entries;
        Assert.Equal(["key.created", "key.revoked", "key.created"], leaves.Select(leaf => leaf.Event));
        Assert.Equal(("signing_identity", kid, "human"), (leaves[1].Reason, leaves[1].Result, leaves[1].ActorKind));
        Assert.Equal("system", leaves[2].ActorKind);
    }

    [Fact]
    public async Task The_data_folder_holds_no_private_key()
    {
        await using var house = await House.BuildAsync();
        var account = house.Person.Account;
        var identity = await house.Node.SigningKeys.IdentityAsync(account, CancellationToken.None);
        await house.Node.SigningKeys.EnsureDomainKeyAsync(account, Domain, CancellationToken.None, ed25519: true);
        var signers = await house.Node.SigningKeys.DkimAsync(account, Domain, CancellationToken.None);
        byte[][] secrets = [identity.Export(), .. signers.Select(signer => signer.Key.Export())];
        var files = Directory.EnumerateFiles(house.Folder, "*", SearchOption.AllDirectories).Select(ReadShared).ToList();

        Assert.Contains(files, bytes => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(identity.Public.Kid)) >= 0);
        foreach (var secret in secrets)
        {
            // Any 24 bytes in a row of the middle of the key, raw or as base64.
            var piece = secret.AsSpan(secret.Length / 2, Math.Min(24, secret.Length / 2)).ToArray();
            Assert.All(files, bytes => Assert.True(bytes.AsSpan().IndexOf(piece) < 0));
            var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(secret)[32..56]);
            Assert.All(files, bytes => Assert.True(bytes.AsSpan().IndexOf(text) < 0));
        }
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
