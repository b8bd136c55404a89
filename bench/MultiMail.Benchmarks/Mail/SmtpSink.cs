using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MultiMail.Core.Node;
using MultiMail.Mail;
using MultiMail.Storage;

namespace MultiMail.Benchmarks.Mail;

/// <summary>
/// <c>mail smtp-sink PORT [durable]</c>: our SMTP session on loopback over the connections that the product uses. Discards what it is
/// given, or keeps it in a store of its own as the product does, in the mailbox <c>dst@sink.test</c>. Ends when stdin does.
/// </summary>
internal static class SmtpSink
{
    private const string Domain = "sink.test";

    public static async Task<bool> RunAsync(string[] args)
    {
        var durable = args is [_, "durable"];
        if (!(args is [_] || durable) || !ushort.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("multimail-sink-");
        await using (var store = await SqliteStore.OpenAsync(new SqliteStoreOptions(Path.Combine(folder.FullName, "multimail.db")), TimeProvider.System, CancellationToken.None).ConfigureAwait(false))
        {
            ISmtpAcceptor acceptor = durable ? await DoorAsync(store).ConfigureAwait(false) : new Nowhere();
            await ServeAsync(port, acceptor).ConfigureAwait(false);
        }

        folder.Delete(recursive: true);
        return true;
    }

    private static async Task<ISmtpAcceptor> DoorAsync(SqliteStore store)
    {
        var node = MultiMailNode.Create(store, new CoreOptions { MasterKey = new byte[32], MailHost = "mx.sink.test" }, TimeProvider.System);
        await node.Installation.InitialiseAsync(null, CancellationToken.None).ConfigureAwait(false);
        var person = await node.Installation.PersonAtTerminalAsync(null, CancellationToken.None).ConfigureAwait(false);
        await node.Domains.AddAsync(person, Domain, CancellationToken.None).ConfigureAwait(false);
        await node.Mailboxes.CreateAsync(person, new() { Address = "dst@" + Domain }, CancellationToken.None).ConfigureAwait(false);
        return node.SmtpDoor;
    }

    private static async Task ServeAsync(int port, ISmtpAcceptor acceptor)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, o => o.UseConnectionHandler<Sessions>()));
        builder.Services.AddSingleton(acceptor);
        await using var app = builder.Build();
        await app.StartAsync().ConfigureAwait(false);
        await Output.LineAsync($"{Environment.ProcessId} listens on {port}").ConfigureAwait(false);
        await Output.InputEndsAsync().ConfigureAwait(false);
        await app.StopAsync().ConfigureAwait(false);
    }

    private sealed class Sessions(ISmtpAcceptor acceptor) : ConnectionHandler
    {
        private static readonly SmtpListenerOptions Options = new("mx." + Domain) { Memory = new SmtpMemoryBudget(256L * 1024 * 1024) };

        public override Task OnConnectedAsync(ConnectionContext connection) =>
            new SmtpSession(connection.Transport, ((IPEndPoint)connection.RemoteEndPoint!).Address, acceptor, Options, secure: null, TimeProvider.System)
                .RunAsync(CancellationToken.None, connection.ConnectionClosed);
    }

    private sealed class Nowhere : ISmtpAcceptor
    {
        private static readonly AcceptResult Taken = new(AcceptOutcome.Accepted, "discarded");

        public ValueTask<RecipientVerdict> CheckRecipientAsync(InboundEnvelope envelope, string address, CancellationToken cancellationToken) =>
            ValueTask.FromResult(RecipientVerdict.Accept);

        public ValueTask<AcceptResult> AcceptAsync(InboundEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Taken);
    }
}
