using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests;

public sealed class PeopleTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_sign_in_link_works_once_and_for_a_quarter_of_an_hour()
    {
        await using var house = await House.BuildAsync();
        var people = house.Node.People;
        var link = await people.LoginTokenAsync(house.Person, default);
        var signedIn = await people.SignInByLinkAsync(link, default);
        Assert.True(signedIn!.NeedsPassword);
        Assert.Null(await people.SignInByLinkAsync(link, default));
        Assert.Null(await people.SignInByLinkAsync("guess", default));
        Assert.Null(await people.SessionAsync(link, default));
        Assert.Null(await people.SignInByLinkAsync(signedIn.Token, default));

        var late = await people.LoginTokenAsync(house.Person, default);
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(await people.SignInByLinkAsync(late, default));
    }

    [Fact]
    public async Task A_password_signs_in_and_a_session_ends()
    {
        await using var house = await House.BuildAsync();
        var people = house.Node.People;
        Assert.False(await people.AnySignedUpAsync(default));
        await people.SetCredentialsAsync(house.Person, "Ada@Example.org", Password, default);
        Assert.True(await people.AnySignedUpAsync(default));
        Assert.Null(await people.SignInByPasswordAsync("Ada@example.org", "wrong password!", default));
        Assert.Null(await people.SignInByPasswordAsync("nobody@example.org", Password, default));
        Assert.Null(await people.SignInByPasswordAsync(null, null, default));
        var signedIn = await people.SignInByPasswordAsync("ada@example.org", Password, default);
        Assert.NotNull(await people.SessionAsync(signedIn!.Token, default));
        await people.SignOutAsync(signedIn.Token, default);
        Assert.Null(await people.SessionAsync(signedIn.Token, default));

        var second = await people.SignInByPasswordAsync("ada@example.org", Password, default);
        house.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Null(await people.SessionAsync(second!.Token, default));
    }

    [Fact]
    public async Task A_new_password_ends_every_other_browser_and_open_link()
    {
        await using var house = await House.BuildAsync();
        var people = house.Node.People;
        var stolen = await people.SignInByLinkAsync(await people.LoginTokenAsync(house.Person, default), default);
        var own = await people.SignInByLinkAsync(await people.LoginTokenAsync(house.Person, default), default);
        var link = await people.LoginTokenAsync(house.Person, default);
        await people.SetCredentialsAsync(house.Person, "ada@example.org", Password, default, own!.Token);
        Assert.Null(await people.SessionAsync(stolen!.Token, default));
        Assert.Null(await people.SignInByLinkAsync(link, default));
        Assert.NotNull(await people.SessionAsync(own.Token, default));
    }

    [Fact]
    public async Task Weak_passwords_and_bad_addresses_are_refused_together()
    {
        await using var house = await House.BuildAsync();
        var refusal = await Assert.ThrowsAsync<MultiMail.Core.Errors.RefusalException>(() => house.Node.People.SetCredentialsAsync(house.Person, "no", "short", default));
        Assert.Equal(["email", "password"], refusal.Violations.Select(v => v.Field));
    }

    [Fact]
    public async Task Keys_cannot_act_as_people()
    {
        await using var house = await House.BuildAsync();
        var (standsForPerson, _) = await house.KeyAsync("operator");
        foreach (var principal in new[] { house.Agent, standsForPerson })
        {
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.People.LoginTokenAsync(principal, default)));
            Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.People.AddAsync(principal, "a@example.org", Password, default)));
        }

        Assert.Equal("scope_missing", await RefusedAsync(() => house.Node.Domains.AddAsync(house.Agent, "example.org", default)));
    }

    [Fact]
    public async Task Initialisation_is_safe_to_repeat_and_to_race()
    {
        await using var house = await House.BuildAsync();
        var views = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => house.Node.Installation.InitialiseAsync("late@example.org", default))));
        Assert.All(views, v => Assert.False(v.Created));
        Assert.Single(views.Select(v => v.OperatorId).Distinct(StringComparer.Ordinal));
        Assert.Equal(2, (await house.Node.Mailboxes.ListAsync(house.Person, null, null, default)).Total);
    }
}
