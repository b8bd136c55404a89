using MultiMail.Mail;

namespace MultiMail.Mcp.Hosting;

/// <summary>What an installation is set to, read once at the start.</summary>
/// <param name="ListenChosen">A person named the address: then no other port is taken when it is busy.</param>
/// <param name="PublicUrl">Base of links that people open; null = the listen address.</param>
/// <param name="Toolsets">Which groups of tools are listed; null = all that the key allows.</param>
/// <param name="ApiKey">Whose authority <c>stdio</c> acts with; null = the local default agent. Never logged.</param>
internal sealed record Settings(
    DataFolder Data,
    string DatabasePath,
    Uri Listen,
    bool ListenChosen,
    string MasterKeyFile,
    Uri? PublicUrl,
    IReadOnlyList<string>? Toolsets,
    bool ReadOnly,
    string? ApiKey)
{
    public const string SmtpUrl = "MULTIMAIL_SMTP_URL";
    public const string ImapUrl = "MULTIMAIL_IMAP_URL";

    /// <summary>False: the list of tools leaves the output schemas out, for clients with little room. Set on the command line only.</summary>
    public bool OutputSchemas { get; init; } = true;

    /// <summary>Where other servers bring mail; null = nowhere.</summary>
    public SmtpListen? SmtpListen { get; init; }

    /// <summary>Carries mail to other servers; null = one that was stored, or none.</summary>
    public RelayEndpoint? Relay { get; init; }

    /// <summary>The mailbox elsewhere whose mail is fetched.</summary>
    public ImapEndpoint? Source { get; init; }

    /// <summary>Every setting that is set, by name, with where it stands; no value.</summary>
    public IReadOnlyList<SettingOrigin> Origins { get; init; } = [];

    public static readonly Uri DefaultListen = new("http://127.0.0.1:8484");

    /// <summary>Not the members: one of them is a secret.</summary>
    public override string ToString() => Data.Root;

    /// <summary>Environment, then <c>multimail.json</c> of the folder, then defaults.</summary>
    /// <exception cref="SetupException">A value that cannot be used; names the setting.</exception>
    public static Settings Load(DataFolder data, IReadOnlyDictionary<string, string> environment)
    {
        var values = new SettingsSource(environment, SettingsFile.Read(data.SettingsPath));
        var listen = values.Get("MULTIMAIL_LISTEN");
        return new Settings(
            data,
            Database(values.Get("MULTIMAIL_DATABASE"), data),
            listen is null ? DefaultListen : ListenAddress(listen),
            listen is not null,
            values.Get("MULTIMAIL_MASTER_KEY_FILE") is { } file ? Path.GetFullPath(file, data.Root) : data.MasterKeyPath,
            values.Get("MULTIMAIL_PUBLIC_URL") is { } url ? Http("MULTIMAIL_PUBLIC_URL", url) : null,
            List(values.Get("MULTIMAIL_TOOLSETS")),
            Flag("MULTIMAIL_READ_ONLY", values.Get("MULTIMAIL_READ_ONLY")),
            // The environment alone: a key that lies in the data folder would guard nothing from whoever opens it.
            NullIfBlank(environment.GetValueOrDefault("MULTIMAIL_API_KEY")))
        {
            SmtpListen = SmtpListen.From(values, data),
            Relay = ReadRelay(values.Get(SmtpUrl)),
            Source = ReadSource(values.Get(ImapUrl)),
            Origins = values.Origins,
        };
    }

    // The fault names the fix and repeats nothing of what was given.
    private static RelayEndpoint? ReadRelay(string? url) =>
        url is null ? null
        : RelayEndpoint.TryParse(url, out var relay, out var fault) ? relay
        : throw new SetupException($"{SmtpUrl} cannot be used.", fault);

    private static ImapEndpoint? ReadSource(string? url) =>
        url is null ? null
        : ImapEndpoint.TryParse(url, out var source, out var fault) ? source
        : throw new SetupException($"{ImapUrl} cannot be used.", fault);

    private static string Database(string? value, DataFolder data)
    {
        const string Prefix = "sqlite:";
        if (value is null)
        {
            return data.DatabasePath;
        }

        return value.StartsWith(Prefix, StringComparison.Ordinal) && value.Length > Prefix.Length
            ? Path.GetFullPath(value[Prefix.Length..], data.Root)
            : throw new SetupException("MULTIMAIL_DATABASE names no engine of this version: it keeps its data in SQLite.", "Write sqlite:PATH, or leave the setting out.");
    }

    private static Uri ListenAddress(string value)
    {
        var uri = Http("MULTIMAIL_LISTEN", value);
        var plain = uri is { Scheme: "http", AbsolutePath: "/" } && (uri.Host == "localhost" || uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6);
        return plain
            ? uri
            : throw new SetupException($"MULTIMAIL_LISTEN cannot be {value}.", "Write http://ADDRESS:PORT with an IP address or localhost, e.g. http://127.0.0.1:8484; TLS is the work of a proxy in front.");
    }

    private static Uri Http(string name, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : throw new SetupException($"{name} is no http address.", $"Write {name} like {(name == "MULTIMAIL_LISTEN" ? Links.Base(DefaultListen) : "https://mail.example.com")}.");

    private static string[]? List(string? value) =>
        value?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } items ? items : null;

    private static bool Flag(string name, string? value) => value switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        _ => throw new SetupException($"{name} is neither true nor false.", $"Set {name} to true or false."),
    };

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
