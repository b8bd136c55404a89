using MultiMail.Core.Accounts;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Policy;
using MultiMail.Core.Tests.Compliance;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Policy;

/// <summary>An agent's mailbox at a verified domain, strangers outside, and mail between them.</summary>
internal sealed class PolicyHouse : IAsyncDisposable
{
    public const string Agent = "agent@shop.example";
    public const string Customer = "carla@customer.example";

    private PolicyHouse(House house, StandInTransport relay) => (House, Relay) = (house, relay);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public House House { get; }

    public StandInTransport Relay { get; }

    public MultiMailNode Node => House.Node;

    /// <summary>Read and send.</summary>
    public required Principal Key { get; init; }

    public required Principal Admin { get; init; }

    public static async Task<PolicyHouse> BuildAsync(string mode = "gated_send", Func<CoreOptions, CoreOptions>? change = null)
    {
        var relay = new StandInTransport();
        var house = await House.BuildAsync(key => (change ?? (o => o))(new CoreOptions { MasterKey = key, Transport = relay, Relay = new RelayEndpoint("relay.test", 465, RelaySecurity.ImplicitTls) }));
        await house.Node.Domains.AddAsync(house.Person, "shop.example", Token);
        house.Tamper("UPDATE domain SET verified_at = created_at");
        await house.Node.Mailboxes.CreateAsync(house.Person, new() { Address = Agent }, Token);
        await house.SetProfileAsync();
        await house.SetModeAsync(Agent, mode);
        return new PolicyHouse(house, relay)
        {
            Key = (await house.KeyAsync("send,read", "live", Agent)).Principal,
            Admin = (await house.KeyAsync("admin")).Principal,
        };
    }

    public static Submission Mail(params string[] to) => new() { From = Agent, To = to, Subject = "Your order", Text = "It leaves tomorrow.", Category = "conversational" };

    public Task<SubmissionReceipt> SendAsync(Submission mail, Principal? who = null) => House.SendAsync(mail, who ?? Key);

    public async Task<string> StatusOfAsync(Submission mail) => (await SendAsync(mail)).Status;

    public Task<RuleOutcome> AddAsync(string direction, string type, string pattern, string? mailbox = null, Principal? who = null) =>
        Node.Rules.AddAsync(who ?? House.Person, new NewAccessRule { Direction = direction, Type = type, Pattern = pattern, Mailbox = mailbox }, Token);

    /// <summary>Mail from outside, as the listener brings it.</summary>
    /// <returns>The message's id as an agent sees it, or null when it did not come in.</returns>
    public async Task<string?> ArriveAsync(string from, string text = "When does my order leave?", string subject = "Order", string? returnPath = null, string fields = "")
    {
        var raw = System.Text.Encoding.UTF8.GetBytes($"From: <{from}>\r\nTo: {Agent}\r\nSubject: {subject}\r\nMessage-ID: <{Guid(from + subject)}@outside.example>\r\n{fields}\r\n{text}\r\n");
        await Node.SmtpDoor.AcceptAsync(Inbound.Arrivals.Envelope([Agent], returnPath ?? from), raw, Token);
        var list = await Node.Inbox.ListAsync(House.Person, new InboxRequest { Mailbox = Agent, Subject = subject }, Token);
        return list.Messages.FirstOrDefault(m => m.FromAddress.Equals(from, StringComparison.OrdinalIgnoreCase))?.MessageId;
    }

    public Task<MessageView> ReadAsync(string id) => Node.Inbox.ReadAsync(Key, new ReadRequest { MessageId = id }, Token);

    public Task<SubmissionReceipt> ReplyAsync(string id, Func<Reply, Reply>? change = null) =>
        Node.Submissions.ReplyAsync(Key, (change ?? (r => r))(new Reply { MessageId = id, Text = "It leaves tomorrow." }), Token);

    public async Task<IReadOnlyList<string>> FlagsAsync(SubmissionReceipt receipt) => (await MessageAsync(receipt)).RiskFlags is { Length: > 0 } flags ? flags.Split(',') : [];

    public async Task<Message> MessageAsync(SubmissionReceipt receipt) =>
        (await House.Store.MessageAsync(House.Person.Account, Node.Ids.TryParse<MultiMail.Core.Ids.MessageId>(receipt.MessageId, out var id) ? id : default, Token))!;

    public ValueTask DisposeAsync() => House.DisposeAsync();

    private static string Guid(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
