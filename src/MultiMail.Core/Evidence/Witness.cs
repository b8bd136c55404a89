using MultiMail.Core.Storage;

namespace MultiMail.Core.Evidence;

/// <summary>Writes a person's decision down as evidence, in the decision's own unit.</summary>
internal static class Witness
{
    /// <summary>
    /// Only people count, not keys that stand for them: a key looks at nothing. Only live mail of agents counts, and only what
    /// decides: the first of two approvals does not.
    /// </summary>
    /// <param name="verb"><c>approve</c>, <c>reject</c> or <c>request_changes</c>.</param>
    public static async ValueTask NoteAsync(IWriteUnit unit, Principal principal, Message message, Moved moved, string verb, string? reasonClass)
    {
        if (principal.Kind is not PrincipalKind.Human || message is not { World: World.Live, Direction: Direction.Outbound } || moved.To is MessageState.Pending)
        {
            return;
        }

        var authors = await unit.FindAuthorshipAsync(message.Account, message.Id).ConfigureAwait(false);
        if (authors.ByPerson)
        {
            return; // a person's own mail says nothing about an agent
        }

        var approved = verb == "approve";
        var clean = message.IsCanary ? !approved : approved && !authors.EditedByPerson;
        var seen = await unit.FindLookAsync(message.Account, message.Id, principal.PublicId).ConfigureAwait(false);
        var viewed = seen is { } at && at <= unit.Now ? unit.Now - at : TimeSpan.Zero;
        await unit.JudgeAsync(new Judgement(
            message.Account, message.Mailbox, message.Id, message.IsCanary, clean, reasonClass, viewed, unit.Now)).ConfigureAwait(false);
    }
}
