using CsCheck;
using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>The theorems over whole histories: random interleavings of everything that can befall one message, from fixed seeds.</summary>
public sealed class KernelTraceTests
{
    private const int Stories = 40_000;

    // The theorems that the story keeps books on. The W rules are about single answers.
    private static readonly string[] InTheBooks = ["T1", "T2", "T4", "T5", "T6", "T8", "T9", "T10"];

    public static TheoryData<int, string> Guards =>
        [.. Lies.All.Index().Where(l => InTheBooks.Contains(l.Item.Breaks) && !IsGuardedTwice(l.Item)).Select(l => (l.Index, $"{l.Item}"))];

    [Fact]
    public void No_history_breaks_a_theorem_and_together_they_reach_every_state()
    {
        var reached = new HashSet<MessageState>();
        for (uint seed = 1; seed <= Stories; seed++)
        {
            var story = Run(seed, Kernel.Decide, reached);
            Assert.True(story.Broken is null, $"Seed {seed} breaks {story.Broken}: {string.Join(", ", Trace(seed))}");
        }

        Assert.Superset(Space.States.ToHashSet(), reached);
    }

    [Theory]
    [MemberData(nameof(Guards))]
    public void Some_history_shows_that_this_guard_is_missing(int index, string guard)
    {
        var told = Lies.All[index].Told(Kernel.Decide);
        var shown = Enumerable.Range(1, Stories).Any(seed => Run((uint)seed, told, []).Broken is not null);
        Assert.True(shown, $"No history notices: {guard}");
    }

    // Who finds the message expired is past its expiry, which refuses by itself; single steps tell the two guards apart.
    private static bool IsGuardedTwice(Lie lie) => lie.Event == typeof(KernelEvent.Approve) && lie.What.StartsWith("Expired", StringComparison.Ordinal);

    private static Story Run(uint seed, Func<MessageState, KernelEvent, KernelAnswer> decide, HashSet<MessageState> reached)
    {
        var story = new Story(decide, seed % 4 == 0 ? World.Test : World.Live);
        foreach (var choice in Trace(seed))
        {
            story.Tell(choice);
            reached.Add(story.State);
            if (story.Broken is not null)
            {
                break;
            }
        }

        return story;
    }

    private static Choice[] Trace(uint seed) => Choice.Trace.Generate(new PCG(seed, seed), null, out _);
}
