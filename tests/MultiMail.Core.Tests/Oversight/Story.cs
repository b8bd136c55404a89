using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>
/// One message and all that happens around it. The story computes the kernel's facts as a store would, obeys its effects, and
/// beside that keeps the truth in its own books: who really approved which revision, what was held, attempted, delivered.
/// Times are minutes.
/// </summary>
internal sealed class Story(Func<MessageState, KernelEvent, KernelAnswer> decide, World world)
{
    private const int Grace = 15;
    private const int Expiry = 72 * 60;

    // What the store keeps.
    private readonly List<Person> standing = [];
    private readonly List<Recipient> recipients = [new(), new()];
    private MessageState state;
    private Content content = new(null, Risk: false, Tainted: false, Listed: false);
    private Person? editor;
    private bool heldBefore;
    private int heldSince;

    // What changes around it.
    private Mode mode = Mode.GatedSend;
    private int needed;
    private int now;
    private bool paused;
    private bool blocked;
    private bool corrupt;

    // The truth.
    private readonly HashSet<(string Owner, int Revision)> approvals = [];
    private int revision;
    private int attempts;
    private int entries;
    private int lateBounces;

    public MessageState State => state;

    /// <summary>The first theorem that this story broke, if any.</summary>
    public string? Broken { get; private set; }

    public void Tell(Choice choice)
    {
        var who = People.All[choice.Who];
        switch (choice.Act)
        {
            case Act.ChangeMode:
                ChangeMode((Mode)(choice.Bits % 5), who, mayAdmin: choice.Bits >= 32);
                break;
            case Act.Tick:
                now += choice.Bits switch { < 30 => 5, < 45 => 20, < 60 => 100, _ => Expiry };
                break;
            case Act.Surroundings:
                Change(choice.Bits);
                break;
            default:
                Happen(choice, who);
                break;
        }
    }

    private void Happen(Choice choice, Person who)
    {
        var draft = Content.From(choice.Bits, now);
        var e = EventOf(choice, who, draft);
        if (decide(state, e) is not Moved moved)
        {
            return;
        }

        Check(state, e, moved.To);
        CheckHeld(e, who, choice.Bits);
        Obey(e, moved, who, draft, choice.Bits);
        CheckBooks(e);
    }

    private KernelEvent EventOf(Choice choice, Person who, Content draft) => choice.Act switch
    {
        Act.Submit => new KernelEvent.Submit(who.Actor, Gate(state == MessageState.None ? draft : content)),
        Act.SaveDraft => new KernelEvent.SaveDraft(who.Actor),
        Act.Edit => new KernelEvent.Edit(who.Actor, Gate(draft)),
        Act.HumanEdit => new KernelEvent.HumanEdit(who.Actor),
        Act.Approve => new KernelEvent.Approve(
            who.Actor, Seen(choice.Bits) == revision, TimingOf(content), PastExpiry, Has(who), editor?.Owner == who.Owner, Approvals),
        Act.Reject => new KernelEvent.Reject(who.Actor, Seen(choice.Bits) == revision),
        Act.RequestChanges => new KernelEvent.RequestChanges(who.Actor, Seen(choice.Bits) == revision),
        Act.Cancel => new KernelEvent.Cancel(who.Actor),
        Act.Expire => new KernelEvent.Expire(Actor.System, PastExpiry),
        Act.Due => new KernelEvent.Due(Actor.System, Gate(content), Approvals),
        Act.Recheck => new KernelEvent.Recheck(Actor.System, Gate(content), Approvals, !corrupt, blocked),
        Act.Attempt => new KernelEvent.Attempt(Actor.System, world, Gate(content), Approvals, !corrupt, blocked),
        Act.Settle => Settled(choice.Bits),
        Act.LateBounce => new KernelEvent.LateBounce(Actor.System),
        Act.Arrive => new KernelEvent.Arrive(Actor.System, mode, Quarantine: choice.Bits % 4 == 0),
        _ => new KernelEvent.Release(who.Actor, Seen(choice.Bits) == revision),
    };

    private KernelEvent.Settle Settled(int bits)
    {
        var result = (RecipientResult)(bits % 5);
        var recipient = recipients.Find(r => r.Open);
        if (recipient is null)
        {
            return new KernelEvent.Settle(Actor.System, RecipientResult.Failed, Fold());
        }

        var before = recipient.Result;
        recipient.Result = result;
        var outcome = Fold();
        recipient.Result = state == MessageState.Sending ? result : before;
        return new KernelEvent.Settle(Actor.System, result, outcome);
    }

    private void Obey(KernelEvent e, Moved moved, Person who, Content draft, int bits)
    {
        if (moved.Effects.HasFlag(Effects.VoidApprovals))
        {
            standing.Clear();
        }

        if (moved.Effects.HasFlag(Effects.FailOpenRecipients))
        {
            recipients.FindAll(r => r.Open).ForEach(r => r.Result = RecipientResult.Failed);
        }

        if (moved.To == MessageState.Pending && state != MessageState.Pending)
        {
            heldBefore = true;
            heldSince = now;
        }

        Write(e, who, draft, bits);
        state = moved.To;
    }

    private void Write(KernelEvent e, Person who, Content draft, int bits)
    {
        switch (e)
        {
            case KernelEvent.Approve:
                standing.Add(who);
                Count(who, Seen(bits));
                break;
            case KernelEvent.Submit when state == MessageState.None:
            case KernelEvent.SaveDraft or KernelEvent.Edit:
                Revise(who, draft);
                break;
            case KernelEvent.HumanEdit:
                Revise(who, content);
                break;
            case KernelEvent.Attempt:
                attempts++;
                break;
            case KernelEvent.LateBounce:
                lateBounces++;
                break;
        }
    }

    private void Revise(Person who, Content next)
    {
        content = next;
        editor = who;
        revision++;
    }

    private void Count(Person who, int seen)
    {
        if (Decides(who))
        {
            approvals.Add((who.Owner, seen));
        }
    }

    private static bool Decides(Person who) =>
        who.Actor is { Lineage: Lineage.Foreign, MayDecide: true, SameWorld: true, Kind: not PrincipalKind.Agent };

    private void ChangeMode(Mode to, Person who, bool mayAdmin)
    {
        var actor = who.Actor with { SameWorld = who.Actor.SameWorld && (world == World.Live || who.Actor.Kind == PrincipalKind.Human) };
        if (ModeChange.Decide(mode, to, actor, mayAdmin) is ModeMoved)
        {
            var freesInbound = mode == Mode.GatedAll && to != Mode.GatedAll;
            Must("T3", who.Actor.Kind != PrincipalKind.Agent || !(to > mode || freesInbound));
            mode = to;
        }
    }

    private void Change(int bits)
    {
        paused = bits % 8 == 0;
        needed = bits / 8 % 3;
        corrupt |= bits == 63;
        blocked |= bits == 62;
        content = content with
        {
            Risk = content.Risk || bits is >= 55 and < 60,
            Tainted = content.Tainted || bits is >= 50 and < 55,
            Listed = content.Listed && bits is not (>= 45 and < 50),
        };
    }

    private void Check(MessageState from, KernelEvent e, MessageState to)
    {
        var final = from is (>= MessageState.Delivered and <= MessageState.Discarded) or MessageState.Received or MessageState.Quarantined;
        Must("T5", !final || (from, to, e, lateBounces) is (MessageState.Delivered, MessageState.Bounced, KernelEvent.LateBounce, 0));
        if (from == MessageState.Sending)
        {
            Must("T6", to is MessageState.Sending or MessageState.Delivered or MessageState.Bounced or MessageState.Failed);
        }

        if (to == MessageState.Sending && from != MessageState.Sending)
        {
            entries++;
            Must("T6", from == MessageState.Queued && entries == 1);
        }

        if (e is KernelEvent.Attempt)
        {
            CheckAttempt(to);
        }
    }

    private void CheckHeld(KernelEvent e, Person who, int bits)
    {
        if (state == MessageState.Held)
        {
            Must("T9", e is KernelEvent.Release or KernelEvent.Reject && Decides(who) && Seen(bits) == revision);
        }
    }

    private void CheckAttempt(MessageState to)
    {
        Must("T4", world == World.Live || to != MessageState.Sending);
        Must("T8", !corrupt && !blocked && mode != Mode.ReadOnly && (Approved() || Released()));
        Must("T9", !heldBefore || Approved());
        Must("T10", attempts > 0 || TimingOf(content) != Timing.Missed);
        Must("W6", !paused || to == MessageState.Discarded);
        Must("W11", TimingOf(content) != Timing.Future);
    }

    private void CheckBooks(KernelEvent e)
    {
        if (e is KernelEvent.Edit or KernelEvent.HumanEdit)
        {
            Must("T2", standing.Count == 0);
        }

        if (e is KernelEvent.Submit or KernelEvent.Edit or KernelEvent.Approve or KernelEvent.Due
            && state is MessageState.Scheduled or MessageState.Queued)
        {
            Must("T1", Approved() || Released());
            Must("T9", !heldBefore || Approved());
            Must("T10", TimingOf(content) != Timing.Missed);
        }
    }

    // Enough distinct owners outside the lineage, who are no agents, approved these very bytes; with two, the editor is none of them.
    private bool Approved() =>
        approvals.Count(a => a.Revision == revision && !(needed > 1 && a.Owner == editor?.Owner)) >= Math.Max(1, needed);

    private bool Released() => !heldBefore && !content.Risk && mode switch
    {
        Mode.GatedSend => content is { Listed: true, Tainted: false },
        Mode.Monitored or Mode.Autonomous => true,
        _ => false,
    };

    private GateFacts Gate(Content of) => new(mode, of.Risk, of.Tainted, of.Listed, heldBefore, paused, TimingOf(of));

    private Timing TimingOf(Content of) => of.SendAt switch
    {
        null => Timing.Now,
        { } at when now < at => Timing.Future,
        { } at when now > at + Grace => Timing.Missed,
        _ => Timing.Now,
    };

    private bool PastExpiry => now >= Math.Max(heldSince + Expiry, content.SendAt ?? 0);

    private bool Has(Person who) => standing.Exists(s => s.Owner == who.Owner);

    // The editor's approval stands while one is enough and does not count when a second person is asked for.
    private Approvals Approvals => new(standing.Count(s => needed < 2 || s.Owner != editor?.Owner), needed);

    // Most decide what they see; one in four looks at an older page.
    private int Seen(int bits) => bits % 4 == 0 ? revision - 1 : revision;

    private Outcome Fold() =>
        recipients.Exists(r => r.Open) ? Outcome.Open
        : recipients.Exists(r => r.Result == RecipientResult.Bounced) ? Outcome.AnyBounced
        : recipients.Exists(r => r.Result == RecipientResult.Failed) ? Outcome.AnyFailed
        : Outcome.AllDelivered;

    private void Must(string theorem, bool holds) => Broken ??= holds ? null : theorem;

    private sealed class Recipient
    {
        public RecipientResult? Result { get; set; }

        public bool Open => Result is null or RecipientResult.Deferred or RecipientResult.Unknown;
    }
}
