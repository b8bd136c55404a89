using System.Text.Json;
using MultiMail.Core.Storage;

namespace MultiMail.Core.Requests;

/// <summary>One kind of change that waits for a person. A capability that has one adds it to the list in CoreContext.</summary>
internal interface IRequestKind
{
    /// <summary>The word on the wire and in the store: <c>mode</c>, <c>mailbox</c>, <c>suppression</c>.</summary>
    string Name { get; }

    /// <summary>Reads a payload that <see cref="IRequestedChange.Payload"/> wrote. Makes the ids that applying it needs.</summary>
    IRequestedChange Read(JsonElement payload);
}

/// <summary>A change, not yet made. What it says of itself comes from its payload, which the digest covers.</summary>
internal interface IRequestedChange
{
    string Kind { get; }

    /// <summary>The mailbox it is about; null = the account's.</summary>
    MailboxId? Mailbox { get; }

    /// <summary>Canonical JSON (RFC 8785) with <c>kind</c>; the same change has the same bytes, whenever it is asked for.</summary>
    byte[] Payload { get; }

    /// <summary>What approving does, for people: one sentence.</summary>
    string Sentence { get; }

    /// <summary>Decided by a person or an operator key only; a reviewer's key is not enough.</summary>
    bool NeedsOperator { get; }

    /// <summary>What is now and what would be, and whether it can still be done.</summary>
    ValueTask<ChangePicture> PictureAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the change in the deciding unit by the code that a person's direct act uses, with its own leaf.
    /// </summary>
    /// <param name="decider">Whose act it is.</param>
    /// <param name="request">Whose wish it was.</param>
    /// <exception cref="RefusalException">It no longer fits; what is the matter in a sentence.</exception>
    ValueTask ApplyAsync(IWriteUnit unit, Principal decider, ChangeRequest request);
}

/// <param name="Lines">From what to what, the most important first.</param>
/// <param name="Obstacle">Why it can no longer be approved; null when it can.</param>
internal sealed record ChangePicture(IReadOnlyList<ChangeLine> Lines, string? Obstacle);

/// <summary>One thing that changes. Values may hold an agent's words.</summary>
/// <param name="What">In plain words: <c>Mode</c>.</param>
/// <param name="From">Null = there is nothing yet.</param>
/// <param name="To">Null = it is taken away.</param>
public sealed record ChangeLine(string What, string? From, string? To);
