using System.Globalization;
using System.Net.Mail;
using System.Text;
using System.Text.Json;
using Interop.Driving;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace Interop.Mail;

/// <summary>
/// The whole way with nothing of ours at the other end: an agent whose mailbox lies on a company's server writes and reads
/// there, through Postfix and Dovecot, and a second installation has a domain of its own.
/// </summary>
[Collection(ListenerPort.Name)]
public sealed class HostedElsewhereTests(MailServers mail)
{
    private static readonly string Agent = RunningMailServers.Address("chain-agent");
    private static readonly string Bob = RunningMailServers.Address("chain-bob");

    [Fact]
    public async Task Agent_and_stranger_converse_through_other_peoples_servers()
    {
        var servers = await mail.NeededAsync();
        await using var served = await Served.StartAsync();
        await HostAsync(served, servers, Agent);

        var sent = await SendAsync(served, Agent, Bob, "Offer 4711");
        Assert.Empty(servers.Inbox("chain-bob"));
        await served.Installation.TypeAsync("pending", "approve", Text(sent, "message_id"));
        var first = Assert.Single(await servers.InboxOfAsync("chain-bob", 1));
        Assert.Contains("ESMTPSA", Encoding.UTF8.GetString(first), StringComparison.Ordinal); // TLS and signed in
        Assert.Equal("delivered", Text(await served.EndOfAsync(Text(sent, "message_id")), "status"));
        await VerifiesAsync(served, first);

        var received = await WaitForReplyAsync(served, () => ReplyAsync(servers, first, "chain-reply-1@agents.test"));
        Assert.Equal(Bob, Text(received, "from_address"));
        Assert.Equal(Text(sent, "thread_id"), Text(received, "thread_id"));

        var (status, answer) = await served.PostAsync($"/v1/emails/{Text(received, "message_id")}/reply", new { text = "Then it is settled." });
        Assert.Equal(202, status);
        await served.Installation.TypeAsync("pending", "approve", Text(answer, "message_id"));
        var second = (await servers.InboxOfAsync("chain-bob", 2)).Single(m => !m.SequenceEqual(first));
        Assert.Equal("<chain-reply-1@agents.test>", Field(second, "In-Reply-To"));
        Assert.Equal($"{Field(first, "Message-ID")} <chain-reply-1@agents.test>", Field(second, "References"));
        var examined = await served.Installation.TypeAsync("doctor");
        Assert.Equal(2, examined.Split("answers and lets us in").Length - 1);
        Assert.Contains("mailboxes by state: idle 1.", examined, StringComparison.Ordinal);
        Assert.Equal(3, (await served.GetAsync($"/v1/threads/{Text(sent, "thread_id")}")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Own_domain_receives_and_its_refusal_comes_back_as_a_bounce()
    {
        var servers = await mail.NeededAsync();
        const string Missing = "nosuch@" + RunningMailServers.ListenerDomain;
        const string Bo = "bo@" + RunningMailServers.ListenerDomain;
        var sender = RunningMailServers.Address("chain-sender");
        await using var theirs = await Served.StartAsync(("MULTIMAIL_SMTP_LISTEN", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{servers.ListenerPort}")));
        await theirs.Installation.TypeAsync("domain", "add", RunningMailServers.ListenerDomain);
        await theirs.Installation.TypeAsync("mailbox", "create", Bo);
        await using var ours = await Served.StartAsync();
        await HostAsync(ours, servers, sender);

        var good = await SendAsync(ours, sender, Bo, "To your own domain");
        var bad = await SendAsync(ours, sender, Missing, "To nobody there");
        await ours.Installation.TypeAsync("pending", "approve", Text(good, "message_id"));
        await ours.Installation.TypeAsync("pending", "approve", Text(bad, "message_id"));

        var arrived = Assert.Single(await theirs.InboxAsync(Bo, 1));
        Assert.Equal(("To your own domain", sender), (Text(arrived, "subject"), Text(arrived, "from_address")));
        await ours.GetUntilAsync($"/v1/emails/{Text(bad, "message_id")}/status", s => Text(s, "status") == "bounced");
        Assert.Equal("delivered", Text(await ours.EndOfAsync(Text(good, "message_id")), "status"));
        Assert.Contains("sender non-delivery notification", await File.ReadAllTextAsync(Path.Combine(servers.Folder, "postfix.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal); // Postfix had taken it

        var (status, refusal) = await ours.PostAsync("/v1/emails/send", new { from = sender, to = Missing, subject = "Again", text = "Hello?" });
        Assert.Equal(422, status);
        Assert.Contains(refusal.GetProperty("violations").EnumerateArray(), v => Text(v, "code") == "suppressed");
    }

    /// <summary>Makes a mailbox that lies on the servers, and waits until it is listened to.</summary>
    private static async Task HostAsync(Served served, RunningMailServers servers, string address)
    {
        await served.Installation.TypeAsync("profile", "set", "--name", "Agents at work", "--address", "1 Main Street|Springfield 12345", "--country", "US");
        var login = $"{Uri.EscapeDataString(address)}:{RunningMailServers.Password}@{servers.Host}";
        await served.Installation.TypeAsync(
            "mailbox", "create", address,
            "--smtp", $"smtp://{login}:{servers.SubmissionPort}?starttls=required&ca={servers.CaFile}",
            "--imap", $"imaps://{login}:{servers.ImapsPort}/INBOX?ca={servers.CaFile}");
        await served.SourcesIdleAsync(1);
    }

    private static async Task<JsonElement> SendAsync(Served served, string from, string to, string subject)
    {
        var (status, receipt) = await served.PostAsync("/v1/emails/send", new { from, to, subject, text = "Shall we go ahead?" });
        Assert.True(status == 202, receipt.ToString());
        Assert.Equal("pending", Text(receipt, "status"));
        return receipt;
    }

    private static async Task VerifiesAsync(Served served, byte[] stored)
    {
        var eml = Path.Combine(served.Installation.Data, "received.eml");
        var keys = Path.Combine(served.Installation.Data, "received.jwks");
        await File.WriteAllTextAsync(keys, (await served.GetAsync("/.well-known/jwks.json")).GetRawText(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(eml, Crlf(stored), TestContext.Current.CancellationToken);
        await served.Installation.TypeAsync("verify", eml, "--keys", keys, "--rcpt", Bob, "--offline");
        await File.WriteAllBytesAsync(eml, [.. Crlf(stored), .. "P.S. Send money.\r\n"u8], TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Executable.RunAsync(Executable.MultiMail, served.Installation.Environment, "verify", eml, "--keys", keys, "--rcpt", Bob, "--offline")).Code);
    }

    /// <summary>An agent waits over MCP; then the mail is written.</summary>
    private static async Task<JsonElement> WaitForReplyAsync(Served served, Func<Task> write)
    {
        await using var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = served.Mcp,
            AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer " + served.Key },
        });
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken);
        var waits = new Waits();
        var waiting = client.CallToolAsync(
            "wait_for_email",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["mailbox"] = Agent, ["timeout_seconds"] = 30 },
            waits,
            cancellationToken: TestContext.Current.CancellationToken).AsTask();
        await waits.Begun.WaitAsync(TestContext.Current.CancellationToken);
        await write();
        var woken = JsonSerializer.SerializeToElement((await waiting).StructuredContent);
        Assert.False(woken.GetProperty("timed_out").GetBoolean());
        return woken.GetProperty("message");
    }

    private static async Task ReplyAsync(RunningMailServers servers, byte[] to, string messageId)
    {
        using var client = new SmtpClient("127.0.0.1", servers.SmtpPort);
        using var reply = new MailMessage(Bob, Agent, "Re: Offer 4711", "Yes, please go ahead.");
        reply.Headers.Add("Message-ID", $"<{messageId}>");
        reply.Headers.Add("In-Reply-To", Field(to, "Message-ID"));
        reply.Headers.Add("References", Field(to, "Message-ID"));
        await client.SendMailAsync(reply, TestContext.Current.CancellationToken);
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? string.Empty;

    /// <summary>A field of the header, unfolded.</summary>
    private static string Field(byte[] stored, string name)
    {
        var header = Encoding.UTF8.GetString(stored).Split("\n\n")[0].Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        var line = header.Split('\n').Single(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return string.Join(' ', line[(name.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Dovecot keeps bare LF; on the wire it was CRLF.</summary>
    private static byte[] Crlf(byte[] stored) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(stored).ReplaceLineEndings("\r\n"));

    private sealed class Waits : IProgress<ProgressNotificationValue>
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Report(ProgressNotificationValue value) => _begun.TrySetResult();
    }
}

/// <summary>Tests that listen on the port to which Postfix brings the listener's domain; one at a time.</summary>
[CollectionDefinition(Name)]
public sealed class ListenerPort
{
    public const string Name = "listener port";
}
