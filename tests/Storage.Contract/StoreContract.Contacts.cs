using MultiMail.Core.Contacts;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_contact_comes_back_whole_and_changes_whole()
    {
        var scene = await SceneAsync();
        var made = ContactOf(scene, "Ann.Lee@Example.org") with
        {
            Name = "Ann \"Ä\" Lee", Tags = ["vip", "Zürich \\ \"x\""], Notes = "two\nlines", Language = "de",
            Machine = new MachineProof("It answers in JSON.", "opr_1", scene.Now), Consent = new Consent("form", scene.Now.AddDays(-3), "Yes, news.", "key_1"),
            Relationship = new Relationship("delivery", "order 7", "key_1", scene.Now.AddDays(-1)),
        };
        await scene.WriteAsync(u => u.InsertContactAsync(made));
        Same(made, await scene.Store.ContactAsync(scene.Account, made.Id, Cancelled));

        var changed = made with { Email = "ann@example.net", Tags = [], Notes = null, Machine = null, Consent = null, Relationship = null, Version = 2, UpdatedAt = scene.Now.AddHours(1) };
        await scene.WriteAsync(u => u.UpdateContactAsync(changed));
        Same(changed, await scene.WriteAsync(u => u.FindContactAsync(scene.Account, made.Id)));
        Assert.Empty(await FoundAsync(scene, "ann.lee"));
        Assert.Equal([made.Id], await FoundAsync(scene, "example.net"));

        Assert.True(await scene.WriteAsync(u => u.DeleteContactAsync(scene.Account, made.Id)));
        Assert.False(await scene.WriteAsync(u => u.DeleteContactAsync(scene.Account, made.Id)));
        Assert.Empty(await FoundAsync(scene, "ann"));
    }

    [Fact]
    public async Task An_address_is_one_contacts_whatever_its_case()
    {
        var scene = await SceneAsync();
        var first = ContactOf(scene, "Ann@Example.org");
        var second = ContactOf(scene, "bob@example.org");
        await scene.WriteAsync(async u =>
        {
            await u.InsertContactAsync(first);
            await u.InsertContactAsync(second);
        });
        Assert.Equal("contact.email", (await Assert.ThrowsAsync<StoreConflictException>(async () => await scene.WriteAsync(u => u.InsertContactAsync(ContactOf(scene, "ann@example.ORG"))))).Key);
        Assert.Equal("contact.email", (await Assert.ThrowsAsync<StoreConflictException>(async () => await scene.WriteAsync(u => u.UpdateContactAsync(second with { Email = "ANN@example.org" })))).Key);
    }

    [Fact]
    public async Task Contacts_are_found_by_the_beginnings_of_words()
    {
        var scene = await SceneAsync();
        var ann = ContactOf(scene, "ann.lee@shop.example") with { Name = "Ann O'Brien", Tags = ["vip", "north west"] };
        var bob = ContactOf(scene, "bob@shop.example") with { Name = "Bob Anders", Tags = ["vips"] };
        await scene.WriteAsync(async u =>
        {
            await u.InsertContactAsync(ann);
            await u.InsertContactAsync(bob);
        });
        foreach (var (query, tag, found) in ((string?, string?, ContactId[])[])
        [
            (null, null, [bob.Id, ann.Id]), ("an", null, [bob.Id, ann.Id]), ("ANN", null, [ann.Id]), ("brien", null, [ann.Id]), ("shop.ex", null, [bob.Id, ann.Id]),
            ("ann.lee@shop.example", null, [ann.Id]), ("shop anders", null, [bob.Id]), ("shop nobody", null, []), ("o'b", null, [ann.Id]), ("lee", null, [ann.Id]),
            (null, "vip", [ann.Id]), (null, "VIPS", [bob.Id]), (null, "vi", []), (null, "north west", [ann.Id]), ("bob", "vip", []), ("%", null, []), ("*", null, []),
        ])
        {
            var rows = await scene.Store.ContactsAsync(scene.Account, ContactWords.Query(query, tag), before: null, 10, Cancelled);
            Assert.Equal(found, rows.Select(c => c.Id));
        }

        Assert.Equal([bob.Id], (await scene.Store.ContactsAsync(scene.Account, [], before: null, 1, Cancelled)).Select(c => c.Id));
        Assert.Equal([ann.Id], (await scene.Store.ContactsAsync(scene.Account, ContactWords.Query("shop", tag: null), bob.Id, 10, Cancelled)).Select(c => c.Id));
    }

    [Fact]
    public async Task What_is_known_of_addresses_comes_in_one_read()
    {
        var scene = await SceneAsync();
        var consent = new Consent("form", scene.Now, "Yes.", "key_1");
        await scene.WriteAsync(async u =>
        {
            await u.InsertContactAsync(ContactOf(scene, "Ann@Example.org") with { Consent = consent, Language = "fr" });
            await u.InsertContactAsync(ContactOf(scene, "bot@example.org") with { Machine = new MachineProof("e", "opr_1", scene.Now), Source = Contact.Scraped });
        });
        string[] asked = ["ANN@example.org", "bot@example.org", "nobody@example.org"];

        var facts = await scene.Store.ContactsOfAsync(scene.Account, asked, Cancelled);
        Assert.Equal(["ann@example.org", "bot@example.org"], facts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((ContactKind.Person, "fr", consent), (facts["ann@example.org"].Kind, facts["ann@example.org"].Language, facts["ann@example.org"].Consent));
        Assert.Equal((ContactKind.Machine, true), (facts["bot@example.org"].Kind, facts["bot@example.org"].IsScraped));
        Assert.Equal(facts, await scene.WriteAsync(u => u.FindContactsOfAsync(scene.Account, asked)));
        Assert.All(facts, f => Assert.Equal(Suppressed.KeyOf(f.Value.Address), f.Key));
    }

    [Fact]
    public async Task Contacts_of_another_account_are_not_there()
    {
        var mine = await SceneAsync();
        var theirs = await Scene.CreateAsync(mine.Store, Clock);
        var contact = ContactOf(theirs, "ann@example.org");
        await theirs.WriteAsync(u => u.InsertContactAsync(contact));

        Assert.Null(await mine.Store.ContactAsync(mine.Account, contact.Id, Cancelled));
        Assert.Empty(await mine.Store.ContactsAsync(mine.Account, [], before: null, 10, Cancelled));
        Assert.Empty(await FoundAsync(mine, "ann"));
        Assert.Empty(await mine.Store.ContactsOfAsync(mine.Account, ["ann@example.org"], Cancelled));
        Assert.False(await mine.WriteAsync(u => u.DeleteContactAsync(mine.Account, contact.Id)));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await mine.WriteAsync(u => u.UpdateContactAsync(contact with { Account = mine.Account })));
        Assert.Equal([contact.Id], await FoundAsync(theirs, "ann"));
    }

    private static Contact ContactOf(Scene scene, string email) => new()
    {
        Id = scene.Ids.Next<ContactId>(), Account = scene.Account, Email = email, Source = "test", CreatedBy = "key_1", CreatedAt = scene.Now, UpdatedAt = scene.Now,
    };

    private static async Task<IEnumerable<ContactId>> FoundAsync(Scene scene, string query) =>
        (await scene.Store.ContactsAsync(scene.Account, ContactWords.Query(query, tag: null), before: null, 10, Cancelled)).Select(c => c.Id);

    private static void Same(Contact expected, Contact? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected, actual with { Tags = expected.Tags });
    }
}
