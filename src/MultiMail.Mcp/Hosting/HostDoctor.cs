using System.Globalization;
using System.Net.Sockets;
using MultiMail.Core.Mailboxes;

namespace MultiMail.Mcp.Hosting;

/// <summary>What concerns the process and its machine: folder, settings, file modes, the listener's port.</summary>
internal static class HostDoctor
{
    private const string SmtpListen = "MULTIMAIL_SMTP_LISTEN";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(NodeHost host, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var settings = host.Settings;
        var findings = new List<DoctorFinding>
        {
            DoctorFinding.Ok("data", $"The data folder is {settings.Data.Root}; the database opens."),
            DoctorFinding.Info("settings", InEffect(settings)),
        };
        if (SecretLiesOpen(settings))
        {
            findings.Add(DoctorFinding.Warn("settings", $"Other users may read {settings.Data.SettingsPath}, and it holds a password.", $"Run: chmod 600 {settings.Data.SettingsPath}"));
        }

        if (new SettingsSource(environment, SettingsFile.Read(settings.Data.SettingsPath)).Get(SmtpListen) is { } listen)
        {
            findings.Add(await ListenerAsync(listen, cancellationToken));
        }

        return findings;
    }

    /// <summary>Names and origins; a value only where it is no secret.</summary>
    private static string InEffect(Settings settings)
    {
        var set = settings.Origins.Select(o => $"{o.Name}{Shown(settings, o.Name)} ({(o.FromFile ? "multimail.json" : "environment")})").ToList();
        if (settings.ApiKey is not null)
        {
            set.Add("MULTIMAIL_API_KEY (environment)");
        }

        return set.Count == 0 ? "Nothing is set; all defaults hold." : $"Set: {string.Join(", ", set)}.";
    }

    private static string Shown(Settings settings, string name) => name switch
    {
        Settings.SmtpUrl => $" = {settings.Relay}, password hidden",
        Settings.ImapUrl => $" = {settings.Source}, password hidden",
        "MULTIMAIL_LISTEN" => $" = {Links.Base(settings.Listen)}",
        "MULTIMAIL_PUBLIC_URL" when settings.PublicUrl is { } url => $" = {Links.Base(url)}",
        _ => string.Empty,
    };

    private static bool SecretLiesOpen(Settings settings) =>
        !OperatingSystem.IsWindows()
        && settings.Origins.Any(o => o is { FromFile: true, Name: Settings.SmtpUrl or Settings.ImapUrl })
        && (File.GetUnixFileMode(settings.Data.SettingsPath) & Others) != UnixFileMode.None;

    /// <summary>Connects and reads the greeting, 5 s at most.</summary>
    private static async Task<DoctorFinding> ListenerAsync(string listen, CancellationToken cancellationToken)
    {
        const string Area = "listener";
        var fix = "Start a node of this data folder: multimail serve";
        if (!TryParse(listen, out var address, out var port))
        {
            return DoctorFinding.Fail(Area, $"{SmtpListen} is no address and port.", $"Write {SmtpListen} like 127.0.0.1:2526.");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerWithin);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, limit.Token);
            using var reader = new StreamReader(client.GetStream());
            var greeting = await reader.ReadLineAsync(limit.Token);
            return greeting?.StartsWith("220 ", StringComparison.Ordinal) == true
                ? DoctorFinding.Ok(Area, $"The SMTP listener answers at {address}:{port}.")
                : DoctorFinding.Warn(Area, $"What answers at {address}:{port} does not greet as a mail server.", fix);
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return DoctorFinding.Warn(Area, $"No SMTP listener answers at {address}:{port}.", fix);
        }
    }

    /// <summary>A listener on all addresses is asked at the loopback.</summary>
    private static bool TryParse(string listen, out string address, out int port)
    {
        var colon = listen.LastIndexOf(':');
        address = colon < 0 ? string.Empty : listen[..colon].Trim('[', ']');
        if (address is "0.0.0.0" or "*" or "")
        {
            address = "127.0.0.1";
        }
        else if (address == "::")
        {
            address = "::1";
        }

        return int.TryParse(listen.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536 && colon >= 0;
    }
}
