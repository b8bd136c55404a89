using MultiMail.Core.Evidence;
using MultiMail.Core.Pausing;

namespace MultiMail.Core.Storage;

/// <summary>Reads of what promotes, demotes and pauses a mailbox.</summary>
public interface IEvidenceReads
{
    ValueTask<EvidenceFacts> EvidenceAsync(AccountId account, MailboxId mailbox, CancellationToken cancellationToken);

    /// <summary>Why sending rests; the whole account first.</summary>
    ValueTask<IReadOnlyList<PauseRecord>> PausesAsync(AccountId account, CancellationToken cancellationToken);

    /// <summary>Mailboxes that send without a person: <c>monitored</c> and <c>autonomous</c> ones, oldest first.</summary>
    ValueTask<IReadOnlyList<MailboxId>> LooseMailboxesAsync(AccountId account, CancellationToken cancellationToken);
}

/// <summary>Writes of what promotes, demotes and pauses a mailbox.</summary>
public interface IEvidenceWrites
{
    /// <summary>Keeps who paused and why; <c>paused_at</c> itself is written by its own verbs.</summary>
    /// <returns>False when a pause stands already.</returns>
    ValueTask<bool> SetPauseAsync(PauseRecord pause);

    /// <returns>False when none stood.</returns>
    ValueTask<bool> LiftPauseAsync(AccountId account, MailboxId? mailbox);

    /// <summary>As the read of that name, as this transaction sees it.</summary>
    ValueTask<EvidenceFacts> FindEvidenceAsync(AccountId account, MailboxId mailbox);

    /// <summary>Writes what a person said about a message. Said again, the worst word counts, the later class and time. Forgets the looks at it.</summary>
    ValueTask JudgeAsync(Judgement judgement);

    /// <summary>Notes that a person has opened what waits, now.</summary>
    /// <param name="viewer">Public id.</param>
    ValueTask NoteLookAsync(AccountId account, MessageId message, string viewer);

    ValueTask<DateTimeOffset?> FindLookAsync(AccountId account, MessageId message, string viewer);

    ValueTask<Authorship> FindAuthorshipAsync(AccountId account, MessageId message);

    /// <summary>From now on the evidence is counted anew.</summary>
    /// <param name="mailbox">Null = all of the account.</param>
    /// <param name="domain">Only mailboxes of this domain; null = of all.</param>
    ValueTask ResetEvidenceAsync(AccountId account, MailboxId? mailbox, string? domain);

    /// <summary>Notes that the mailbox has another mode since now.</summary>
    /// <param name="demotedFor">The code of a demotion; null = somebody changed it.</param>
    ValueTask NoteModeAsync(AccountId account, MailboxId mailbox, string? demotedFor);

    /// <summary>As <see cref="IEvidenceReads.LooseMailboxesAsync"/>, as this transaction sees it.</summary>
    ValueTask<IReadOnlyList<MailboxId>> FindLooseMailboxesAsync(AccountId account);
}
