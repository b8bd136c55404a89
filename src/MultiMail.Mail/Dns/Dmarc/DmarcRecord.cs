namespace MultiMail.Mail;

/// <summary>A DMARC policy record (RFC 9989 §4.7). What is wrong in it is as if it were not there; only the version must be right.</summary>
internal sealed record DmarcRecord
{
    private const string Version = "DMARC1";

    /// <summary>Null = no valid p=.</summary>
    public DmarcPolicy? Policy { get; private init; }

    /// <summary>sp=, for subdomains.</summary>
    public DmarcPolicy? SubdomainPolicy { get; private init; }

    /// <summary>np=, for subdomains that do not exist.</summary>
    public DmarcPolicy? NonexistentPolicy { get; private init; }

    public bool StrictSpf { get; private init; }

    public bool StrictDkim { get; private init; }

    /// <summary>t=y: the owner only tries.</summary>
    public bool Testing { get; private init; }

    /// <summary>psd=: y or n; anything else is u.</summary>
    public char PublicSuffix { get; private init; } = 'u';

    /// <summary>rua= names somewhere to report to.</summary>
    public bool HasReports { get; private init; }

    /// <summary>Null when it is none: the version stands first, letter for letter.</summary>
    public static DmarcRecord? Parse(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part.Trim(' ', '\t') : part[..equals].Trim(' ', '\t');
            var value = equals < 0 ? string.Empty : part[(equals + 1)..].Trim(' ', '\t');
            if (tags.Count == 0 && (name != "v" || value != Version))
            {
                return null;
            }

            tags.TryAdd(name, value);
        }

        return new DmarcRecord
        {
            Policy = Read(tags, "p"),
            SubdomainPolicy = Read(tags, "sp"),
            NonexistentPolicy = Read(tags, "np"),
            StrictSpf = Says(tags, "aspf", "s"),
            StrictDkim = Says(tags, "adkim", "s"),
            Testing = Says(tags, "t", "y"),
            PublicSuffix = Says(tags, "psd", "y") ? 'y' : Says(tags, "psd", "n") ? 'n' : 'u',
            HasReports = tags.TryGetValue("rua", out var reports) && reports.Contains(':', StringComparison.Ordinal),
        };
    }

    private static bool Says(Dictionary<string, string> tags, string name, string word) =>
        tags.TryGetValue(name, out var value) && value.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static DmarcPolicy? Read(Dictionary<string, string> tags, string name) => tags.GetValueOrDefault(name)?.ToLowerInvariant() switch
    {
        "none" => DmarcPolicy.None,
        "quarantine" => DmarcPolicy.Quarantine,
        "reject" => DmarcPolicy.Reject,
        _ => null,
    };
}
