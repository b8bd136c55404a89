using MultiMail.Core.Inbound;

namespace MultiMail.Core.Storage;

/// <summary>Reads outside of a write: each sees a committed state, on a connection of its own.</summary>
public interface IStoreReads : IIdentityReads, IImapReads,
    IProfileReads, IRequestReads, IRuleReads, IEvidenceReads, IContactReads,
    ITemplateReads, IDraftReads, INoticeReads, IPrivacyReads, IReputationReads
{
    // Accounts and people

    /// <summary>The installation's first account; null before initialisation.</summary>
    ValueTask<Account?> FirstAccountAsync(CancellationToken cancellationToken);

    ValueTask<Account?> GetAccountAsync(AccountId account, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Operator>> OperatorsAsync(AccountId account, CancellationToken cancellationToken);

    ValueTask<Operator?> OperatorByEmailAsync(string email, CancellationToken cancellationToken);

    ValueTask<Session?> SessionAsync(byte[] tokenHash, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Domain>> DomainsAsync(AccountId account, CancellationToken cancellationToken);

    ValueTask<byte[]?> MetaAsync(string key, CancellationToken cancellationToken);

    // Keys

    /// <summary>Across accounts: this is how a bearer becomes a principal.</summary>
    ValueTask<ApiKey?> KeyByPrefixAsync(string prefix, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<ApiKey>> KeysAsync(AccountId account, CancellationToken cancellationToken);

    // Mailboxes

    ValueTask<Mailbox?> MailboxByAddressAsync(AccountId account, string address, CancellationToken cancellationToken);

    ValueTask<Mailbox?> MailboxAsync(AccountId account, MailboxId id, CancellationToken cancellationToken);

    /// <summary>Oldest first. <paramref name="after"/> is exclusive.</summary>
    ValueTask<IReadOnlyList<Mailbox>> MailboxesAsync(AccountId account, MailboxId? after, int limit, CancellationToken cancellationToken);

    /// <summary>How the mailboxes that are hosted elsewhere are reached.</summary>
    ValueTask<IReadOnlyList<MailboxLink>> LinksAsync(AccountId account, CancellationToken cancellationToken);

    ValueTask<MailboxLink?> LinkAsync(AccountId account, MailboxId mailbox, CancellationToken cancellationToken);

    /// <summary>Everything that decides where mail for these addresses goes and whether it may, in one read.</summary>
    /// <param name="addresses">Addr-specs, compared without regard to the case of ASCII letters; with the hashes under which they may be suppressed.</param>
    ValueTask<AddressFacts> AddressFactsAsync(AccountId account, IReadOnlyList<string> addresses, CancellationToken cancellationToken);

    // Messages

    ValueTask<Message?> MessageAsync(AccountId account, MessageId id, CancellationToken cancellationToken);

    ValueTask<MessagePage> MessagesAsync(MessageQuery query, CancellationToken cancellationToken);

    /// <summary>Full-text search; the query's other conditions hold too. Newest first.</summary>
    ValueTask<MessagePage> SearchAsync(MessageQuery query, SearchTerms terms, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Recipient>> RecipientsOfAsync(AccountId account, MessageId id, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Attachment>> AttachmentsAsync(AccountId account, MessageId id, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<Revision>> RevisionsAsync(AccountId account, MessageId id, CancellationToken cancellationToken);

    ValueTask<MailThread?> ThreadAsync(AccountId account, ThreadId id, CancellationToken cancellationToken);

    /// <summary>How an inbound message came; null for outbound mail and for what was stored before this was kept.</summary>
    ValueTask<MessageSource?> SourceAsync(AccountId account, MessageId id, CancellationToken cancellationToken);

    /// <summary>Raw bytes by their hash, checked against it.</summary>
    ValueTask<byte[]?> RawAsync(AccountId account, byte[] sha256, CancellationToken cancellationToken);

    // Oversight

    ValueTask<IReadOnlyList<PendingItem>> PendingAsync(PendingQuery query, CancellationToken cancellationToken);

    ValueTask<int> CountPendingAsync(PendingQuery query, CancellationToken cancellationToken);

    ValueTask<PendingItem?> PendingItemAsync(AccountId account, MessageId message, CancellationToken cancellationToken);

    /// <summary>All decisions about a message, oldest first.</summary>
    ValueTask<IReadOnlyList<Decision>> DecisionsAsync(AccountId account, MessageId message, CancellationToken cancellationToken);

    /// <summary>Holds past their expiry, of all accounts.</summary>
    ValueTask<IReadOnlyList<Approval>> ExpiredApprovalsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    // Delivery

    /// <summary>What was put in front of a message when it first left; null when it has not left.</summary>
    ValueTask<MessageHead?> HeadAsync(AccountId account, MessageId message, int revision, CancellationToken cancellationToken);

    /// <summary>Due time of the next job or end of the next lease, of all accounts; null = the outbox is empty.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>By folded address and reason.</summary>
    ValueTask<IReadOnlyList<Suppressed>> SuppressionsAsync(SuppressionQuery query, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="address">Null = all.</param>
    ValueTask<IReadOnlyList<LiftedSuppression>> LiftedSuppressionsAsync(AccountId account, string? address, int limit, CancellationToken cancellationToken);

    // Events

    /// <summary>Newest first; <paramref name="type"/> null = all.</summary>
    ValueTask<IReadOnlyList<DomainEvent>> EventsAsync(AccountId account, string? type, int limit, CancellationToken cancellationToken);

    // Audit

    ValueTask<LogHead?> LogHeadAsync(AccountId account, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<AuditEntry>> LogEntriesAsync(AccountId account, long from, int limit, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<AuditEntry>> QueryLogAsync(AuditQuery query, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<StoredCheckpoint>> CheckpointsAsync(AccountId account, CancellationToken cancellationToken);

    ValueTask<StoredCheckpoint?> LatestCheckpointAsync(AccountId account, CancellationToken cancellationToken);

    ValueTask<SealedOpening?> OpeningAsync(AccountId account, MessageId message, CancellationToken cancellationToken);
}

/// <summary>Parsed search words; all must occur. Each has at least two characters.</summary>
public sealed record SearchTerms(IReadOnlyList<SearchTerm> All);

/// <param name="Phrase">Words in this order.</param>
/// <param name="Prefix">The last word may go on.</param>
/// <param name="Not">Must not occur.</param>
public sealed record SearchTerm(string Phrase, bool Prefix, bool Not);
