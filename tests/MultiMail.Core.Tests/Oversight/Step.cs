using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>One question to a kernel and its answer.</summary>
internal readonly record struct Step(MessageState From, KernelEvent Event, KernelAnswer Answer)
{
    public Moved? Moved => Answer as Moved;

    /// <summary>The state that the message enters, if it moved.</summary>
    public MessageState? To => Moved?.To;

    public bool Does(Effects effects) => Moved is { } moved && moved.Effects.HasFlag(effects);

    public Actor By => Facts.By(Event);

    public GateFacts? Gate => Facts.Gate(Event);
}
