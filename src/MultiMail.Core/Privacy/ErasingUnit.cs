using System.Globalization;
using System.Text;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Privacy;

/// <summary>Takes the content of some messages away and says so in the log, in one unit.</summary>
internal static class ErasingUnit
{
    // A leaf holds 65,535 bytes in all.
    private const int MostText = 50_000;

    /// <returns>How many had content.</returns>
    public static async ValueTask<int> RunAsync(IWriteUnit unit, AccountId account, IEnumerable<MessageId> messages, string reason, LeafDraft leaf)
    {
        var leaves = new List<long>();
        var erased = 0;
        foreach (var message in messages)
        {
            if (await unit.EraseMessageAsync(account, message, reason).ConfigureAwait(false))
            {
                erased++;
                leaves.AddRange(await unit.LeavesOfAsync(account, message).ConfigureAwait(false));
            }
        }

        if (erased > 0)
        {
            foreach (var ranges in Ranges(leaves))
            {
                await unit.AppendLeafAsync(leaf with { Leaves = ranges, Result = erased.ToString(CultureInfo.InvariantCulture) }).ConfigureAwait(false);
            }
        }

        return erased;
    }

    /// <summary>Indexes in ascending order, neighbours drawn together: <c>3-9,14</c>; cut into texts that a leaf can hold.</summary>
    internal static IReadOnlyList<string> Ranges(IEnumerable<long> indexes)
    {
        var sorted = indexes.Distinct().Order().ToList();
        var texts = new List<string>();
        var text = new StringBuilder();
        for (var i = 0; i < sorted.Count; i++)
        {
            var first = sorted[i];
            while (i + 1 < sorted.Count && sorted[i + 1] == sorted[i] + 1)
            {
                i++;
            }

            if (text.Length > MostText)
            {
                texts.Add(text.ToString());
                text.Clear();
            }

            text.Append(text.Length > 0 ? "," : string.Empty).Append(CultureInfo.InvariantCulture, $"{first}");
            if (sorted[i] != first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{sorted[i]}");
            }
        }

        texts.Add(text.ToString());
        return texts;
    }
}

/// <summary>Deletes files whose bytes nothing keeps any more.</summary>
internal static class RawSweep
{
    private const int Batch = 50;

    public static async Task RunAsync(Node.CoreContext core, AccountId account, CancellationToken cancellationToken)
    {
        while (await core.Store.WriteAsync(unit => unit.SweepRawAsync(account, Batch), cancellationToken).ConfigureAwait(false) > 0)
        {
            // each unit takes a batch
        }
    }
}
