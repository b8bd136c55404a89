using MultiMail.Core.Accounts;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Policy;
using MultiMail.Mail;
using MultiMail.Testing;

namespace MultiMail.Core.Tests.Delivery;

/// <summary>A house with a domain of its own and a relay that does what the test says.</summary>
internal sealed class RelayHouse : IAsyncDisposable
{
    public const string Robot = "robot@example.org";

    private RelayHouse(House house, ScriptedRelay relay)
    {
        House = house;
        Relay = relay;
    }

    public House House { get; }

    public ScriptedRelay Relay { get; }

    /// <summary>May send from the robot's mailbox, which nobody holds back.</summary>
    public required Principal Sender { get; init; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RelayHouse> BuildAsync(string mode = "autonomous", IDnsResolver? dns = null)
    {
        var relay = new ScriptedRelay();
        var house = await House.BuildAsync(key => new CoreOptions
        {
            MasterKey = key, Transport = relay, Relay = new RelayEndpoint("relay.test", 465, RelaySecurity.ImplicitTls), Dns = dns,
            SameTextPerHour = int.MaxValue,
            SendsPerMinute = 10_000, // the tests of the relay have no minute to wait
        });
        await house.Node.Domains.AddAsync(house.Person, "example.org", Token);
        house.Tamper("UPDATE domain SET verified_at = created_at");
        await MakeMailboxAsync(house, Robot, mode);
        return new RelayHouse(house, relay) { Sender = (await house.KeyAsync("send,read")).Principal };
    }

    public static async Task MakeMailboxAsync(House house, string address, string mode)
    {
        await house.Node.Mailboxes.CreateAsync(house.Person, new NewMailbox { Address = address }, Token);
        await house.SetModeAsync(address, mode);
    }

    public async Task<string> SendAsync(params string[] to) => await SendAsync(Mail(to));

    public static Submission Mail(params string[] to) => new() { From = Robot, To = to, Subject = "Hello " + to[0], Text = "They are fine.", Category = "conversational" };

    /// <summary>To people whom the robot knows: a first contact would wait for a person.</summary>
    public async Task<string> SendAsync(Submission mail)
    {
        await KnowAsync(House, mail.To);
        return (await House.SendAsync(mail, Sender)).MessageId;
    }

    /// <summary>Mail was exchanged with them before.</summary>
    public static ValueTask<bool> KnowAsync(House house, IReadOnlyList<string> addresses) => house.Store.WriteAsync(
        async unit =>
        {
            await unit.MeetAsync(house.Person.Account, Acquaintances.Of(addresses), writtenTo: true);
            return true;
        },
        Token);

    public async Task<MessageStatusView> StatusAsync(string id) =>
        (await House.Node.Submissions.StatusAsync(House.Person, new StatusRequest { MessageIds = [id] }, Token)).Messages[0];

    /// <summary>Works off what is due, moves the clock to what is due next, and so on until the time is over.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = House.Clock.GetUtcNow() + time;
        await House.DeliverAsync();
        while (await House.Store.NextDueAsync(Token) is { } due && due <= end)
        {
            House.Clock.Advance(due > House.Clock.GetUtcNow() ? due - House.Clock.GetUtcNow() : TimeSpan.Zero);
            await House.DeliverAsync();
        }

        House.Clock.Advance(end - House.Clock.GetUtcNow());
    }

    public static IReadOnlyList<string> Leaves(MessageStatusView view) => [.. view.Timeline.Select(t => t.Event)];

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
