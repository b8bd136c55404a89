using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>The real kernel's answer to every input, held once against every theorem.</summary>
public sealed class Enumeration
{
    private readonly Dictionary<string, int> spokenOf = [];
    private readonly Dictionary<string, Step> broken = [];

    public Enumeration()
    {
        var counts = new int[Theorems.All.Length];
        foreach (var step in Space.ByEvent.Keys.SelectMany(e => Space.Steps(e, Kernel.Decide)))
        {
            Inputs++;
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] += Hold(Theorems.All[i], step);
            }
        }

        for (var i = 0; i < counts.Length; i++)
        {
            spokenOf[Theorems.All[i].Id] = counts[i];
        }
    }

    public int Inputs { get; }

    /// <summary>The theorem is broken nowhere, and speaks of something.</summary>
    public void Shows(string id)
    {
        Assert.True(spokenOf[id] > 0, $"{id} speaks of no input at all.");
        Assert.False(broken.ContainsKey(id), broken.TryGetValue(id, out var step) ? $"{id} is broken by {step}" : id);
    }

    private int Hold(Theorem theorem, Step step)
    {
        var holds = theorem.Check(step);
        if (holds == false)
        {
            broken.TryAdd(theorem.Id, step);
        }

        return holds is null ? 0 : 1;
    }
}
