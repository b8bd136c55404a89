using MultiMail.Core.Compliance.Rules;
using MultiMail.Core.Node;
using MultiMail.Core.Storage;
using MultiMail.Mail;

namespace MultiMail.Core.Compliance;

/// <summary>What stops an attempt: the code for the message and its recipients, and the rules for the log.</summary>
internal sealed record ComplianceBlock(string Code, string? Rules);

/// <summary>Holds mail against the compliance rules: when it is submitted, when a person looks, and before every attempt to deliver it.</summary>
internal sealed class ComplianceDesk(CoreContext core)
{
    private readonly SceneReader _scenes = new(core, new UnsubscribeSelfTest(core));

    /// <param name="read">The composed message, read back.</param>
    /// <param name="others">What other checks found: the caller learns everything at once.</param>
    /// <exception cref="RefusalException"><c>compliance_rejected</c>, <c>needs_profile</c>, <c>suppressed</c>, with every violation</exception>
    /// <returns>What every rule says.</returns>
    public async Task<IReadOnlyList<ComplianceCheckView>> CheckAsync(
        CheckedSubmission wanted, OutgoingForm form, ComposedMessage composed, ReadMessage read, IReadOnlyList<Violation> others, CancellationToken cancellationToken)
    {
        var scene = await _scenes.OfSubmissionAsync(wanted, form, composed, read, cancellationToken).ConfigureAwait(false);
        var findings = RuleEngine.Run(scene);
        return findings.Violations.Count + others.Count == 0 ? findings.Views() : throw RefusalException.For([.. findings.Violations, .. others]);
    }

    /// <summary>What every rule says of a message that has not left, now.</summary>
    public async Task<IReadOnlyList<ComplianceCheckView>> FindingsAsync(Message message, Mailbox mailbox, ReadOnlyMemory<byte> wire, CancellationToken cancellationToken)
    {
        var recipients = await core.Store.RecipientsOfAsync(message.Account, message.Id, cancellationToken).ConfigureAwait(false);
        return RuleEngine.Run(await _scenes.OfMessageAsync(message, mailbox, wire, recipients, cancellationToken).ConfigureAwait(false)).Views();
    }

    /// <summary>All rules over the frozen bytes, before the transaction of an attempt.</summary>
    public async Task<AttemptLook> LookAsync(LoadedMessage load, CancellationToken cancellationToken)
    {
        var scene = await _scenes.OfMessageAsync(load.Message, load.Mailbox, load.Wire, load.Recipients, cancellationToken).ConfigureAwait(false);
        return new AttemptLook(scene, BlockOf(RuleEngine.Run(scene)));
    }

    /// <summary>What stops this attempt, with the facts that may change as its transaction sees them; null = nothing.</summary>
    public static async ValueTask<ComplianceBlock?> BlockAsync(IWriteUnit unit, AttemptLook look) =>
        look.Block ?? BlockOf(RuleEngine.RunChanging(await SceneReader.RefreshAsync(unit, look.Scene).ConfigureAwait(false)));

    private static ComplianceBlock? BlockOf(RuleFindings findings) =>
        findings.Violations is [var first, ..] ? new ComplianceBlock(first.Code, RefusalLeaves.RulesOf(findings.Violations)) : null;
}

/// <summary>A message as the rules saw it before the transaction of an attempt.</summary>
/// <param name="Block">What stops it already; null = nothing does.</param>
internal sealed record AttemptLook(RuleScene Scene, ComplianceBlock? Block);
