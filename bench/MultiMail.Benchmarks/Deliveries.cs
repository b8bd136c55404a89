using MultiMail.Core.Accounts;
using MultiMail.Core.ApiKeys;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Node;
using MultiMail.Core.Oversight;
using MultiMail.Core.Profile;
using MultiMail.Mail;
using MultiMail.Storage;
using System.Diagnostics;
using System.Globalization;

namespace MultiMail.Benchmarks;

/// <summary>
/// From approval to the relay's 250, one message at a time, and deliveries per second out of a full outbox: everything but the
/// network, with a relay in the process that answers at once. Full durability, a new database.
/// </summary>
internal static class Deliveries
{
    private const string Robot = "robot@provider.example";

    public static async Task RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000;
        var folder = Directory.CreateTempSubdirectory("multimail-bench-");
        try
        {
            var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(Path.Combine(folder.FullName, "bench.db")), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                await MeasureAsync(store, count).ConfigureAwait(false);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(SqliteStore store, int count)
    {
        var relay = new InstantRelay();
        await using var _ = relay.ConfigureAwait(false);
        var node = MultiMailNode.Create(
            store,
            new CoreOptions { MasterKey = new byte[32], PendingPerMailbox = int.MaxValue, SendsPerMinute = int.MaxValue, SendsPerDay = int.MaxValue, SameTextPerHour = int.MaxValue, Transport = relay, Relay = new RelayEndpoint("127.0.0.1", 25, RelaySecurity.None) },
            TimeProvider.System);
        await node.Installation.InitialiseAsync(null, CancellationToken.None).ConfigureAwait(false);
        var person = await node.Installation.PersonAtTerminalAsync(null, CancellationToken.None).ConfigureAwait(false);
        await node.Mailboxes.CreateAsync(person, new NewMailbox { Address = Robot, Link = new LinkChange { SmtpUrl = "smtp://127.0.0.1:2525", ImapUrl = "imaps://ann:secret@127.0.0.1:993", Check = false } }, CancellationToken.None).ConfigureAwait(false);
        await node.Profiles.SetAsync(person, new ProfileChange { Name = "Bench Ltd", AddressLines = ["1 High Street", "Springfield"], Country = "US" }, CancellationToken.None).ConfigureAwait(false);
        var key = await node.Keys.CreateAsync(person, new NewKey { Name = "bench", Scopes = ["send", "read"] }, CancellationToken.None).ConfigureAwait(false);
        var agent = await node.Keys.AuthenticateAsync(key.Key, "bench", CancellationToken.None).ConfigureAwait(false);
        await LatencyAsync(node, person, agent, relay).ConfigureAwait(false);
        await RateAsync(node, person, agent, relay, count).ConfigureAwait(false);
    }

    private static async Task LatencyAsync(MultiMailNode node, Principal person, Principal agent, InstantRelay relay)
    {
        var times = new List<double>();
        for (var i = 0; i < 220; i++)
        {
            var sent = await SendAsync(node, agent, i).ConfigureAwait(false);
            var seen = relay.Seen;
            var clock = Stopwatch.StartNew();
            await node.Decisions.ApproveAsync(person, new DecisionRequest(sent, null, null), CancellationToken.None).ConfigureAwait(false);
            await node.Delivery.RunOnceAsync(CancellationToken.None).ConfigureAwait(false);
            times.Add(clock.Elapsed.TotalMilliseconds);
            if (relay.Seen != seen + 1)
            {
                throw new InvalidOperationException("The relay did not get the message.");
            }
        }

        var sorted = times.Skip(20).Order().ToList();
        await Output.LineAsync(string.Create(CultureInfo.InvariantCulture, $"deliver approval_to_settled_ms p50={sorted[100]:F2} p99={sorted[198]:F2}")).ConfigureAwait(false);
    }

    private static async Task RateAsync(MultiMailNode node, Principal person, Principal agent, InstantRelay relay, int count)
    {
        await node.Mailboxes.ChangeAsync(person, Robot, new MailboxChange { OversightMode = "autonomous" }, CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < count; i++)
        {
            await SendAsync(node, agent, 1_000 + i).ConfigureAwait(false);
        }

        var seen = relay.Seen;
        var clock = Stopwatch.StartNew();
        while (await node.Delivery.StartDueAsync(CancellationToken.None).ConfigureAwait(false) > 0)
        {
            // until nothing is due
        }

        await node.Delivery.DrainAsync().ConfigureAwait(false);
        var done = relay.Seen - seen;
        await Output.LineAsync(string.Create(CultureInfo.InvariantCulture, $"deliver messages={done} per_second={done / clock.Elapsed.TotalSeconds:F0}")).ConfigureAwait(false);
    }

    private static async Task<string> SendAsync(MultiMailNode node, Principal agent, int number)
    {
        var receipt = await node.Submissions.SendAsync(
            agent,
            new Submission
            {
                From = Robot,
                To = [string.Create(CultureInfo.InvariantCulture, $"ann@example{number % 50}.net")],
                Subject = string.Create(CultureInfo.InvariantCulture, $"Message {number}"),
                Text = BenchText.OneKilobyte,
                Category = "conversational",
            },
            CancellationToken.None).ConfigureAwait(false);
        return receipt.MessageId;
    }

    /// <summary>Takes everything at once.</summary>
    private sealed class InstantRelay : IMailTransport
    {
        private int _seen;

        public int Seen => Volatile.Read(ref _seen);

        public Task<TransportResult> SendAsync(RelayEndpoint relay, MailEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _seen);
            return Task.FromResult(new TransportResult([.. envelope.Recipients.Select(r => new RecipientReply(r, ReplyClass.Accepted, "2.0.0", "ok"))]));
        }

        public Task<EndpointCheck> CheckAsync(RelayEndpoint relay, CancellationToken cancellationToken) => Task.FromResult(new EndpointCheck(Works: true, "ok", "It works."));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
