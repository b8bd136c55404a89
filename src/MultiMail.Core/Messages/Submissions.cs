using MultiMail.Core.Node;

namespace MultiMail.Core.Messages;

/// <summary>What an agent does with outgoing mail: send, reply, cancel, ask how it went.</summary>
public sealed class Submissions
{
    private readonly CoreContext _core;
    private readonly OutboundLine _line;
    private readonly ReplyComposition _replies;
    private readonly StatusReader _status;

    internal Submissions(CoreContext core, OutboundLine line)
    {
        _core = core;
        _line = line;
        _replies = new ReplyComposition(core);
        _status = new StatusReader(core);
    }

    public Task<SubmissionReceipt> SendAsync(Principal principal, Submission submission, CancellationToken cancellationToken) =>
        _line.SubmitAsync(principal, submission, parent: null, cancellationToken);

    public async Task<SubmissionReceipt> ReplyAsync(Principal principal, Reply reply, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        var (submission, parent) = await _replies.ToSubmissionAsync(principal, reply, cancellationToken).ConfigureAwait(false);
        return await _line.SubmitAsync(principal, submission, parent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops a draft, a pending or a scheduled message; also one that is queued, until the first attempt.</summary>
    public async Task<MessageStatusView> CancelAsync(Principal principal, string? messageId, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        var id = _core.ParseMessageId(messageId);
        var note = _core.Transitions.Note(principal.LeafActor) with { ClosesHoldAs = "cancelled" };
        await _core.Store.WriteAsync(
            async unit =>
            {
                var message = await unit.FindMessageAsync(principal.Account, id).ConfigureAwait(false);
                if (message is not { Direction: Direction.Outbound } || !principal.Uses(message.Mailbox))
                {
                    throw RefusalException.NotFound("message");
                }

                var mailbox = (await unit.FindMailboxAsync(principal.Account, message.Mailbox).ConfigureAwait(false))!;
                var moved = RefusalCodes.Require(Kernel.Decide(message.State, new KernelEvent.Cancel(principal.ActorFor(message.SubmitterLineage, message.World))));
                return await _core.Transitions.MoveAsync(unit, message, moved, mailbox, note).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return await _status.OfAsync(principal, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where messages stand; with wait_seconds it returns as soon as all are decided (or delivered), or at the end of the time.</summary>
    public Task<StatusList> StatusAsync(Principal principal, StatusRequest request, CancellationToken cancellationToken) =>
        _status.ListAsync(principal, request, cancellationToken);
}
