using System.Text.RegularExpressions;

namespace MultiMail.Core.Messages;

/// <summary>Tags are names with values: lower-case names of at most 64 characters, values of at most 256, no control characters.</summary>
internal static partial class TagRules
{
    private const int MaxPerMessage = 100;

    public static void Check(TagRequest request)
    {
        var faults = new Faults();
        if (request.MessageIds.Count is 0 or > 100)
        {
            faults.Invalid("message_ids", $"message_ids names {request.MessageIds.Count} messages.", "Give 1 to 100 message ids.");
        }

        if (request.Tags.Count + request.Remove.Count == 0)
        {
            faults.Invalid("set", "There is nothing to set and nothing to remove.", "Give set or remove.");
        }

        if (request.Tags.Count > 20 || request.Remove.Count > 20)
        {
            faults.Invalid("set", "More than 20 tags at once.", "Give at most 20 tags.");
        }

        foreach (var name in request.Tags.Keys.Concat(request.Remove).Where(n => !Name().IsMatch(n)))
        {
            faults.Invalid("set", $"A tag's name has {name.Length} characters or others than a-z, 0-9, '_', '-', '.'.", "Name tags with lower-case letters, digits, '_', '-' and '.', 1 to 64 characters.");
        }

        foreach (var value in request.Tags.Values.Where(v => v.Length > 256 || v.Any(char.IsControl)))
        {
            faults.Invalid("set", $"A tag's value has {value.Length} characters or a control character.", "Give values of at most 256 printable characters.");
        }

        faults.ThrowIfAny();
    }

    /// <summary>Every list carries a message's tags, so a message takes no more than <see cref="MaxPerMessage"/>.</summary>
    public static void CheckCount(Message message, TagRequest request)
    {
        var after = message.Tags.Keys.Concat(request.Tags.Keys).Except(request.Remove, StringComparer.Ordinal).Distinct(StringComparer.Ordinal).Count();
        if (after > MaxPerMessage && after > message.Tags.Count)
        {
            throw RefusalException.For([new Violation(ErrorCodes.InvalidParameter, "set", $"The message would have {after} tags; {MaxPerMessage} is the most.", "Remove tags that are not needed any more.")]);
        }
    }

    [GeneratedRegex(@"^[a-z0-9_.-]{1,64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();
}
