using MultiMail.Core.Audit;
using MultiMail.Core.Errors;
using MultiMail.Core.Node;
using MultiMail.Core.Profile;
using MultiMail.Core.Tests.Compliance;
using MultiMail.Testing;
using static MultiMail.Core.Tests.Steps;

namespace MultiMail.Core.Tests.Profile;

public sealed class SenderProfileTests
{
    private static readonly CancellationToken Token = CancellationToken.None;

    [Fact]
    public async Task A_new_account_has_no_profile_and_each_field_is_set_alone()
    {
        await using var house = await House.BuildAsync();
        Assert.False((await house.Node.Profiles.ShowAsync(house.Person, Token)).Complete);
        await house.SetProfileAsync(new ProfileChange { Name = " Example GmbH ", Country = "de" });
        var half = await house.SetProfileAsync(new ProfileChange { Language = "DE" });
        Assert.Equal(("Example GmbH", "DE", "de", false), (half.Name, half.Country, half.Language, half.Complete));
        var whole = await house.SetProfileAsync(new ProfileChange { AddressLines = ["Hauptstraße 1", " ", "10115 Berlin"] });
        Assert.Equal(["Hauptstraße 1", "10115 Berlin"], whole.AddressLines);
        Assert.True(whole.Complete);
        Assert.Equivalent(whole, await house.Node.Profiles.ShowAsync(house.Person, Token), strict: true);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once_and_nothing_is_kept()
    {
        await using var house = await House.BuildAsync();
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.SetProfileAsync(new ProfileChange
        {
            Name = "Ex\u202Eample", AddressLines = ["1", "2", "3", "4", "5", "6", "7"], Country = "XX", Language = "ja", Notify = "nobody",
        }));
        Assert.Equal(["name", "address_lines", "country", "language", "notify"], refused.Violations.Select(v => v.Field));
        Assert.All(refused.Violations, v => Assert.NotEmpty(v.Fix));
        Assert.Null((await house.Node.Profiles.ShowAsync(house.Person, Token)).Name);
    }

    [Theory]
    [InlineData(Installation.AgentAddress)]
    [InlineData("nobody@multimail.localhost")]
    [InlineData("anybody@Example.org")]
    public async Task Notices_go_to_no_mailbox_of_this_installation(string address)
    {
        await using var house = await House.BuildAsync();
        await house.Node.Domains.AddAsync(house.Person, "example.org", Token);
        var refused = await Assert.ThrowsAsync<RefusalException>(() => house.SetProfileAsync(new ProfileChange { Notify = address }));
        Assert.Equal("notify", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task The_first_notify_address_stands_at_once_and_another_one_after_a_day()
    {
        await using var house = await House.BuildAsync();
        Assert.Equal("ann@example.net", (await house.SetProfileAsync(new ProfileChange { Notify = "ann@example.net" })).Notify);
        var waits = await house.SetProfileAsync(new ProfileChange { Notify = "eve@evil.test" });
        Assert.Equal(("ann@example.net", "eve@evil.test", house.Clock.GetUtcNow().AddHours(24)), (waits.Notify, waits.NotifyPending, waits.NotifyPendingAt));

        house.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        var again = await house.SetProfileAsync(new ProfileChange { Notify = "eve@evil.test" });
        Assert.Equal(("ann@example.net", waits.NotifyPendingAt), (again.Notify, again.NotifyPendingAt));

        house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = await house.Node.Profiles.ShowAsync(house.Person, Token);
        Assert.Equal(("eve@evil.test", null), (after.Notify, after.NotifyPending));
    }

    [Fact]
    public async Task Naming_the_old_address_takes_a_waiting_change_back()
    {
        await using var house = await House.BuildAsync();
        await house.SetProfileAsync(new ProfileChange { Notify = "ann@example.net" });
        await house.SetProfileAsync(new ProfileChange { Notify = "eve@evil.test" });
        await house.SetProfileAsync(new ProfileChange { Notify = "Ann@example.net" });
        house.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("ann@example.net", (await house.Node.Profiles.ShowAsync(house.Person, Token)).Notify);
    }

    [Theory]
    [InlineData("read", "live", "scope_missing")]
    [InlineData("send,read", "live", "scope_missing")]
    [InlineData("send,admin", "live", "scope_missing")]
    [InlineData("oversight", "live", "scope_missing")]
    [InlineData("operator", "test", "live_key_required")]
    [InlineData("admin", "test", "live_key_required")]
    public async Task Keys_that_send_or_do_not_administer_set_nothing_and_the_try_is_logged(string scopes, string env, string code)
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync(scopes, env);
        Assert.Equal(code, await RefusedAsync(() => house.Node.Profiles.SetAsync(key, Outgoing.Example, Token)));
        Assert.Equal(code, await RefusedAsync(() => house.Node.Profiles.ShowAsync(key, Token)));
        Assert.Null((await house.Node.Profiles.ShowAsync(house.Person, Token)).Name);
        var log = await house.Node.Audit.QueryAsync(house.Person, new AuditLogRequest { Action = "access.refused" }, Token);
        Assert.Equal(code, Assert.Single(log.Entries).Reason);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("admin")]
    public async Task An_admin_key_that_cannot_send_sets_it_and_the_log_has_field_names_only(string scopes)
    {
        await using var house = await House.BuildAsync();
        var (key, _) = await house.KeyAsync(scopes);
        await house.Node.Profiles.SetAsync(key, Outgoing.Example, Token);
        await house.Node.Profiles.SetAsync(key, Outgoing.Example, Token);
        var log = await house.Node.Audit.QueryAsync(house.Person, new AuditLogRequest { Action = "profile.changed" }, Token);
        Assert.Equal("name,address,country,language", Assert.Single(log.Entries).Reason);
    }

    [Theory]
    [InlineData("Street 1|Town")]
    [InlineData("Street 1\\nTown")]
    [InlineData("Street 1\r\nTown\n")]
    [InlineData(" Street 1 ; Town ;")]
    public void An_address_typed_into_one_field_is_parted_into_lines(string text) =>
        Assert.Equal(["Street 1", "Town"], ProfileAddress.Lines(text));
}
