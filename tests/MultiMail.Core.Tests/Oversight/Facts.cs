using System.Diagnostics;
using MultiMail.Core.Oversight;

namespace MultiMail.Core.Tests.Oversight;

/// <summary>Reads and changes the facts that several events share.</summary>
internal static class Facts
{
    public static Actor By(KernelEvent @event) => @event switch
    {
        KernelEvent.Submit e => e.By,
        KernelEvent.SaveDraft e => e.By,
        KernelEvent.Edit e => e.By,
        KernelEvent.HumanEdit e => e.By,
        KernelEvent.Approve e => e.By,
        KernelEvent.Reject e => e.By,
        KernelEvent.RequestChanges e => e.By,
        KernelEvent.Cancel e => e.By,
        KernelEvent.Expire e => e.By,
        KernelEvent.Due e => e.By,
        KernelEvent.Recheck e => e.By,
        KernelEvent.Attempt e => e.By,
        KernelEvent.Settle e => e.By,
        KernelEvent.LateBounce e => e.By,
        KernelEvent.Arrive e => e.By,
        KernelEvent.Release e => e.By,
        _ => throw new UnreachableException(),
    };

    public static KernelEvent By(KernelEvent @event, Func<Actor, Actor> change) => @event switch
    {
        KernelEvent.Submit e => e with { By = change(e.By) },
        KernelEvent.SaveDraft e => e with { By = change(e.By) },
        KernelEvent.Edit e => e with { By = change(e.By) },
        KernelEvent.HumanEdit e => e with { By = change(e.By) },
        KernelEvent.Approve e => e with { By = change(e.By) },
        KernelEvent.Reject e => e with { By = change(e.By) },
        KernelEvent.RequestChanges e => e with { By = change(e.By) },
        KernelEvent.Cancel e => e with { By = change(e.By) },
        KernelEvent.Expire e => e with { By = change(e.By) },
        KernelEvent.Due e => e with { By = change(e.By) },
        KernelEvent.Recheck e => e with { By = change(e.By) },
        KernelEvent.Attempt e => e with { By = change(e.By) },
        KernelEvent.Settle e => e with { By = change(e.By) },
        KernelEvent.LateBounce e => e with { By = change(e.By) },
        KernelEvent.Arrive e => e with { By = change(e.By) },
        KernelEvent.Release e => e with { By = change(e.By) },
        _ => throw new UnreachableException(),
    };

    public static GateFacts? Gate(KernelEvent @event) => @event switch
    {
        KernelEvent.Submit e => e.Gate,
        KernelEvent.Edit e => e.Gate,
        KernelEvent.Due e => e.Gate,
        KernelEvent.Recheck e => e.Gate,
        KernelEvent.Attempt e => e.Gate,
        _ => null,
    };

    public static KernelEvent Gate(KernelEvent @event, Func<GateFacts, GateFacts> change) => @event switch
    {
        KernelEvent.Submit e => e with { Gate = change(e.Gate) },
        KernelEvent.Edit e => e with { Gate = change(e.Gate) },
        KernelEvent.Due e => e with { Gate = change(e.Gate) },
        KernelEvent.Recheck e => e with { Gate = change(e.Gate) },
        KernelEvent.Attempt e => e with { Gate = change(e.Gate) },
        _ => throw new UnreachableException(),
    };

    public static KernelEvent Approvals(KernelEvent @event, Func<Approvals, Approvals> change) => @event switch
    {
        KernelEvent.Approve e => e with { Approvals = change(e.Approvals) },
        KernelEvent.Due e => e with { Approvals = change(e.Approvals) },
        KernelEvent.Recheck e => e with { Approvals = change(e.Approvals) },
        KernelEvent.Attempt e => e with { Approvals = change(e.Approvals) },
        _ => throw new UnreachableException(),
    };
}
