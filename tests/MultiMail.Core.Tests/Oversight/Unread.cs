using MultiMail.Core.Oversight;
using static MultiMail.Core.Oversight.KernelEvent;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>The facts that an event carries and its rule does not read: changing one changes no answer.</summary>
internal static class Unread
{
    public static readonly Lie[] All =
    [
        // Who may write is a question of scope and lineage; deciding is another matter, and the other way round.
        Decide<Submit>(), Decide<SaveDraft>(), Decide<Edit>(), Decide<Cancel>(), Decide<HumanEdit>(),
        Send<Approve>(), Send<Reject>(), Send<RequestChanges>(), Send<Release>(), Send<HumanEdit>(),

        // A person edits whatever waits for a person.
        Lineage<HumanEdit>(),

        // Sending a text back to its author is safe whichever revision was read.
        Lie.About<RequestChanges>("DigestCurrent", "", "", e => e with { DigestCurrent = !e.DigestCurrent }),

        // The node is known by its kind alone.
        .. Node<Expire>(), .. Node<Due>(), .. Node<Recheck>(), .. Node<Attempt>(), .. Node<Settle>(), .. Node<LateBounce>(), .. Node<Arrive>(),

        // A pause stops submits and attempts; what waits goes on waiting in its state.
        Lie.Gate<Due>("Paused", "", "", g => g with { Paused = !g.Paused }),
        Lie.Gate<Recheck>("Paused", "", "", g => g with { Paused = !g.Paused }),
    ];

    private static Lie[] Node<T>()
        where T : KernelEvent =>
        [Decide<T>(), Send<T>(), Lineage<T>(), Lie.By<T>("SameWorld", "", "", a => a with { SameWorld = !a.SameWorld })];

    private static Lie Decide<T>()
        where T : KernelEvent => Lie.By<T>("MayDecide", "", "", a => a with { MayDecide = !a.MayDecide });

    private static Lie Send<T>()
        where T : KernelEvent => Lie.By<T>("MaySend", "", "", a => a with { MaySend = !a.MaySend });

    private static Lie Lineage<T>()
        where T : KernelEvent => Lie.By<T>("Lineage", "", "", a => a with { Lineage = 1 - a.Lineage });
}
