using System.Net.Sockets;
using System.Text;

namespace MultiMail.Mail.Tests;

public sealed class MailKitSourceTests : IAsyncDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly RecordingSink _sink = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private static ImapTimes Quick => ImapTimes.Default with { FirstPause = TimeSpan.FromMilliseconds(5), LongestPause = TimeSpan.FromMilliseconds(20), Poll = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task A_folder_never_read_gives_only_what_comes_from_now_on_and_idle_tells_of_it()
    {
        _server.Arrive(1);
        Start();
        await _sink.UntilAsync("Idle");
        Assert.Equal(1u, _sink.Position!.LastUid);
        _server.Arrive(5);
        await _sink.UntilAsync("stored 5");

        Assert.Equal([5u], _sink.Stored.Select(m => m.Uid));
        Assert.Equal(ScriptedServer.Text(5), Encoding.Latin1.GetString(_sink.Stored[0].Raw.Span));
        Assert.Equal(5u, _sink.Position!.LastUid);
        Assert.Contains("EXAMINE INBOX", _server.Heard);
        Assert.Empty(_server.Misdeeds);
    }

    [Fact]
    public async Task Many_come_in_batches_in_order_and_nothing_is_asked_for_twice()
    {
        for (uint uid = 1; uid <= 600; uid++)
        {
            _server.Messages[uid * 3] = ScriptedServer.Text((int)uid);
        }

        _sink.Position = new ImapPosition(7, 3);
        Start();
        await _sink.UntilAsync("stored 1800");
        Assert.Equal(Enumerable.Range(2, 599).Select(i => (uint)i * 3), _sink.Stored.Select(m => m.Uid));
        Assert.Equal(3, _server.Heard.Count(h => h.Contains("BODY.PEEK", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_idle_the_server_is_asked_again()
    {
        _server.Idle = false;
        _server.Greeting = "* OK ready\r\n";
        _sink.Position = new ImapPosition(7, 0);
        Start();
        await _sink.UntilAsync("Polling");
        _server.Arrive(1);
        await _sink.UntilAsync("stored 1");
    }

    [Fact]
    public async Task A_new_uidvalidity_lists_anew_and_passes_over_what_was_there_before()
    {
        var since = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        _sink.Position = new ImapPosition(6, 900) { Since = since };
        _server.Arrive(1); // INTERNALDATE lies before the first reading
        Start();
        await _sink.UntilAsync("Idle");
        Assert.Empty(_sink.Stored);
        Assert.Equal(new ImapPosition(7, 1) { Since = since, RelistTo = 1 }, _sink.Position);

        // What is moved in later is new, however old its date.
        _server.Arrive(2);
        await _sink.UntilAsync("stored 2");
    }

    [Fact]
    public async Task A_new_uidvalidity_fetches_again_what_came_since_the_first_reading()
    {
        _sink.Position = new ImapPosition(6, 900) { Since = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero) };
        _server.Arrive(1);
        Start();
        await _sink.UntilAsync("stored 1");
    }

    [Fact]
    public async Task A_message_that_breaks_the_connection_is_passed_over_and_the_others_arrive()
    {
        Fill(40);
        _server.Script = (command, tag) => Asks(command, 17) ? $"* 1 FETCH (UID 17 BODY[] {{5}}\r\nab{tag} WHAT\r\nDROP" : null;
        Start();
        await _sink.UntilAsync("stored 40");
        Assert.Equal([17u], _sink.Quarantined);
        Assert.Equal(39, _sink.Stored.Count);
        Assert.Equal(40u, _sink.Position!.LastUid);
    }

    [Fact]
    public async Task A_message_that_the_server_refuses_is_found_by_halves()
    {
        Fill(40);
        _server.Script = (command, tag) => Asks(command, 23) ? $"{tag} BAD no\r\n" : null;
        Start();
        await _sink.UntilAsync("stored 40");
        Assert.Equal([23u], _sink.Quarantined);
        Assert.Equal(39, _sink.Stored.Count);
    }

    [Fact]
    public async Task A_message_larger_than_any_limit_costs_itself_and_no_other()
    {
        Fill(6);
        _server.Script = (command, tag) => Asks(command, 4) ? "* 4 FETCH (UID 4 BODY[] {99000000}\r\n" : null;
        Start();
        await _sink.UntilAsync("stored 6");
        Assert.Equal([4u], _sink.Quarantined);
    }

    [Fact]
    public async Task A_busy_server_is_nobodys_fault()
    {
        Fill(2);
        var busy = 4;
        _server.Script = (command, tag) => command.Contains("BODY.PEEK", StringComparison.Ordinal) && busy-- > 0 ? $"{tag} NO [UNAVAILABLE] later\r\n" : null;
        Start();
        await _sink.UntilAsync("stored 2");
        Assert.Empty(_sink.Quarantined);
        Assert.Equal(5, _server.Connections);
    }

    [Fact]
    public async Task A_message_expunged_meanwhile_is_no_trouble()
    {
        Fill(3);
        _server.Script = (command, tag) =>
        {
            if (!Asks(command, 2))
            {
                return null;
            }

            lock (_server.Messages)
            {
                _server.Messages.Remove(2);
            }

            return command.Contains(':', StringComparison.Ordinal)
                ? $"* 1 FETCH (UID 1 BODY[] {{3}}\r\nX:y)\r\n* 2 EXPUNGE\r\n* 2 FETCH (UID 3 BODY[] {{3}}\r\nX:z)\r\n{tag} OK done\r\n"
                : null;
        };
        Start();
        await _sink.UntilAsync("stored 3");
        Assert.Empty(_sink.Quarantined);
        Assert.Equal([1u, 3u], _sink.Stored.Select(m => m.Uid));
    }

    [Fact]
    public async Task A_message_over_the_cap_comes_in_part_and_says_so()
    {
        _server.Messages[1] = ScriptedServer.Text(1) + new string('x', 400);
        _server.Messages[2] = ScriptedServer.Text(2);
        _server.Script = (command, tag) => Asks(command, 1)
            ? $"* 1 FETCH (UID 1 BODY[]<0> {{201}}\r\n{_server.Messages[1][..201]})\r\n{tag} OK done\r\n" : null;
        _sink.Position = new ImapPosition(7, 0);
        Start(settings => settings with { MessageCap = 200 });
        await _sink.UntilAsync("stored 2");
        Assert.Contains(_server.Heard, h => h.Contains("BODY.PEEK[]<0.201>", StringComparison.Ordinal));
        Assert.Equal([(200, true), (ScriptedServer.Text(2).Length, false)], _sink.Stored.Select(m => (m.Raw.Length, m.Truncated)));
    }

    [Theory]
    [InlineData("UID FETCH", "* BYE gone\r\nDROP")]
    [InlineData("UID FETCH", "Z999 OK done\r\nDROP")]
    [InlineData("EXAMINE", "DROP")]
    [InlineData("AUTHENTICATE", "A NO [UNAVAILABLE] later\r\nDROP")]
    public async Task What_breaks_once_is_tried_again(string verb, string said)
    {
        Fill(1);
        var broken = false;
        _server.Script = (command, tag) =>
        {
            if (broken || !command.StartsWith(verb, StringComparison.Ordinal))
            {
                return null;
            }

            broken = true;
            return said.Replace("A NO", tag + " NO", StringComparison.Ordinal);
        };
        Start();
        await _sink.UntilAsync("Waiting");
        await _sink.UntilAsync("stored 1");
        Assert.Empty(_sink.Quarantined);
    }

    [Theory]
    [InlineData("AUTHENTICATE", "sign_in_refused")]
    [InlineData("EXAMINE", "no_such_folder")]
    public async Task What_only_new_settings_cure_stops_the_source_and_tells_no_secret(string verb, string code)
    {
        _server.Script = (command, tag) => command.StartsWith(verb, StringComparison.Ordinal) || (verb == "AUTHENTICATE" && command.StartsWith("LOGIN", StringComparison.Ordinal)) ? $"{tag} NO no\r\n" : null;
        Start();
        var fault = await Assert.ThrowsAsync<MailSourceException>(() => _running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(code, fault.Code);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal(code, (await Source().CheckAsync(_server.Endpoint, _stop.Token)).Code);
    }

    [Theory]
    [InlineData("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] welcome\r\n")]
    [InlineData("* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] welcome\r\n")]
    public async Task Nothing_is_said_and_nobody_is_believed_in_clear_text(string greeting)
    {
        _server.Greeting = greeting;
        var check = await Source(secure: false).CheckAsync(_server.Endpoint, _stop.Token);
        Assert.Equal((false, "not_secure"), (check.Works, check.Code));
        Assert.DoesNotContain(_server.Heard, h => h.StartsWith("AUTH", StringComparison.Ordinal) || h.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    /// <summary>Without the guard the first of these ends the process by a stack overflow, and with it this whole run.</summary>
    [Theory]
    [InlineData("nested")]
    [InlineData("hidden")]
    [InlineData("line")]
    [InlineData("literal")]
    [InlineData("untagged")]
    public async Task A_hostile_server_costs_a_connection_and_nothing_else(string kind)
    {
        Fill(1);
        var nested = "* 1 FETCH (BODYSTRUCTURE " + new string('(', 100_000);
        var attack = kind switch
        {
            "nested" => nested,
            "hidden" => "* OK [FOO {200000}\r\n] x\r\n" + nested,
            "line" => "* OK " + new string('x', 1_000_000),
            "literal" => "* 1 FETCH (BODY[] {300000000}\r\n" + new string('x', 1_000_000),
            _ => string.Concat(Enumerable.Repeat("* 1 FETCH (UID 5 FLAGS ())\r\n", 400_000)),
        };
        var attacked = 0;
        _server.Script = (command, _) => command.StartsWith("UID FETCH", StringComparison.Ordinal) && attacked++ == 0 ? attack + "DROP" : null;
        Start();
        await _sink.UntilAsync("Waiting");
        await _sink.UntilAsync("stored 1");
        Assert.Equal(2, _server.Connections);
        Assert.Empty(_sink.Quarantined);
    }

    [Fact]
    public async Task A_check_opens_the_folder_and_leaves()
    {
        Assert.Equal("ok", (await Source().CheckAsync(_server.Endpoint, _stop.Token)).Code);
        Assert.DoesNotContain(_server.Heard, h => h.Contains("FETCH", StringComparison.Ordinal));
        Assert.Equal("unreachable", (await Source().CheckAsync(_server.Endpoint with { Port = 1 }, _stop.Token)).Code);
    }

    [Fact]
    public async Task What_cannot_be_stored_reaches_the_caller_and_is_fetched_again()
    {
        Fill(1);
        _sink.Fault = static batch => batch.Count > 0 ? new InvalidDataException("full") : null;
        Start();
        await Assert.ThrowsAsync<InvalidDataException>(() => _running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(0u, _sink.Position!.LastUid);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    private static bool Asks(string command, uint uid) => command.Contains("BODY.PEEK", StringComparison.Ordinal)
        && command.Split(' ')[2].Split(',').Any(part => part.Split(':').Select(uint.Parse).ToList() is var ends && uid >= ends.Min() && uid <= ends.Max());

    private void Fill(uint count)
    {
        for (uint uid = 1; uid <= count; uid++)
        {
            _server.Messages[uid] = ScriptedServer.Text((int)uid);
        }

        _sink.Position = new ImapPosition(7, 0);
    }

    private void Start(Func<ImapSettings, ImapSettings>? change = null) => _running = Source(change: change).RunAsync(_server.Endpoint, _sink, _stop.Token);

    private static MailKitSource Source(bool secure = true, Func<ImapSettings, ImapSettings>? change = null)
    {
        var settings = new ImapSettings(TimeProvider.System)
        {
            Times = Quick,
            Dial = async (endpoint, token) =>
            {
                var client = new TcpClient();
                await client.ConnectAsync(endpoint.Host, endpoint.Port, token);
                return new DialedStream(client.GetStream(), secure);
            },
        };
        return new MailKitSource(change is null ? settings : change(settings));
    }
}
