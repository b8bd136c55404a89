using MultiMail.Core.Accounts;
using MultiMail.Core.Errors;
using MultiMail.Core.Suppression;
using MultiMail.Core.Tests.Delivery;

namespace MultiMail.Core.Tests.Suppression;

public sealed class LiftingTests
{
    private const string Evidence = "Ann asked for the newsletter again by phone on 20 November.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_may_send_may_suppress_and_only_a_person_takes_it_back()
    {
        await using var there = await Recipients.HouseAsync();
        var admin = (await there.House.KeyAsync("admin,send")).Principal;
        var added = await there.House.Node.Suppressions.AddAsync(there.Sender, Recipients.Ann, "  does not want it ", Token);
        Assert.Equal(("manual", (string?)null), (added.Reason, added.Note));
        Assert.Equal(ErrorCodes.InvalidParameter, await Steps.RefusedAsync(() => there.House.Node.Suppressions.AddAsync(there.Sender, Recipients.Ann, new string('x', 501), Token)));
        Assert.Equal(ErrorCodes.ScopeMissing, await RefusedToAddAsync(there, (await there.House.KeyAsync("read")).Principal));
        Assert.Equal(ErrorCodes.LiveKeyRequired, await RefusedToAddAsync(there, (await there.House.KeyAsync("send", "test")).Principal));
        Assert.Equal("does not want it", Assert.Single((await there.House.Node.Suppressions.ListAsync(there.House.Person, new(), Token)).Suppressions).Note);

        foreach (var key in new[] { there.Sender, admin })
        {
            Assert.Equal(ErrorCodes.OversightScopeRequired, await Steps.RefusedAsync(() => there.House.Node.Suppressions.RemoveAsync(key, Recipients.Ann, Token)));
            Assert.Equal(ErrorCodes.OversightScopeRequired, await Steps.RefusedAsync(() => there.House.Node.Suppressions.LiftAsync(key, Recipients.Ann, Evidence, Token)));
        }

        var removed = await there.House.Node.Suppressions.RemoveAsync((await there.House.KeyAsync("operator")).Principal, Recipients.Ann, Token);
        Assert.Equal("manual, ", $"{string.Join(" ", removed.Lifted)}, {string.Join(" ", removed.Remaining)}");
        Assert.Empty(await there.SuppressedAsync());
    }

    [Fact]
    public async Task A_list_is_asked_by_address_reason_and_part()
    {
        await using var there = await Recipients.HouseAsync();
        await there.House.Node.Suppressions.AddAsync(there.House.Person, Recipients.Ann, null, Token);
        await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken("bob@example.com"), Token);
        async Task<IEnumerable<string?>> Asked(SuppressionRequest request) =>
            (await there.House.Node.Suppressions.ListAsync(there.Sender, request, Token)).Suppressions.Select(s => s.Address);

        Assert.Equal([Recipients.Ann], await Asked(new() { Address = "ANN@example.net" }));
        Assert.Equal(["bob@example.com"], await Asked(new() { Reason = "unsubscribe" }));
        Assert.Equal([Recipients.Ann], await Asked(new() { Search = "EXAMPLE.NET" }));
        Assert.Empty(await Asked(new() { Reason = "bounce" }));
        Assert.Equal(ErrorCodes.InvalidParameter, await Steps.RefusedAsync(() => Asked(new() { Reason = "whim" })));
    }

    [Fact]
    public async Task The_terminal_lifts_a_bounce_and_points_to_the_page_for_what_the_recipient_asked_for()
    {
        await using var there = await Recipients.HouseAsync();
        there.Relay.Answer = (address, _) => ScriptedRelay.Refused(address, "5.1.1");
        await there.SentAsync(Recipients.Ann);
        await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken(), Token);

        var removed = await there.House.Node.Suppressions.RemoveAsync(there.House.Person, Recipients.Ann, Token);
        Assert.Equal("hard_bounce, unsubscribe", $"{string.Join(" ", removed.Lifted)}, {string.Join(" ", removed.Remaining)}");

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.House.Node.Suppressions.RemoveAsync(there.House.Person, Recipients.Ann, Token));
        Assert.Equal(ErrorCodes.Suppressed, refusal.Code);
        Assert.Contains("https://mail.example.org/suppressions?address=ann%40example.net", refusal.Fix, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.OversightScopeRequired, await Steps.RefusedAsync(() => there.House.Node.Suppressions.LiftAsync(there.House.Person, Recipients.Ann, Evidence, Token)));
        Assert.Equal([(Recipients.Ann, "unsubscribe")], await there.SuppressedAsync());
        Assert.Equal(ErrorCodes.NotFound, await Steps.RefusedAsync(() => there.House.Node.Suppressions.RemoveAsync(there.House.Person, "nobody@example.net", Token)));
    }

    [Fact]
    public async Task On_the_page_a_person_lifts_with_evidence_which_is_kept_and_is_not_in_the_log()
    {
        await using var there = await Recipients.HouseAsync();
        await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken(), Token);
        var person = there.House.Person with { Channel = "dashboard" };
        foreach (var thin in new[] { null, "   ", "too short" })
        {
            var refusal = await Assert.ThrowsAsync<RefusalException>(() => there.House.Node.Suppressions.LiftAsync(person, Recipients.Ann, thin, Token));
            Assert.Equal((ErrorCodes.InvalidParameter, "evidence"), (refusal.Code, refusal.Violations[0].Field));
        }

        Assert.Equal(["unsubscribe"], (await there.House.Node.Suppressions.LiftAsync(person, Recipients.Ann, Evidence, Token)).Lifted);
        Assert.Empty(await there.SuppressedAsync());
        var kept = Assert.Single(await there.House.Node.Suppressions.LiftedAsync(person, null, 10, Token));
        Assert.Equal((Recipients.Ann, "unsubscribe", Evidence, person.PublicId), (kept.Address, kept.Reason, kept.Evidence, kept.By));
        Assert.Single(await there.House.Node.Suppressions.LiftedAsync(person, "ANN@example.net", 10, Token));
        Assert.Equal(ErrorCodes.ScopeMissing, await Steps.RefusedAsync(() => there.House.Node.Suppressions.LiftedAsync(there.Sender, null, 10, Token)));
        var leaf = Assert.Single((await there.House.Node.Audit.QueryAsync(person, new() { Action = "suppression.removed" }, Token)).Entries);
        Assert.Equal("unsubscribe", leaf.Reason);

        await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken(), Token);
        Assert.Equal([(Recipients.Ann, "unsubscribe")], await there.SuppressedAsync());
    }

    [Fact]
    public async Task An_erased_address_is_known_by_its_hash_alone_and_nothing_lifts_it()
    {
        await using var there = await Recipients.HouseAsync();
        var person = there.House.Person with { Channel = "dashboard" };
        await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken(), Token);
        await there.House.Node.Suppressions.LiftAsync(person, Recipients.Ann, Evidence, Token);
        await there.House.Node.Suppressions.AddAsync(person, Recipients.Ann, "a note about ann@example.net", Token);
        await EraseAsync(there, person);

        Assert.Equal([(null, "erasure")], await there.SuppressedAsync());
        Assert.Empty(await there.House.Node.Suppressions.LiftedAsync(person, null, 10, Token));
        foreach (var category in new[] { null, "conversational" })
        {
            Assert.Equal(ErrorCodes.Suppressed, await Steps.RefusedAsync(() => there.SendAsync(RelayHouse.Mail("Ann@example.net") with { Category = category })));
        }

        Assert.Equal(ErrorCodes.Suppressed, await Steps.RefusedAsync(() => there.House.Node.Suppressions.RemoveAsync(person, Recipients.Ann, Token)));
        Assert.Equal(ErrorCodes.Suppressed, await Steps.RefusedAsync(() => there.House.Node.Suppressions.LiftAsync(person, Recipients.Ann, Evidence, Token)));
        Assert.True((await there.House.Node.Unsubscribing.ApplyAsync(there.LinkToken(), Token))?.Done);
        await there.House.Node.Suppressions.AddAsync(there.Sender, Recipients.Ann, null, Token);
        Assert.Equal([(null, "erasure")], await there.SuppressedAsync());
        Assert.Single((await there.House.Node.Suppressions.ListAsync(person, new() { Address = Recipients.Ann }, Token)).Suppressions);
        await EraseAsync(there, person);
        Assert.Single(await there.SuppressedAsync());
    }

    [Fact]
    public async Task Erasure_stops_mail_that_was_approved_before()
    {
        await using var there = await Recipients.HouseAsync("gated_send");
        var id = await there.SendAsync(RelayHouse.Mail(Recipients.Ann) with { Category = "conversational" });
        await there.House.ApproveAsync(id);
        await EraseAsync(there, there.House.Person);
        await there.House.DeliverAsync();
        Assert.Equal("failed", await there.House.StatusAsync(id));
    }

    private static Task<string> RefusedToAddAsync(RelayHouse there, Principal key) =>
        Steps.RefusedAsync(() => there.House.Node.Suppressions.AddAsync(key, "x@example.net", null, Token));

    private static async Task EraseAsync(RelayHouse there, Principal person) => await there.House.Store.WriteAsync(
        async unit =>
        {
            await there.House.Node.Suppressions.EraseAsync(unit, person, Recipients.Ann);
            return true;
        },
        Token);
}
