using MultiMail.Core.Suppression.Reputation;

namespace MultiMail.Core.Storage;

/// <summary>Reads of bounces and complaints of a mailbox.</summary>
public interface IReputationReads
{
    /// <summary>Of the newest messages that the mailbox handed to a relay.</summary>
    /// <param name="last">How many are looked at.</param>
    ValueTask<SentCounts> SentCountsAsync(AccountId account, MailboxId mailbox, int last, CancellationToken cancellationToken);
}

/// <summary>Writes of bounces and complaints of a mailbox.</summary>
public interface IReputationWrites
{
    /// <summary>A message goes to a relay; once, however often it is tried.</summary>
    ValueTask NoteSentAsync(AccountId account, MailboxId mailbox, MessageId message);

    /// <summary>One of its recipients does not exist. Notes the message when it was not.</summary>
    ValueTask NoteHardBounceAsync(AccountId account, MailboxId mailbox, MessageId message);

    /// <summary>One of its recipients complained. Notes the message when it was not.</summary>
    ValueTask NoteComplaintAsync(AccountId account, MailboxId mailbox, MessageId message);

    /// <inheritdoc cref="IReputationReads.SentCountsAsync"/>
    ValueTask<SentCounts> SentCountsAsync(AccountId account, MailboxId mailbox, int last);
}
