using System.Net;
using System.Net.Sockets;
using Interop.Driving;
using Interop.Mail;
using MultiMail.Testing;

[assembly: AssemblyFixture(typeof(MailServers))]

namespace Interop.Mail;

/// <summary>
/// Postfix (SMTP, submission, submissions) and Dovecot (IMAPS) on loopback, started once by the first test that needs them.
/// Every local part of the domain is a mailbox; a test takes one of its own.
/// </summary>
public sealed class MailServers : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.ProjectDirectory(), "Mail", "mail-servers.sh");

    private static readonly bool Present =
        Require.Program("postfix", "/usr/sbin/postfix") is not null && Require.Program("dovecot", "/usr/sbin/dovecot") is not null
        && Require.Program("openssl") is not null && File.Exists("/usr/lib/dovecot/imap") && Environment.IsPrivilegedProcess;

    private readonly Lazy<Task<RunningMailServers>> _started = new(StartAsync);

    /// <summary>Skips the running test aloud where they are missing (group <c>mailservers</c>).</summary>
    internal Task<RunningMailServers> NeededAsync()
    {
        Require.That(Present, "mailservers", "needs postfix, dovecot-imapd, dovecot-lmtpd and openssl, and to be run as root");
        return _started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } started })
        {
            var folder = (await started).Folder;
            await Executable.RunAsync("/bin/bash", new Dictionary<string, string>(StringComparer.Ordinal), Script, "stop", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<RunningMailServers> StartAsync()
    {
        // Below /tmp whatever TMPDIR says: the path of a Unix socket has 108 octets at most.
        var folder = Directory.CreateDirectory($"/tmp/mm-mail-{Environment.ProcessId}").FullName;
        var ports = FreePorts(6);
        var made = new RunningMailServers(folder, ports);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MAIL_DOMAIN"] = RunningMailServers.Domain, ["MAIL_PASSWORD"] = RunningMailServers.Password,
            ["PORT_SMTP"] = $"{made.SmtpPort}", ["PORT_SUBMISSION"] = $"{made.SubmissionPort}", ["PORT_SUBMISSIONS"] = $"{made.SubmissionsPort}",
            ["PORT_IMAPS"] = $"{made.ImapsPort}", ["PORT_LISTENER"] = $"{made.ListenerPort}", ["PORT_LMTP"] = $"{ports[5]}",
        };
        (await Executable.RunAsync("/bin/bash", settings, Script, "start", folder)).Good();
        return made;
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.ConvertAll(l => ((IPEndPoint)l.LocalEndpoint).Port);
        listeners.ForEach(l => l.Dispose());
        return [.. ports];
    }
}

/// <summary>Where the servers are and what is in their mailboxes.</summary>
internal sealed class RunningMailServers(string folder, IReadOnlyList<int> ports)
{
    public const string Domain = "agents.test";
    public const string Password = "tell-nobody";

    /// <summary>Postfix hands mail for this domain to <see cref="ListenerPort"/>, again every second or so until somebody listens there.</summary>
    public const string ListenerDomain = "listener.test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Folder => folder;

    public string Host => "localhost";

    /// <summary>Postfix as the world sees it: no sign-in.</summary>
    public int SmtpPort => ports[0];

    /// <summary>STARTTLS, then sign-in.</summary>
    public int SubmissionPort => ports[1];

    /// <summary>TLS from the first byte.</summary>
    public int SubmissionsPort => ports[2];

    /// <summary>Dovecot, TLS from the first byte.</summary>
    public int ImapsPort => ports[3];

    /// <summary>Free for a listener under test.</summary>
    public int ListenerPort => ports[4];

    /// <summary>The authority that certifies localhost and 127.0.0.1.</summary>
    public string CaFile => Path.Combine(folder, "cert.pem");

    public static string Address(string localPart) => $"{localPart}@{Domain}";

    /// <summary>What lies in a mailbox's INBOX, as Dovecot keeps it (bare LF line ends), oldest first.</summary>
    public IReadOnlyList<byte[]> Inbox(string localPart)
    {
        var maildir = Path.Combine(folder, "mail", Address(localPart), "Maildir");
        return new[] { "new", "cur" }.Select(d => new DirectoryInfo(Path.Combine(maildir, d)))
            .Where(d => d.Exists).SelectMany(d => d.GetFiles()).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => File.ReadAllBytes(f.FullName)).ToList();
    }

    /// <summary>Waits until that many mails lie in the mailbox.</summary>
    public async Task<IReadOnlyList<byte[]>> InboxOfAsync(string localPart, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        while (true)
        {
            var mails = Inbox(localPart);
            if (mails.Count >= count)
            {
                return mails;
            }

            // Postfix and Dovecot are other processes: there is nothing to wait on but the folder.
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }
}
