namespace MultiMail.Mcp.Hosting;

/// <summary>Where a setting's text comes from. <c>MULTIMAIL_PUBLIC_URL</c> is <c>public_url</c> in the file.</summary>
internal sealed class SettingsSource(IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> file)
{
    private const string Prefix = "MULTIMAIL_";
    private readonly List<SettingOrigin> _origins = [];

    /// <summary>What was asked for so far and is set.</summary>
    public IReadOnlyList<SettingOrigin> Origins => _origins;

    /// <summary>Null when it is set nowhere; an empty value counts as not set.</summary>
    public string? Get(string name)
    {
        var value = environment.GetValueOrDefault(name);
        var fromFile = string.IsNullOrWhiteSpace(value);
        if (fromFile)
        {
            value = file.GetValueOrDefault(FileName(name));
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        _origins.Add(new SettingOrigin(name, fromFile));
        return value.Trim();
    }

    public static string FileName(string name) => name[Prefix.Length..].ToLowerInvariant();
}

/// <param name="FromFile">In multimail.json; else in the environment.</param>
internal sealed record SettingOrigin(string Name, bool FromFile);
