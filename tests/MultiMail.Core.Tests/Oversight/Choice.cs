using CsCheck;
using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

internal enum Act
{
    Submit,
    SaveDraft,
    Edit,
    HumanEdit,
    Approve,
    Reject,
    RequestChanges,
    Cancel,
    Expire,
    Due,
    Recheck,
    Attempt,
    Settle,
    LateBounce,
    Arrive,
    Release,
    ChangeMode,
    Tick,
    Surroundings,
}

/// <summary>What happens next: an act, an index into <see cref="People"/>, and bits for the rest.</summary>
internal readonly record struct Choice(Act Act, int Who, int Bits)
{
    // What carries a message forward comes more often than what ends it, else few stories would get far.
    private static readonly Gen<Act> Acts = Gen.Frequency(
        (6, Gen.Const(Act.Submit)),
        (1, Gen.Const(Act.SaveDraft)),
        (2, Gen.Const(Act.Edit)),
        (1, Gen.Const(Act.HumanEdit)),
        (8, Gen.Const(Act.Approve)),
        (1, Gen.Const(Act.Reject)),
        (1, Gen.Const(Act.RequestChanges)),
        (1, Gen.Const(Act.Cancel)),
        (1, Gen.Const(Act.Expire)),
        (4, Gen.Const(Act.Due)),
        (2, Gen.Const(Act.Recheck)),
        (6, Gen.Const(Act.Attempt)),
        (6, Gen.Const(Act.Settle)),
        (2, Gen.Const(Act.LateBounce)),
        (1, Gen.Const(Act.Arrive)),
        (1, Gen.Const(Act.Release)),
        (4, Gen.Const(Act.ChangeMode)),
        (4, Gen.Const(Act.Tick)),
        (4, Gen.Const(Act.Surroundings)));

    public static readonly Gen<Choice[]> Trace =
        Gen.Select(Acts, Gen.Int[0, People.All.Length - 1], Gen.Int[0, 63], (act, who, bits) => new Choice(act, who, bits)).Array[10, 60];
}

/// <summary>One revision's text, as far as the gate cares.</summary>
internal sealed record Content(int? SendAt, bool Risk, bool Tainted, bool Listed)
{
    public static Content From(int bits, int now) => new(
        (bits % 8) switch { 0 => now - 30, 1 => now + 10, 2 => now + 100, _ => null },
        Risk: bits / 8 % 4 == 0,
        Tainted: bits / 8 % 4 == 1,
        Listed: bits / 32 == 1);
}

internal sealed record Person(string Owner, Actor Actor);

/// <summary>Everybody who meets the message: friends, strangers, and keys that no edge would make.</summary>
internal static class People
{
    public static readonly Person[] All =
    [
        Of("writer", PrincipalKind.Agent, Lineage.Same, maySend: true, mayDecide: false),
        Of("writer", PrincipalKind.Agent, Lineage.Same, maySend: true, mayDecide: false),
        Of("stranger", PrincipalKind.Agent, Lineage.Foreign, maySend: true, mayDecide: false),
        Of("forger", PrincipalKind.Agent, Lineage.Foreign, maySend: true, mayDecide: true),
        Of("child", PrincipalKind.Reviewer, Lineage.Same, maySend: true, mayDecide: true),
        Of("ann", PrincipalKind.Reviewer, Lineage.Foreign, maySend: false, mayDecide: true),
        Of("ann", PrincipalKind.Reviewer, Lineage.Foreign, maySend: false, mayDecide: true),
        Of("ann", PrincipalKind.Human, Lineage.Foreign, maySend: true, mayDecide: true),
        Of("bob", PrincipalKind.Human, Lineage.Foreign, maySend: true, mayDecide: true),
        Of("oli", PrincipalKind.Operator, Lineage.Foreign, maySend: false, mayDecide: true),
        new("elsewhere", new Actor(PrincipalKind.Reviewer, Lineage.Foreign, MaySend: false, MayDecide: true, SameWorld: false)),
    ];

    private static Person Of(string owner, PrincipalKind kind, Lineage lineage, bool maySend, bool mayDecide) =>
        new(owner, new Actor(kind, lineage, maySend, mayDecide, SameWorld: true));
}
