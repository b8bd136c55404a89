namespace MultiMail.Core.Storage;

/// <summary>One transaction's verbs. Everything it reads is what the transaction sees.</summary>
public interface IWriteUnit
    : IAccountWrites, IApiKeyWrites, IMailboxWrites, IMessageWrites, IOversightWrites, IOutboxWrites, ISuppressionWrites, IAuditWrites, IIdentityWrites, IImapWrites,
    IProfileWrites, IRequestWrites, IRuleWrites, IEvidenceWrites, IContactWrites,
    ITemplateWrites, IDraftWrites, INoticeWrites, IPrivacyWrites, IReputationWrites
{
    /// <summary>The unit's one time: the store's clock, milliseconds, the same for the whole unit.</summary>
    DateTimeOffset Now { get; }

    ValueTask AddEventAsync(DomainEvent domainEvent);

    /// <summary>The answer kept under this key, if it is not expired.</summary>
    ValueTask<IdempotentAnswer?> FindAnswerAsync(AccountId account, string scope, string key);

    /// <summary>Replaces an expired answer.</summary>
    /// <exception cref="StoreConflictException">A live answer stands under this key.</exception>
    ValueTask KeepAnswerAsync(AccountId account, string scope, string key, IdempotentAnswer answer);
}

/// <param name="RequestSha256">What the key was first used for.</param>
/// <param name="Response">The answer's JSON.</param>
public sealed record IdempotentAnswer(byte[] RequestSha256, string Response, DateTimeOffset ExpiresAt);

public interface IAccountWrites
{
    ValueTask<Account?> FindAccountAsync(AccountId account);

    ValueTask InsertAccountAsync(Account account);

    ValueTask InsertOperatorAsync(Operator person);

    ValueTask<Operator?> FindOperatorAsync(AccountId account, OperatorId id);

    /// <exception cref="StoreConflictException"><c>operator.email</c></exception>
    ValueTask SetCredentialsAsync(AccountId account, OperatorId id, string email, string passwordHash);

    ValueTask InsertSessionAsync(Session session);

    /// <summary>Takes a session once: true for the first caller before it expires.</summary>
    ValueTask<bool> UseSessionAsync(byte[] tokenHash, SessionKind kind);

    ValueTask DeleteSessionAsync(byte[] tokenHash);

    /// <summary>Ends a person's browsers and open sign-in links, save the one with this token hash.</summary>
    ValueTask DeleteSessionsOfAsync(AccountId account, OperatorId id, byte[]? except);

    /// <summary>Removes sessions and kept answers that expired before now.</summary>
    ValueTask DeleteExpiredSessionsAsync();

    /// <exception cref="StoreConflictException"><c>domain.name</c></exception>
    ValueTask InsertDomainAsync(Domain domain);

    /// <summary>Notes what a look at DNS found. The first look that verifies it is kept; a later one that does not takes nothing back.</summary>
    ValueTask SetDomainCheckedAsync(AccountId account, DomainId id, bool verified, string seen);

    ValueTask SetAccountPausedAsync(AccountId account, bool paused);

    /// <summary>Keeps a small value of the node itself, e.g. the log's sealed signing key. Replaces.</summary>
    ValueTask SetMetaAsync(string key, byte[] value);

    ValueTask<byte[]?> FindMetaAsync(string key);
}

public interface IApiKeyWrites
{
    ValueTask InsertKeyAsync(ApiKey key);

    ValueTask<ApiKey?> FindKeyAsync(AccountId account, ApiKeyId id);

    /// <returns>False when there is no such key or it was revoked before.</returns>
    ValueTask<bool> RevokeKeyAsync(AccountId account, ApiKeyId id);

    /// <summary>Which mailboxes the key may use; null = all of the account.</summary>
    ValueTask SetKeyMailboxesAsync(AccountId account, ApiKeyId id, IReadOnlyList<MailboxId>? mailboxes);

    ValueTask TouchKeyAsync(AccountId account, ApiKeyId id);
}

public interface IMailboxWrites
{
    ValueTask<Mailbox?> FindMailboxAsync(AccountId account, MailboxId id);

    /// <exception cref="StoreConflictException"><c>mailbox.address</c>, also when a deactivated mailbox had it.</exception>
    ValueTask InsertMailboxAsync(Mailbox mailbox);

    /// <summary>Writes display name, agent id, mode, pause and deactivation; adds one to the version.</summary>
    ValueTask UpdateMailboxAsync(Mailbox mailbox);

    ValueTask<MailboxLink?> FindLinkAsync(AccountId account, MailboxId mailbox);

    /// <summary>Replaces the mailbox's link.</summary>
    ValueTask SetLinkAsync(MailboxLink link);

    /// <returns>False when there was none.</returns>
    ValueTask<bool> RemoveLinkAsync(AccountId account, MailboxId mailbox);
}

public interface IMessageWrites
{
    ValueTask<Message?> FindMessageAsync(AccountId account, MessageId id);

    /// <summary>Stores message, bytes, revision, recipients, attachments; opens or touches the thread; counts unread.</summary>
    /// <param name="moved">The kernel's transition out of <see cref="MessageState.None"/>; <see cref="Message.State"/> equals its target.</param>
    /// <exception cref="StoreConflictException"><c>id</c> or <c>message.dedupe</c></exception>
    ValueTask InsertMessageAsync(NewMessage message, Moved moved);

    /// <summary>
    /// Carries a transition out: true when the message was still in <paramref name="from"/> with this revision, and now is in the new state
    /// (version + 1, <see cref="Message.HeldBefore"/> set when it enters Pending or Held).
    /// </summary>
    ValueTask<bool> MoveAsync(AccountId account, MessageId id, MessageState from, int revision, Moved moved);

    /// <summary>Held mail that was released enters the mailbox: unread, counted, at this time.</summary>
    ValueTask ShowInboundAsync(AccountId account, MessageId id);

    ValueTask<IReadOnlyList<Recipient>> RecipientsAsync(AccountId account, MessageId id);

    /// <summary>Writes state, code, detail, next time and lost count of the message's recipient with this address.</summary>
    ValueTask SetRecipientAsync(AccountId account, Recipient recipient);

    ValueTask<MailThread?> FindThreadAsync(AccountId account, ThreadId id);

    /// <summary>
    /// The message of the mailbox and world that carries one of these Message-ID fields, looked for in the order given: our own
    /// before a stranger's, who may copy the field; then the newest.
    /// </summary>
    ValueTask<Message?> FindByMessageIdFieldAsync(AccountId account, MailboxId mailbox, World world, IReadOnlyList<string> fields);

    /// <summary>The thread in which one of these Message-ID fields is awaited, looked for in the order given.</summary>
    ValueTask<ThreadId?> FindAwaitingThreadAsync(AccountId account, MailboxId mailbox, World world, IReadOnlyList<string> fields);

    /// <summary>Notes fields that a message of this thread names and that nobody carries yet. A field is awaited by one thread, the first.</summary>
    ValueTask AwaitMessagesAsync(AccountId account, MailboxId mailbox, World world, ThreadId thread, IReadOnlyList<string> fields);

    ValueTask SetTagAsync(AccountId account, MessageId id, string tag, string value);

    ValueTask RemoveTagAsync(AccountId account, MessageId id, string tag);
}

public interface IOversightWrites
{
    /// <summary>Opens a hold and adds one to the mailbox's pending count.</summary>
    ValueTask OpenApprovalAsync(Approval approval);

    /// <summary>The open hold of a message.</summary>
    ValueTask<Approval?> FindOpenApprovalAsync(AccountId account, MessageId message);

    /// <summary>How many outbound holds this lineage has open in the mailbox and world.</summary>
    ValueTask<int> CountOpenAsync(AccountId account, MailboxId mailbox, World world, string lineage);

    /// <summary>Closes the hold (<c>approved</c>, <c>rejected</c>, <c>changes_requested</c>, <c>void</c>, <c>expired</c>, <c>cancelled</c>) and takes one from the count.</summary>
    /// <returns>False when it was closed before.</returns>
    ValueTask<bool> CloseApprovalAsync(AccountId account, ApprovalId id, string status);

    ValueTask InsertDecisionAsync(Decision decision);

    /// <summary>Approvals that stand for this revision of the message: of the holds that were not voided, newest hold last.</summary>
    ValueTask<IReadOnlyList<Decision>> StandingApprovalsAsync(AccountId account, MessageId message, int revision);

    /// <summary>Marks the approvals of every hold of this message void.</summary>
    ValueTask VoidApprovalsAsync(AccountId account, MessageId message);
}

public interface IOutboxWrites
{
    /// <summary>Queues; one job per message and revision, a second call replaces the due time.</summary>
    ValueTask EnqueueAsync(ApprovedMessage message);

    ValueTask DequeueAsync(AccountId account, MessageId message);

    /// <summary>
    /// Leases jobs whose lease ran out, and due jobs, to this owner: fence + 1, attempts + 1. Due jobs are taken from the mailboxes
    /// in turn, the oldest of each: a mailbox with a thousand delays no other by more than one.
    /// </summary>
    /// <param name="turn">Null = all lanes are free and the round starts anywhere.</param>
    ValueTask<IReadOnlyList<OutboxJob>> ClaimAsync(string owner, TimeSpan lease, int limit, ClaimTurn? turn = null);

    /// <summary>Extends a lease, also one that ran out, as long as nobody else took the job.</summary>
    /// <returns>False when somebody did, or the job is gone.</returns>
    ValueTask<bool> RenewAsync(OutboxJob job, TimeSpan lease);

    /// <summary>True while this owner's lease and fence still stand. Checked first in every unit of a worker.</summary>
    ValueTask<bool> HoldsLeaseAsync(OutboxJob job);

    /// <summary>Keeps the head of a message's revision, once.</summary>
    /// <exception cref="StoreConflictException"><c>message.head</c>: there is one.</exception>
    ValueTask KeepHeadAsync(AccountId account, MessageHead head);

    /// <summary>Notes that the intent leaf is in this transaction: from now on a byte may have left. Counts the try.</summary>
    ValueTask MarkAttemptedAsync(OutboxJob job);

    ValueTask CompleteAsync(OutboxJob job);

    /// <summary>Gives the job back for a later try.</summary>
    ValueTask PostponeAsync(OutboxJob job, DateTimeOffset dueAt, string error);

    /// <summary>The same for a job whose relay is known not to work: the time in which it is tried runs from now on, if it did not before.</summary>
    ValueTask BlockAsync(OutboxJob job, DateTimeOffset dueAt, string error);

    /// <summary>Gives the job back untried, due as it was, until the lane has room.</summary>
    ValueTask ReturnAsync(OutboxJob job, string lane);
}

public interface ISuppressionWrites
{
    /// <summary>Everything that stands against these names, whatever the reason.</summary>
    /// <param name="names">Addresses, and hashes of erased ones.</param>
    ValueTask<IReadOnlyList<Suppressed>> SuppressionsAsync(AccountId account, IReadOnlyList<string> names);

    /// <returns>False when the address is suppressed for this reason already.</returns>
    ValueTask<bool> AddSuppressionAsync(Suppressed suppressed);

    /// <summary>Lifts one reason of the address.</summary>
    /// <returns>False when it did not stand.</returns>
    ValueTask<bool> RemoveSuppressionAsync(AccountId account, string address, SuppressionReason reason);

    /// <summary>Keeps that, and why, a suppression was lifted.</summary>
    ValueTask KeepLiftedAsync(LiftedSuppression lifted);

    /// <summary>Removes the address's suppressions, and what was kept of lifted ones.</summary>
    ValueTask ForgetSuppressionsAsync(AccountId account, string address);
}

public interface IAuditWrites
{
    /// <summary>Appends a leaf in this transaction; index, time and hash are given at commit by the log's sequencer.</summary>
    ValueTask AppendLeafAsync(LeafDraft leaf);

    ValueTask KeepOpeningAsync(AccountId account, SealedOpening opening);

    /// <summary>Makes the account's log, empty.</summary>
    ValueTask CreateLogAsync(LogHead head);

    ValueTask KeepCheckpointAsync(AccountId account, StoredCheckpoint checkpoint);
}
