using System.Net;
using System.Net.Sockets;
using MultiMail.Core.Mailboxes;

namespace MultiMail.Mcp.Hosting;

/// <summary>What concerns the process and its machine: folder, settings, file modes, the listener's port.</summary>
internal static class HostDoctor
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(NodeHost host, CancellationToken cancellationToken)
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

        foreach (var endpoint in settings.SmtpListen?.Endpoints ?? [])
        {
            findings.Add(await ListenerAsync(endpoint, cancellationToken));
        }

        if (await SourceStates.AskAsync(host, cancellationToken) is { } sources)
        {
            findings.Add(sources);
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

    /// <summary>Connects and reads the greeting, 5 s at most. A listener on all addresses is asked at the loopback.</summary>
    private static async Task<DoctorFinding> ListenerAsync(IPEndPoint listen, CancellationToken cancellationToken)
    {
        const string Area = "listener";
        const string Fix = "Start a node of this data folder: multimail serve";
        var address = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen.Address;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerWithin);
        try
        {
            using var client = new TcpClient(address.AddressFamily);
            await client.ConnectAsync(address, listen.Port, limit.Token);
            using var reader = new StreamReader(client.GetStream());
            var greeting = await reader.ReadLineAsync(limit.Token);
            return greeting?.StartsWith("220 ", StringComparison.Ordinal) == true
                ? DoctorFinding.Ok(Area, $"A mail server answers at {listen}.")
                : DoctorFinding.Warn(Area, $"What answers at {listen} does not greet as a mail server.", Fix);
        }
        catch (Exception e) when (e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return DoctorFinding.Warn(Area, $"No mail server answers at {listen}: nothing comes in there.", Fix);
        }
    }
}
