using System.Reflection;
using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>The theorems are worth something only if each guard, taken out, breaks one of them.</summary>
public sealed class KernelGuardTests
{
    private static readonly Type[] Nested = [typeof(Actor), typeof(GateFacts), typeof(Approvals)];

    public static TheoryData<int, string> Guards => [.. Lies.All.Select((lie, i) => (i, $"{lie} ({lie.Breaks})"))];

    public static TheoryData<int, string> UnreadFacts => [.. Unread.All.Select((lie, i) => (i, lie.Fact))];

    [Theory]
    [MemberData(nameof(Guards))]
    public void Without_this_guard_a_theorem_breaks(int index, string guard)
    {
        var lie = Lies.All[index];
        var theorem = Theorems.Named(lie.Breaks);
        var noticed = Space.Steps(lie.Event, lie.Told(Kernel.Decide)).Any(theorem.BrokenBy);
        Assert.True(noticed, $"{theorem.Id} does not notice: {guard}");
    }

    [Theory]
    [MemberData(nameof(UnreadFacts))]
    public void What_a_rule_does_not_read_changes_no_answer(int index, string fact)
    {
        var told = Unread.All[index].Told(Kernel.Decide);
        var honest = Space.Steps(Unread.All[index].Event, Kernel.Decide);
        Assert.False(honest.Any(step => !step.Answer.Equals(told(step.From, step.Event))), $"{fact} is read after all.");
    }

    [Fact]
    public void Every_fact_of_every_event_is_guarded_or_shown_to_be_unread()
    {
        var facts = Space.ByEvent.Keys.SelectMany(e => FactsOf(e, e.Name)).Order(StringComparer.Ordinal);
        var listed = Lies.All.Concat(Unread.All).Select(lie => lie.Fact).Where(f => f is not ("state" or "answer"));
        Assert.Equal(facts, listed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> FactsOf(Type type, string path) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .SelectMany(p => Nested.Contains(p.PropertyType) ? FactsOf(p.PropertyType, $"{path}.{p.Name}") : [$"{path}.{p.Name}"]);
}
