namespace MultiMail.Mcp.Hosting;

/// <summary>Where a setting's text comes from. <c>MULTIMAIL_PUBLIC_URL</c> is <c>public_url</c> in the file.</summary>
internal sealed class SettingsSource(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> file)
{
    private const string Prefix = "MULTIMAIL_";

    /// <summary>Null when it is set nowhere; an empty value counts as not set.</summary>
    public string? Get(string name)
    {
        var value = environment.GetValueOrDefault(name);
        if (string.IsNullOrWhiteSpace(value))
        {
            value = file.GetValueOrDefault(FileName(name));
        }

        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    public static string FileName(string name) => name[Prefix.Length..].ToLowerInvariant();
}
