using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MultiMail.Mail.Tests;

/// <summary>
/// An IMAP server on loopback with one folder. It answers like an honest one until a script says otherwise, and fails the
/// test when it is asked to change anything.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Task _accepting;

    public ScriptedServer()
    {
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public string Greeting { get; set; } = "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] ready\r\n";

    public bool Idle { get; set; } = true;

    public uint UidValidity { get; set; } = 7;

    public SortedDictionary<uint, string> Messages { get; } = [];

    /// <summary>Given the command without its tag and the tag: what to say instead; null = the honest answer. Ends with "DROP" to close.</summary>
    public Func<string, string, string?> Script { get; set; } = static (_, _) => null;

    public ConcurrentQueue<string> Heard { get; } = new();

    public ConcurrentQueue<string> Misdeeds { get; } = new();

    public ImapEndpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, "agent@example.org", "secret");

    public int Connections { get; private set; }

    public static string Text(int number) => $"From: a@b.example\r\nMessage-ID: <{number}@b.example>\r\nSubject: {number}\r\n\r\nText {number}\r\n";

    public void Arrive(uint uid, string? text = null)
    {
        lock (Messages)
        {
            Messages[uid] = text ?? Text((int)uid);
        }

        _arrived.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _arrived.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            await SayAsync(stream, Greeting);
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var tag = line.Split(' ')[0];
                var command = line[Math.Min(tag.Length + 1, line.Length)..];
                Heard.Enqueue(command);
                if (command.StartsWith("STORE", StringComparison.Ordinal) || command.Contains(" BODY[", StringComparison.Ordinal) || command.StartsWith("SELECT", StringComparison.Ordinal) || command.Contains("(BODY[", StringComparison.Ordinal))
                {
                    Misdeeds.Enqueue(command);
                }

                var said = Script(command, tag);
                if (said is not null)
                {
                    await SayAsync(stream, said.Replace("DROP", string.Empty, StringComparison.Ordinal));
                    if (said.EndsWith("DROP", StringComparison.Ordinal))
                    {
                        return;
                    }
                }
                else if (command == "IDLE")
                {
                    await SayAsync(stream, "+ idling\r\n");
                    var waiting = _arrived.WaitAsync(_stop.Token);
                    var done = reader.ReadLineAsync(_stop.Token).AsTask();
                    if (await Task.WhenAny(waiting, done) == waiting)
                    {
                        await SayAsync(stream, $"* {Count()} EXISTS\r\n");
                    }

                    await done;
                    await SayAsync(stream, $"{tag} OK done\r\n");
                }
                else
                {
                    await SayAsync(stream, Honest(command, tag));
                }
            }
        }
        catch (IOException)
        {
            // The client went.
        }
    }

    private int Count()
    {
        lock (Messages)
        {
            return Messages.Count;
        }
    }

    private string Honest(string command, string tag)
    {
        lock (Messages)
        {
            var words = command.Split(' ');
            var next = Messages.Count == 0 ? 1 : Messages.Keys.Last() + 1;
            return (words[0] == "UID" ? $"{words[0]} {words[1]}" : words[0]) switch
            {
                "CAPABILITY" => $"* CAPABILITY IMAP4rev1 {(Idle ? "IDLE " : string.Empty)}AUTH=PLAIN SASL-IR\r\n{tag} OK done\r\n",
                "AUTHENTICATE" or "LOGIN" => $"{tag} OK [CAPABILITY IMAP4rev1{(Idle ? " IDLE" : string.Empty)}] done\r\n",
                "LIST" => $"* LIST () \"/\" INBOX\r\n{tag} OK done\r\n",
                "EXAMINE" => $"* {Messages.Count} EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY {UidValidity}] v\r\n* OK [UIDNEXT {next}] n\r\n{tag} OK [READ-ONLY] done\r\n",
                "UID FETCH" => Fetched(words[2], command) + $"{tag} OK done\r\n",
                _ => $"{tag} OK done\r\n",
            };
        }
    }

    private string Fetched(string set, string command)
    {
        var answer = new StringBuilder();
        var number = 0;
        var last = Messages.Count == 0 ? 0 : Messages.Keys.Last();
        foreach (var (uid, text) in Messages)
        {
            number++;
            if (!Holds(set, uid, last))
            {
                continue;
            }

            if (command.Contains("BODY.PEEK[]", StringComparison.Ordinal))
            {
                var partial = command.Contains("BODY.PEEK[]<", StringComparison.Ordinal);
                answer.Append($"* {number} FETCH (UID {uid} BODY[]{(partial ? "<0>" : string.Empty)} {{{text.Length}}}\r\n{text})\r\n");
            }
            else
            {
                answer.Append($"* {number} FETCH (UID {uid} FLAGS () INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" RFC822.SIZE {text.Length})\r\n");
            }
        }

        return answer.ToString();
    }

    private static bool Holds(string set, uint uid, uint last) => set.Split(',').Any(part =>
    {
        var ends = part.Split(':').Select(e => e == "*" ? last : uint.Parse(e)).ToList();
        return uid >= ends.Min() && uid <= ends.Max();
    });

    private static async Task SayAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
}
