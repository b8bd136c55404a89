using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>A kernel without one guard: lying to it about the fact that the guard reads is the same as taking the guard out.</summary>
/// <param name="Fact">The event's fact that is lied about, as <c>Event.Fact</c> or <c>Event.By.Fact</c>; "answer" or "state" for the rest.</param>
/// <param name="Breaks">The theorem that must notice.</param>
internal sealed record Lie(
    Type Event, string Fact, string What, string Breaks, Func<Func<MessageState, KernelEvent, KernelAnswer>, Func<MessageState, KernelEvent, KernelAnswer>> Told)
{
    public override string ToString() => $"{Event.Name}: {What}";

    public static Lie By<TEvent>(string fact, string what, string breaks, Func<Actor, Actor> change)
        where TEvent : KernelEvent => About<TEvent>($"By.{fact}", what, breaks, e => Facts.By(e, change));

    public static Lie Gate<TEvent>(string fact, string what, string breaks, Func<GateFacts, GateFacts> change)
        where TEvent : KernelEvent => About<TEvent>($"Gate.{fact}", what, breaks, e => Facts.Gate(e, change));

    public static Lie Approvals<TEvent>(string fact, string what, string breaks, Func<Approvals, Approvals> change)
        where TEvent : KernelEvent => About<TEvent>($"Approvals.{fact}", what, breaks, e => Facts.Approvals(e, change));

    public static Lie About<TEvent>(string fact, string what, string breaks, Func<TEvent, KernelEvent> change)
        where TEvent : KernelEvent => new(
            typeof(TEvent), $"{typeof(TEvent).Name}.{fact}", what, breaks, decide => (s, e) => decide(s, e is TEvent own ? change(own) : e));

    public static Lie State<TEvent>(MessageState real, MessageState told, string breaks)
        where TEvent : KernelEvent => new(
            typeof(TEvent), "state", $"{real} passes for {told}", breaks, decide => (s, e) => decide(s == real && e is TEvent ? told : s, e));

    public static Lie Without<TEvent>(Effects effect, string breaks)
        where TEvent : KernelEvent => new(
            typeof(TEvent), "answer", $"forgets {effect}", breaks, decide => (s, e) => Drop(decide(s, e), e is TEvent ? effect : Effects.None));

    private static KernelAnswer Drop(KernelAnswer answer, Effects effect) =>
        answer is Moved moved ? new Moved(moved.To, moved.Leaf, moved.Effects & ~effect) : answer;
}
