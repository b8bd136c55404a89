using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

public sealed class ModeChangeTests
{
    private static readonly Mode[] Modes = Enum.GetValues<Mode>();

    private static readonly (Mode From, Mode To, Actor By, bool Admin)[] All =
        [.. from a in Modes from b in Modes from who in Space.Actors from admin in Space.Flags select (a, b, who, admin)];

    private static readonly Actor Agent = new(PrincipalKind.Agent, Lineage.Same, MaySend: true, MayDecide: false, SameWorld: true);
    private static readonly Actor Person = new(PrincipalKind.Human, Lineage.Foreign, MaySend: true, MayDecide: true, SameWorld: true);
    private static readonly Actor OperatorKey = new(PrincipalKind.Operator, Lineage.Foreign, MaySend: false, MayDecide: true, SameWorld: true);
    private static readonly Actor Reader = new(PrincipalKind.Agent, Lineage.Same, MaySend: false, MayDecide: false, SameWorld: true);

    public static TheoryData<Func<Actor, Actor>, string> Guards => new()
    {
        { a => a with { Kind = PrincipalKind.Human }, "agents are refused" },
        { a => a with { MayDecide = true }, "the oversight scope is asked for" },
        { a => a with { Lineage = Lineage.Foreign }, "the lineage is foreign" },
        { a => a with { SameWorld = true }, "the test world is refused" },
        { a => a with { MaySend = true }, "tightening needs a scope" },
    };

    [Fact]
    public void T3_No_agent_loosens_a_mode_in_either_direction() =>
        Assert.DoesNotContain(All, c => c.By.Kind == PrincipalKind.Agent && IsLooser(c.From, c.To) && Decide(c) is ModeMoved);

    [Fact]
    public void Only_a_foreign_decider_loosens() =>
        Assert.DoesNotContain(All, c => IsLooser(c.From, c.To) && Decide(c) is ModeMoved && !c.By.IsForeignDecider());

    [Fact]
    public void Every_foreign_decider_of_the_live_world_may_loosen() =>
        Assert.DoesNotContain(
            All, c => IsLooser(c.From, c.To) && c.By.SameWorld && c.By.IsForeignDecider() && Decide(c) is not ModeMoved { Loosened: true });

    [Fact]
    public void Tightening_takes_any_scope_but_read() =>
        Assert.All(
            All.Where(c => c.From != c.To && !IsLooser(c.From, c.To) && c.By.SameWorld),
            c => Assert.Equal(c.By.MaySend || c.By.MayDecide || c.Admin ? new ModeMoved(false) : new ModeRefused(ModeRefusal.ScopeMissing), Decide(c)));

    [Fact]
    public void The_same_mode_is_nothing_to_refuse() =>
        Assert.All(All.Where(c => c.From == c.To), c => Assert.Equal(new ModeMoved(Loosened: false), Decide(c)));

    [Fact]
    public void The_test_world_changes_no_mode() =>
        Assert.All(
            All.Where(c => c.From != c.To && !c.By.SameWorld), c => Assert.Equal(new ModeRefused(ModeRefusal.LiveKeyRequired), Decide(c)));

    [Fact]
    public void A_chain_of_tightenings_never_ends_looser_than_it_began()
    {
        // Each direction is compared by itself, so that no detour over a third mode loosens by small print.
        var steps = from a in Modes from b in Modes where !ModeChange.Loosens(a, b) select (a, b);
        Assert.All(
            from first in steps from second in steps where first.b == second.a select (first.a, second.b),
            both => Assert.False(ModeChange.Loosens(both.a, both.b)));
    }

    [Theory]
    [MemberData(nameof(Guards))]
    public void Without_this_guard_somebody_changes_a_mode_who_may_not(Func<Actor, Actor> lie, string guard) =>
        Assert.True(Array.Exists(All, c => Decide(c) is ModeRefused && Decide(c with { By = lie(c.By) }) is ModeMoved && !IsAllowed(c)), guard);

    [Theory]
    [InlineData(Mode.ReadOnly, Mode.GatedAll, true)]
    [InlineData(Mode.GatedAll, Mode.ReadOnly, true)] // frees inbound mail
    [InlineData(Mode.GatedAll, Mode.GatedSend, true)]
    [InlineData(Mode.GatedSend, Mode.Monitored, true)]
    [InlineData(Mode.Monitored, Mode.Autonomous, true)]
    [InlineData(Mode.GatedSend, Mode.GatedAll, false)]
    [InlineData(Mode.GatedSend, Mode.ReadOnly, false)]
    [InlineData(Mode.Autonomous, Mode.GatedAll, false)]
    [InlineData(Mode.Autonomous, Mode.Monitored, false)]
    [InlineData(Mode.Monitored, Mode.Monitored, false)]
    public void Modes_are_compared_in_both_directions(Mode from, Mode to, bool loosens) =>
        Assert.Equal(loosens, ModeChange.Loosens(from, to));

    [Fact]
    public void An_agent_tightens_and_has_to_ask_for_the_way_back()
    {
        Assert.Equal(new ModeMoved(Loosened: false), ModeChange.Decide(Mode.Monitored, Mode.GatedAll, Agent, mayAdmin: false));
        Assert.Equal(
            new ModeRefused(ModeRefusal.OversightScopeRequired), ModeChange.Decide(Mode.GatedAll, Mode.Monitored, Agent, mayAdmin: true));
    }

    [Fact]
    public void People_and_operator_keys_loosen_unless_they_are_family()
    {
        Assert.Equal(new ModeMoved(Loosened: true), ModeChange.Decide(Mode.GatedSend, Mode.Autonomous, Person, mayAdmin: true));
        Assert.Equal(new ModeMoved(Loosened: true), ModeChange.Decide(Mode.GatedSend, Mode.Autonomous, OperatorKey, mayAdmin: true));
        Assert.Equal(
            new ModeRefused(ModeRefusal.SelfApprovalForbidden),
            ModeChange.Decide(Mode.GatedSend, Mode.Autonomous, OperatorKey with { Lineage = Lineage.Same }, mayAdmin: true));
    }

    [Fact]
    public void A_read_key_changes_nothing() =>
        Assert.Equal(new ModeRefused(ModeRefusal.ScopeMissing), ModeChange.Decide(Mode.Monitored, Mode.ReadOnly, Reader, mayAdmin: false));

    [Fact]
    public void The_node_demotes_with_its_own_authority_and_never_promotes()
    {
        Assert.Equal(new ModeMoved(Loosened: false), ModeChange.Decide(Mode.Autonomous, Mode.GatedSend, Actor.System, mayAdmin: true));
        Assert.Equal(
            new ModeRefused(ModeRefusal.OversightScopeRequired),
            ModeChange.Decide(Mode.GatedSend, Mode.Autonomous, Actor.System, mayAdmin: true));
    }

    private static ModeAnswer Decide((Mode From, Mode To, Actor By, bool Admin) c) => ModeChange.Decide(c.From, c.To, c.By, c.Admin);

    private static bool IsAllowed((Mode From, Mode To, Actor By, bool Admin) c) =>
        c.From == c.To
        || (c.By.SameWorld && (IsLooser(c.From, c.To) ? c.By.IsForeignDecider() : c.By.MaySend || c.By.MayDecide || c.Admin));

    private static bool IsLooser(Mode from, Mode to) =>
        Array.IndexOf(Modes, to) > Array.IndexOf(Modes, from) || (from is Mode.GatedAll && to is not Mode.GatedAll);
}

file static class Deciders
{
    public static bool IsForeignDecider(this Actor by) => by is { MayDecide: true, Lineage: Lineage.Foreign, Kind: not PrincipalKind.Agent };
}
