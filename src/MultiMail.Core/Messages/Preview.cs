using MultiMail.Core.Node;
using MultiMail.Mail;

namespace MultiMail.Core.Messages;

/// <summary>What would become of a submission: the line's own walk to its end, of which nothing is kept.</summary>
public sealed class Preview
{
    private readonly CoreContext _core;
    private readonly OutboundLine _line;

    internal Preview(CoreContext core, OutboundLine line)
    {
        _core = core;
        _line = line;
    }

    /// <summary>A refusal that the submission itself would meet is part of the answer.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c></exception>
    public Task<PreviewView> OfAsync(Principal principal, Submission submission, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        return ShowAsync(() => _line.RehearseAsync(principal, submission, parent: null, before: null, cancellationToken));
    }

    /// <summary>The same for a draft that is there.</summary>
    /// <exception cref="RefusalException"><c>scope_missing</c>, <c>not_found</c></exception>
    public async Task<PreviewView> OfDraftAsync(Principal principal, string? messageId, CancellationToken cancellationToken)
    {
        principal.Require(Scopes.Send);
        var message = await _core.Store.MessageAsync(principal.Account, _core.ParseMessageId(messageId), cancellationToken).ConfigureAwait(false);
        if (message is not { Direction: Direction.Outbound } || !Visibility.Shows(principal, message))
        {
            throw RefusalException.NotFound("message");
        }

        return await ShowAsync(async () =>
        {
            var authored = await AuthoredMail.GetAsync(_core, message, cancellationToken).ConfigureAwait(false);
            var submission = await AuthoredMail.ToSubmissionAsync(_core, message, authored, cancellationToken).ConfigureAwait(false);
            var parent = await AuthoredMail.ParentAsync(_core, message, authored, cancellationToken).ConfigureAwait(false);
            return await _line.RehearseAsync(principal, submission, parent, message, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static async Task<PreviewView> ShowAsync(Func<Task<Rehearsal>> walk)
    {
        try
        {
            return Of(await walk().ConfigureAwait(false));
        }
        catch (RefusalException refusal)
        {
            return PreviewView.Refused(refusal);
        }
    }

    private static PreviewView Of(Rehearsal end)
    {
        var (message, read) = (end.Frozen.Message, MessageReader.Read(end.Frozen.Raw));
        return new PreviewView(MessageStates.Name(message.State), message.State is MessageState.Pending, HoldReasons.Of(message, end.Mailbox.Mode, message.State))
        {
            Category = message.Category,
            Size = message.Size,
            Headers = [.. read.Headers.Select(h => new HeaderLine(h.Name, h.Value))],
            Text = read.PlainText ?? read.TextBody,
            Html = read.Html,
            Checks = end.Frozen.Checks,
            Recipients = [.. end.Frozen.Recipients.Select(r => new PreviewRecipient(r.Address, r.Kind.ToString().ToLowerInvariant()))],
        };
    }
}

/// <summary>Why a message would wait, in words for whoever sends it: which flags made it so is the reviewer's to know.</summary>
internal static class HoldReasons
{
    public static IReadOnlyList<string> Of(Message message, Mode mode, MessageState state)
    {
        if (state is not MessageState.Pending)
        {
            return [];
        }

        var reasons = new List<string>();
        if (mode is Mode.GatedAll or Mode.GatedSend)
        {
            reasons.Add($"The mailbox is in {Modes.Name(mode)}: a person approves what it sends.");
        }

        if (message.RiskFlags.Length > 0)
        {
            reasons.Add("Something about this message makes a person look at it first.");
        }

        if (message.Tainted)
        {
            reasons.Add("It was written after strangers' mail was read.");
        }

        return reasons.Count > 0 ? reasons : ["It was held before: a person decides it, whatever the mode is now."];
    }
}
