using MultiMail.Core.Templates;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Versions_of_a_template_stay_as_they_were()
    {
        var scene = await SceneAsync();
        var first = TemplateOf(scene, new TemplateContent("Welcome", "Hello {{name}}", "Hi {{name}}", "<p>{{name}}</p>", Markdown: null, ["name"]));
        var second = first with { Version = 2, Content = new TemplateContent("Greeting", "Hello", Text: null, Html: null, "*Hi*", []), SavedBy = "key_2", SavedAt = scene.Now.AddMinutes(1) };
        second = second with { Digest = second.Content.Digest() };
        await scene.WriteAsync(async u =>
        {
            await u.InsertTemplateAsync(first);
            await u.AddTemplateVersionAsync(second);
        });

        Same(second, await scene.Store.TemplateAsync(scene.Account, first.Id, Cancelled));
        Same(first, await scene.Store.TemplateVersionAsync(scene.Account, first.Id, 1, Cancelled));
        Assert.Null(await scene.Store.TemplateVersionAsync(scene.Account, first.Id, 3, Cancelled));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await scene.WriteAsync(u => u.AddTemplateVersionAsync(second))); // there is a second one
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await scene.WriteAsync(u => u.AddTemplateVersionAsync(second with { Version = 4 }))); // and no third

        Assert.True(await scene.WriteAsync(u => u.DeleteTemplateAsync(scene.Account, first.Id)));
        Assert.False(await scene.WriteAsync(u => u.DeleteTemplateAsync(scene.Account, first.Id)));
        Assert.Null(await scene.Store.TemplateAsync(scene.Account, first.Id, Cancelled));
        Assert.Null(await scene.WriteAsync(u => u.FindTemplateAsync(scene.Account, first.Id)));
        Assert.Equal(scene.Now, (await scene.Store.TemplateVersionAsync(scene.Account, first.Id, 2, Cancelled))!.DeletedAt);
    }

    [Fact]
    public async Task Templates_are_listed_by_a_part_of_the_name()
    {
        var scene = await SceneAsync();
        var (welcome, bill) = (TemplateOf(scene, Plain("Welcome aboard")), TemplateOf(scene, Plain("Bill 100%")));
        await scene.WriteAsync(async u =>
        {
            await u.InsertTemplateAsync(welcome);
            await u.InsertTemplateAsync(bill);
        });
        foreach (var (part, found) in ((string?, TemplateId[])[])[(null, [bill.Id, welcome.Id]), ("ABOARD", [welcome.Id]), ("0%", [bill.Id]), ("_", [])])
        {
            Assert.Equal(found, (await scene.Store.TemplatesAsync(scene.Account, part, before: null, 10, Cancelled)).Select(t => t.Id));
        }

        Assert.Equal([welcome.Id], (await scene.Store.TemplatesAsync(scene.Account, part: null, bill.Id, 10, Cancelled)).Select(t => t.Id));
        Assert.Single(await scene.Store.TemplatesAsync(scene.Account, part: null, before: null, 1, Cancelled));
    }

    [Fact]
    public async Task Templates_of_another_account_are_not_there()
    {
        var mine = await SceneAsync();
        var theirs = await Scene.CreateAsync(mine.Store, Clock);
        var template = TemplateOf(theirs, Plain("Welcome"));
        await theirs.WriteAsync(u => u.InsertTemplateAsync(template));

        Assert.Null(await mine.Store.TemplateAsync(mine.Account, template.Id, Cancelled));
        Assert.Null(await mine.Store.TemplateVersionAsync(mine.Account, template.Id, 1, Cancelled));
        Assert.Empty(await mine.Store.TemplatesAsync(mine.Account, part: null, before: null, 10, Cancelled));
        Assert.Null(await mine.WriteAsync(u => u.FindTemplateAsync(mine.Account, template.Id)));
        Assert.False(await mine.WriteAsync(u => u.DeleteTemplateAsync(mine.Account, template.Id)));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await mine.WriteAsync(u => u.AddTemplateVersionAsync(template with { Account = mine.Account, Version = 2 })));
        Same(template, await theirs.Store.TemplateAsync(theirs.Account, template.Id, Cancelled));
    }

    private static TemplateContent Plain(string name) => new(name, "Hello", "Hi", Html: null, Markdown: null, []);

    private static Template TemplateOf(Scene scene, TemplateContent content) => new()
    {
        Id = scene.Ids.Next<TemplateId>(), Account = scene.Account, Version = 1, Content = content, Digest = content.Digest(),
        CreatedBy = "key_1", CreatedAt = scene.Now, SavedBy = "key_1", SavedAt = scene.Now,
    };

    private static void Same(Template expected, Template? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Digest, actual.Digest);
        Assert.Equal(expected.Content.Variables, actual.Content.Variables);
        Assert.Equal(expected, actual with { Digest = expected.Digest, Content = actual.Content with { Variables = expected.Content.Variables } });
    }
}
