namespace MultiMail.Core.Oversight;

/// <summary>Who acts, as far as the kernel cares.</summary>
/// <param name="MaySend">Has the send scope, or is a person.</param>
/// <param name="MayDecide">Has the oversight scope, or is a person.</param>
/// <param name="SameWorld">The principal's world is the message's. People act in both worlds, so for them it is always true.</param>
public readonly record struct Actor(PrincipalKind Kind, Lineage Lineage, bool MaySend, bool MayDecide, bool SameWorld)
{
    /// <summary>The node's own background work: expiry, schedule, delivery.</summary>
    public static Actor System { get; } = new(PrincipalKind.System, Lineage.Foreign, MaySend: false, MayDecide: false, SameWorld: true);
}

/// <summary>What the gate looks at.</summary>
/// <param name="RiskHold">A risk flag or a taint rule holds this message in every mode.</param>
/// <param name="AllAllowListed">Every recipient is on the send allow-list that a person keeps.</param>
/// <param name="HeldBefore">The message was held once; only a person lets it go from then on.</param>
public readonly record struct GateFacts(
    Mode Mode, bool RiskHold, bool Tainted, bool AllAllowListed, bool HeldBefore, bool Paused, Timing Timing)
{
    /// <summary>A person seeded it to see whether the reviewers look: it is always held and never sent.</summary>
    public bool Canary { get; init; }
}

/// <summary>Standing approvals of the current revision by distinct owners, and how many it takes (0 counts as 1).</summary>
public readonly record struct Approvals(int Given, int Needed)
{
    public bool Enough => Given >= Math.Max(1, Needed);
}

/// <summary>One event and exactly the facts that its rule reads.</summary>
public abstract record KernelEvent
{
    private KernelEvent()
    {
    }

    public sealed record Submit(Actor By, GateFacts Gate) : KernelEvent;

    public sealed record SaveDraft(Actor By) : KernelEvent;

    /// <summary>By the agent's own lineage, or a person outside the review of a pending message.</summary>
    public sealed record Edit(Actor By, GateFacts Gate) : KernelEvent;

    /// <summary>A person changes a pending message and freezes the new revision.</summary>
    public sealed record HumanEdit(Actor By) : KernelEvent;

    /// <param name="StandingApprovalByOwner">This owner has approved this revision already.</param>
    /// <param name="EditedByOwner">This owner wrote the revision.</param>
    public sealed record Approve(
        Actor By, bool DigestCurrent, Timing Timing, bool PastExpiry, bool StandingApprovalByOwner, bool EditedByOwner, Approvals Approvals)
        : KernelEvent
    {
        /// <summary>As in <see cref="GateFacts"/>: its approval ends it.</summary>
        public bool Canary { get; init; }
    }

    /// <summary>Also of held inbound mail.</summary>
    public sealed record Reject(Actor By, bool DigestCurrent) : KernelEvent;

    public sealed record RequestChanges(Actor By, bool DigestCurrent) : KernelEvent;

    public sealed record Cancel(Actor By) : KernelEvent;

    public sealed record Expire(Actor By, bool PastExpiry) : KernelEvent;

    public sealed record Due(Actor By, GateFacts Gate, Approvals Approvals) : KernelEvent;

    /// <param name="Blocked">Key revoked, recipient suppressed or a rule broken; the caller keeps the code.</param>
    public sealed record Recheck(Actor By, GateFacts Gate, Approvals Approvals, bool DigestCurrent, bool Blocked) : KernelEvent;

    public sealed record Attempt(Actor By, World World, GateFacts Gate, Approvals Approvals, bool DigestCurrent, bool Blocked) : KernelEvent;

    /// <summary>One recipient's result. <paramref name="Result"/> is that recipient's leaf, <paramref name="Outcome"/> the fold over all after it.</summary>
    public sealed record Settle(Actor By, RecipientResult Result, Outcome Outcome) : KernelEvent;

    public sealed record LateBounce(Actor By) : KernelEvent;

    /// <param name="Quarantine">A rule or a limit keeps this mail from the mailbox.</param>
    public sealed record Arrive(Actor By, Mode Mode, bool Quarantine) : KernelEvent;

    /// <summary>A person lets held inbound mail through.</summary>
    public sealed record Release(Actor By, bool DigestCurrent) : KernelEvent;
}

/// <summary>What became of one recipient in one attempt.</summary>
public enum RecipientResult
{
    Accepted,
    Deferred,
    Unknown,
    Bounced,
    Failed,
}

/// <summary>The kernel's answer. Only the kernel makes a <see cref="Moved"/>, so a state cannot change without it.</summary>
public abstract record KernelAnswer
{
    private protected KernelAnswer()
    {
    }
}

/// <summary>The transition happens: new state, the one leaf it appends, and what the store does with it.</summary>
public sealed record Moved : KernelAnswer
{
    internal Moved(MessageState to, Leaf leaf, Effects effects)
    {
        To = to;
        Leaf = leaf;
        Effects = effects;
    }

    public MessageState To { get; }

    public Leaf Leaf { get; }

    public Effects Effects { get; }
}

public sealed record Refused(Refusal Why) : KernelAnswer;
