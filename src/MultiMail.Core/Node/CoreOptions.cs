using MultiMail.Mail;

namespace MultiMail.Core.Node;

/// <summary>What an installation may set. Limits are the product's own where a law or RFC gives none.</summary>
public sealed class CoreOptions
{
    /// <summary>Base of links that people open, without trailing slash. Known only when the listener is up, hence settable.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:8484";

    /// <summary>How many messages one submitter may have waiting in one mailbox.</summary>
    public int PendingPerMailbox { get; init; } = 1_000;

    /// <summary>How many messages one key may submit within a minute.</summary>
    public int SendsPerMinute { get; init; } = 600;

    /// <summary>How many messages may be submitted from one mailbox on one day (UTC).</summary>
    public int SendsPerDay { get; init; } = 2_000;

    /// <summary>To how many recipients the same text may go from one mailbox within an hour of the clock before a person looks at it.</summary>
    public int SameTextPerHour { get; init; } = 20;

    /// <summary>How many messages may go into one conversation within an hour of the clock before a person looks at them.</summary>
    public int SendsPerThreadHour { get; init; } = 20;

    /// <summary>Held outbound mail expires after this time, or at its send_at if that is later.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromHours(72);

    /// <summary>After a mail that tells people what waits, how long the next one gathers.</summary>
    public TimeSpan NoticesGather { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The key that seals secrets at rest: 32 bytes of the data folder.</summary>
    public required byte[] MasterKey { get; init; }

    /// <summary>Master keys before it, newest first: links that were sent under them still unsubscribe, and erased addresses stay erased.</summary>
    public IReadOnlyList<byte[]> FormerMasterKeys { get; init; } = [];

    /// <summary>Where the process keeps its log files; null = nowhere.</summary>
    public string? LogFolder { get; init; }

    /// <summary>The installation's relay for mail to other servers; null = only mailboxes on this server can be reached.</summary>
    public RelayEndpoint? Relay { get; init; }

    /// <summary>The mailbox elsewhere whose mail is fetched; null = none.</summary>
    public ImapEndpoint? Source { get; init; }

    /// <summary>What speaks SMTP; null = no mail leaves this server, whatever relay is set.</summary>
    public IMailTransport? Transport { get; init; }

    /// <summary>What speaks IMAP; null = nothing is fetched, whatever source is set.</summary>
    public IMailSource? Fetcher { get; init; }

    /// <summary>The name by which other servers deliver to our listener, for MX records; null = the listener is off.</summary>
    public string? MailHost { get; init; }

    /// <summary>The signing keys of own domains; null = there are none, and no domain is ever verified.</summary>
    internal IDomainKeys? DomainKeys { get; init; }

    /// <summary>What calls the public address to see whether unsubscribing works; null = it is not tried.</summary>
    public IUnsubscribeProbe? UnsubscribeProbe { get; init; }

    /// <summary>What asks DNS; null = nothing that needs it can be told.</summary>
    public IDnsResolver? Dns { get; init; }
}
