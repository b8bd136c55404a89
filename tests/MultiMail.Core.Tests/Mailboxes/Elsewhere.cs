using MultiMail.Core.Mailboxes;
using MultiMail.Core.Node;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Mailboxes;

/// <summary>A house that can reach other servers, and what a person would type to link a mailbox.</summary>
internal sealed class Elsewhere
{
    /// <summary>Looked for in everything that leaves the node.</summary>
    public const string Canary = "canary-7Hq2-secret";
    public const string Address = "ann@example.net";
    public const string SmtpUrl = $"smtps://ann@example.net:{Canary}@smtp.example.net:465";
    public const string ImapUrl = $"imaps://ann@example.net:{Canary}@imap.example.net:993/INBOX";

    public StandInTransport Transport { get; } = new(Canary);

    public StandInSource Fetcher { get; } = new(Canary);

    public StandInDns Dns { get; } = new();

    public Task<House> HouseAsync(RelayEndpoint? relay = null, ImapEndpoint? source = null, string? mailHost = null) => House.BuildAsync(key => new CoreOptions
    {
        MasterKey = key, Transport = Transport, Fetcher = Fetcher, Dns = Dns, Relay = relay, Source = source, MailHost = mailHost, DomainKeys = new OneKey(),
    });

    public static NewMailbox Mailbox(string address = Address, string? smtp = SmtpUrl, string? imap = ImapUrl, bool check = true) =>
        new() { Address = address, Link = new LinkChange { SmtpUrl = smtp, ImapUrl = imap, Check = check } };

    /// <summary>The same key for every domain.</summary>
    private sealed class OneKey : IDomainKeys
    {
        public ValueTask EnsureAsync(MultiMail.Core.Ids.AccountId account, string domain, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<DomainKeyRecord>> RecordsAsync(MultiMail.Core.Ids.AccountId account, string domain, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<DomainKeyRecord>>([new DomainKeyRecord($"mm202611a._domainkey.{domain}", DkimText)]);
    }

    public static string DkimText { get; } = $"v=DKIM1; k=rsa; p={new string('A', 392)}";
}
