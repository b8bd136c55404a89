using MultiMail.Core.Profile;

namespace Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_profile_is_null_until_it_is_set_and_is_replaced_whole()
    {
        var scene = await SceneAsync();
        Assert.Null(await scene.Store.ProfileAsync(scene.Account, Cancelled));
        var first = SenderProfile.Empty(scene.Account) with { Name = "Zoë | \"Söhne\"", UpdatedAt = scene.Now };
        await scene.WriteAsync(u => u.SetProfileAsync(first));
        Assert.Equivalent(first, await scene.Store.ProfileAsync(scene.Account, Cancelled), strict: true);

        var second = new SenderProfile(
            scene.Account, Name: null, ["Street 1", "Town"], "DE", "de", "ann@example.net", "bob@example.net", scene.Now.AddHours(24), scene.Now);
        await scene.WriteAsync(u => u.SetProfileAsync(second));

        Assert.Equivalent(second, await scene.Store.ProfileAsync(scene.Account, Cancelled), strict: true);
        Assert.Equivalent(second, await scene.WriteAsync(u => u.FindProfileAsync(scene.Account)), strict: true);
    }

    [Fact]
    public async Task A_profile_belongs_to_its_account()
    {
        var store = await StoreAsync();
        var mine = await Scene.CreateAsync(store, Clock);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var other = await Scene.CreateAsync(store, Clock);
        await mine.WriteAsync(u => u.SetProfileAsync(SenderProfile.Empty(mine.Account) with { Name = "Mine", UpdatedAt = mine.Now }));

        Assert.Null(await store.ProfileAsync(other.Account, Cancelled));
        Assert.Null(await other.WriteAsync(u => u.FindProfileAsync(other.Account)));
    }
}
