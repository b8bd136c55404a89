using MultiMail.Core.Contacts;
using MultiMail.Core.Errors;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Contacts;

public sealed class ContactTests
{
    private static readonly ContactFields Ann = new() { Email = "Ann <ann@example.org>", Source = "met at the fair", Tags = ["vip"] };
    private static readonly ConsentFields Consent = new("form", "2026-11-01T00:00:00Z", "Yes, send me news.");

    [Fact]
    public async Task An_agent_keeps_contacts()
    {
        await using var house = await House.BuildAsync();
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann, default);
        Assert.Equal(("ann@example.org", "Ann", "person", 1), (made.Email, made.Name, made.RecipientKind, made.Version));

        var changed = await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Name = "", Notes = "likes\ntea", Language = "pt-BR", ExpectedVersion = 1 }, default);
        Assert.Equal((null, "likes\ntea", "pt-BR", 2), (changed.Name, changed.Notes, changed.Language, changed.Version));
        Assert.Equal(["vip"], changed.Tags);
        Assert.Equal([made.Id], (await house.Node.Contacts.SearchAsync(house.Agent, new ContactRequest { Query = "example", Tag = "VIP" }, default)).Contacts.Select(c => c.Id));

        await house.Node.Contacts.DeleteAsync(house.Agent, made.Id, null, default);
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Contacts.GetAsync(house.Agent, made.Id, default)));
    }

    [Fact]
    public async Task A_stale_version_changes_nothing()
    {
        await using var house = await House.BuildAsync();
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann, default);
        await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Name = "Annie" }, default);
        Assert.Equal("version_conflict", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Name = "Nan", ExpectedVersion = 1 }, default)));
        Assert.Equal("version_conflict", await RefusedAsync(() => house.Node.Contacts.DeleteAsync(house.Agent, made.Id, 1, default)));
        Assert.Equal("Annie", (await house.Node.Contacts.GetAsync(house.Agent, made.Id, default)).Name);
    }

    [Fact]
    public async Task Every_write_leaves_a_leaf_and_a_change_of_nothing_none()
    {
        await using var house = await House.BuildAsync();
        var before = await LeavesAsync(house);
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann, default);
        await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Name = "Ann", Tags = ["vip"] }, default);
        await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Name = "Annie" }, default);
        await house.Node.Contacts.ChangeAsync(house.Person, made.Id, new ContactFields { RecipientKind = "machine", MachineEvidence = "It is a ticket system." }, default);
        await house.Node.Contacts.DeleteAsync(house.Agent, made.Id, null, default);
        Assert.Equal(before + 4, await LeavesAsync(house));
        var log = await house.Node.Audit.QueryAsync(house.Person, new() { Action = "config.changed" }, default);
        Assert.Equal(["contact_deleted", "contact_machine", "contact_changed", "contact_added"], log.Entries.Take(4).Select(e => e.Reason));
    }

    [Fact]
    public async Task Everything_wrong_with_a_contact_is_named()
    {
        await using var house = await House.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => house.Node.Contacts.AddAsync(
            house.Person,
            new ContactFields
            {
                Email = "no address", Name = "a\r\nBcc: b@example.org", Tags = ["", "x\u0007"], Notes = new string('n', 2001), Language = "not a tag", RecipientKind = "machine",
                Consent = new ConsentFields(null, "yesterday", null), Relationship = new RelationshipFields("love", "\uD800"),
            },
            default));
        Assert.Equal(
            ["consent.source", "consent.time", "consent.wording", "email", "language", "machine_evidence", "name", "notes", "relationship.basis", "relationship.note", "source", "tags", "tags[1]"],
            refusal.Violations.Select(v => v.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("read,send")]
    [InlineData("read,send,admin")]
    [InlineData("admin")]
    public async Task No_agent_says_that_an_address_is_a_machines(string scopes)
    {
        await using var house = await House.BuildAsync();
        var (agent, _) = await house.KeyAsync(scopes);
        var machine = Ann with { RecipientKind = "machine", MachineEvidence = "Trust me." };
        var leaves = await LeavesAsync(house);
        Assert.Equal("oversight_scope_required", await RefusedAsync(() => house.Node.Contacts.AddAsync(agent, machine, default)));
        Assert.Equal(leaves + 1, await LeavesAsync(house)); // the refusal
        var made = await house.Node.Contacts.AddAsync(agent, Ann, default);
        Assert.Equal("oversight_scope_required", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(agent, made.Id, machine with { Source = null }, default)));
    }

    [Fact]
    public async Task An_operator_key_says_it_over_rest_and_not_over_mcp()
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync("operator");
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann, default);
        var machine = new ContactFields { RecipientKind = "machine", MachineEvidence = "It is a ticket system." };
        Assert.Equal("oversight_scope_required", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(key with { Channel = "mcp" }, made.Id, machine, default)));
        Assert.Equal("machine", (await house.Node.Contacts.ChangeAsync(key, made.Id, machine, default)).RecipientKind);

        // Back to a person is stricter: anybody who may write says so.
        Assert.Equal("person", (await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { RecipientKind = "person" }, default)).RecipientKind);
    }

    [Fact]
    public async Task Consent_and_relationship_are_a_persons_or_an_admin_keys_to_record()
    {
        await using var house = await House.BuildAsync();
        var (admin, _) = await house.KeyAsync("admin");
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann, default);
        var records = new ContactFields { Consent = Consent, Relationship = new RelationshipFields("delivery", "order 7") };
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(house.Agent, made.Id, records, default)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(admin with { Channel = "mcp" }, made.Id, records, default)));

        await house.Node.Contacts.ChangeAsync(admin, made.Id, records, default);
        var facts = (await house.Store.ContactsOfAsync(house.Person.Account, ["ANN@example.org"], default))["ann@example.org"];
        Assert.Equal(("form", admin.PublicId), (facts.Consent!.Source, facts.Consent.By));
        Assert.Equal("delivery", facts.Relationship!.Basis);

        var without = await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { RemoveConsent = true, RemoveRelationship = true }, default);
        Assert.Null(without.Consent);
        Assert.Null(without.Relationship);
    }

    [Fact]
    public async Task What_was_recorded_of_an_address_does_not_move_to_another_one()
    {
        await using var house = await House.BuildAsync();
        var made = await house.Node.Contacts.AddAsync(
            house.Person, Ann with { RecipientKind = "machine", MachineEvidence = "It is a ticket system.", Consent = Consent, Relationship = new RelationshipFields("delivery", "order 7") }, default);
        Assert.Equal("machine", (await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Email = "ANN@example.org" }, default)).RecipientKind);

        var moved = await house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Email = "victim@example.net" }, default);
        Assert.Equal(("person", null, null), (moved.RecipientKind, moved.Consent, moved.Relationship));
    }

    [Fact]
    public async Task An_agent_does_not_wash_a_scraped_address()
    {
        await using var house = await House.BuildAsync();
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann with { Source = " Scraped " }, default);
        Assert.Equal("scraped", made.Source);
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Source = "signed up" }, default)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(house.Agent, made.Id, new ContactFields { Email = "else@example.org" }, default)));
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Contacts.DeleteAsync(house.Agent, made.Id, null, default)));
        Assert.Equal("invalid_parameter", await RefusedAsync(() => house.Node.Contacts.AddAsync(house.Agent, Ann, default)));
        Assert.True((await house.Store.ContactsOfAsync(house.Person.Account, ["ann@example.org"], default))["ann@example.org"].IsScraped);
        Assert.Equal("signed up", (await house.Node.Contacts.ChangeAsync(house.Person, made.Id, new ContactFields { Source = "signed up" }, default)).Source);
    }

    [Fact]
    public async Task A_key_that_only_reads_and_a_test_key_change_nothing()
    {
        await using var house = await House.BuildAsync();
        var (reader, _) = await house.KeyAsync("read");
        var (test, _) = await house.KeyAsync("read,send", "test");
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Contacts.AddAsync(reader, Ann, default)));
        Assert.Equal("live_key_required", await RefusedAsync(() => house.Node.Contacts.AddAsync(test, Ann, default)));
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann, default);
        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Contacts.DeleteAsync(reader, made.Id, null, default)));
        Assert.Equal("live_key_required", await RefusedAsync(() => house.Node.Contacts.DeleteAsync(test, made.Id, null, default)));
    }

    [Fact]
    public async Task Ids_of_another_account_lead_nowhere()
    {
        await using var house = await House.BuildAsync();
        var made = await house.Node.Contacts.AddAsync(house.Agent, Ann, default);
        var stranger = house.Agent with { Account = new Ids.AccountId(house.Agent.Account.Value + 1) };
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Contacts.GetAsync(stranger, made.Id, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Contacts.ChangeAsync(stranger, made.Id, new ContactFields { Name = "x" }, default)));
        Assert.Equal("not_found", await RefusedAsync(() => house.Node.Contacts.DeleteAsync(stranger, made.Id, null, default)));
        Assert.Empty((await house.Node.Contacts.SearchAsync(stranger, new ContactRequest(), default)).Contacts);
    }

    [Fact]
    public async Task The_same_request_again_is_one_contact()
    {
        await using var house = await House.BuildAsync();
        var once = Ann with { IdempotencyKey = "k1" };
        var made = await house.Node.Contacts.AddAsync(house.Agent, once, default);
        Assert.Equal(made.Id, (await house.Node.Contacts.AddAsync(house.Agent, once, default)).Id);
        Assert.Equal("idempotency_conflict", await RefusedAsync(() => house.Node.Contacts.AddAsync(house.Agent, once with { Name = "Other" }, default)));
    }

    [Fact]
    public async Task Pages_go_through_all_contacts_once()
    {
        await using var house = await House.BuildAsync();
        for (var i = 0; i < 7; i++)
        {
            await house.Node.Contacts.AddAsync(house.Agent, new ContactFields { Email = $"p{i}@example.org", Source = "test" }, default);
        }

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await house.Node.Contacts.SearchAsync(house.Agent, new ContactRequest { Query = "p", Limit = 3, Cursor = cursor }, default);
            seen.AddRange(page.Contacts.Select(c => c.Email));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"p{6 - i}@example.org"), seen);
        Assert.Equal("invalid_cursor", await RefusedAsync(() => house.Node.Contacts.SearchAsync(house.Agent, new ContactRequest { Cursor = "x" }, default)));
    }

    private static async Task<long> LeavesAsync(House house) => (await house.Store.LogHeadAsync(house.Person.Account, default))!.Size;
}
