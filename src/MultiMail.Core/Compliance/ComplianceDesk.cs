using MultiMail.Core.Compliance.Disclosure;
using MultiMail.Core.Compliance.Rules;
using MultiMail.Core.Contacts;
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
        return new AttemptLook(load.Message, scene, BlockOf(RuleEngine.Run(scene)), LacksDisclosure(load, scene));
    }

    /// <summary>What stops this attempt, with the facts that may change as its transaction sees them; null = nothing.</summary>
    public static async ValueTask<ComplianceBlock?> BlockAsync(IWriteUnit unit, AttemptLook look)
    {
        if (look.LacksDisclosure && !await ReadByMachinesAsync(unit, look.Message).ConfigureAwait(false))
        {
            return new ComplianceBlock(ErrorCodes.ComplianceRejected, "AI-01");
        }

        return look.Block ?? BlockOf(RuleEngine.RunChanging(await SceneReader.RefreshAsync(unit, look.Scene).ConfigureAwait(false)));
    }

    /// <summary>
    /// The bytes are those that were checked when they were frozen, so only a line that was left out then can be missing now: the recipients
    /// were machines, and may be people by now.
    /// </summary>
    private bool LacksDisclosure(LoadedMessage load, RuleScene scene)
    {
        var author = Authorships.Of(IsPerson(load.Author), agentDrafted: !IsPerson(load.Message.SubmittedBy), load.Mailbox);
        return author is not Authorship.Person && DisclosureTexts.AtTop(DisclosureCheck.Folded(scene.Bytes.PlainText ?? string.Empty)) is null;
    }

    private bool IsPerson(string? publicId) => core.Ids.TryParse<OperatorId>(publicId, out _);

    private static async ValueTask<bool> ReadByMachinesAsync(IWriteUnit unit, Message message)
    {
        string[] everyone = [.. message.To, .. message.Cc, .. message.Bcc];
        var known = await unit.FindContactsOfAsync(message.Account, everyone).ConfigureAwait(false);
        return everyone.All(address => known.GetValueOrDefault(Suppressed.KeyOf(address)) is { Kind: ContactKind.Machine });
    }

    private static ComplianceBlock? BlockOf(RuleFindings findings) =>
        findings.Violations is [var first, ..] ? new ComplianceBlock(first.Code, RefusalLeaves.RulesOf(findings.Violations)) : null;
}

/// <summary>A message as the rules saw it before the transaction of an attempt.</summary>
/// <param name="Block">What stops it already; null = nothing does.</param>
/// <param name="LacksDisclosure">It does not say that an agent wrote it, as mail to machines may.</param>
internal sealed record AttemptLook(Message Message, RuleScene Scene, ComplianceBlock? Block, bool LacksDisclosure);
