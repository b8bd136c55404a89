using System.Text.Json;

namespace MultiMail.Mcp.Hosting;

/// <summary><c>multimail.json</c>: one object of plain values. What it does not know it refuses, by name.</summary>
internal static class SettingsFile
{
    private static readonly string[] Names =
        [.. new[] { "MULTIMAIL_DATABASE", "MULTIMAIL_LISTEN", "MULTIMAIL_MASTER_KEY_FILE", "MULTIMAIL_PUBLIC_URL", "MULTIMAIL_SMTP_URL", "MULTIMAIL_IMAP_URL", "MULTIMAIL_TOOLSETS", "MULTIMAIL_READ_ONLY",
            SmtpListen.Setting, SmtpListen.NameSetting, SmtpListen.CertificateSetting, SmtpListen.KeySetting }
            .Select(SettingsSource.FileName)];

    private static readonly JsonDocumentOptions Format = new() { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Empty when there is no such file.</summary>
    /// <exception cref="SetupException">It cannot be read as settings.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Format);
            return document.RootElement.EnumerateObject().ToDictionary(p => Known(p.Name, path), p => Text(p, path), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"The settings file {path} cannot be read: {e.Message}", "Write one JSON object, e.g. { \"listen\": \"http://127.0.0.1:8484\" }.", e);
        }
    }

    private static string Known(string name, string path) => Names.Contains(name, StringComparer.Ordinal)
        ? name
        : throw new SetupException($"The settings file {path} has an unknown setting, {name}.", $"Known are: {string.Join(", ", Names)}.");

    private static string Text(JsonProperty property, string path) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString()!, // A string value has text.
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when property.Value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) =>
            string.Join(',', property.Value.EnumerateArray().Select(v => v.GetString())),
        _ => throw new SetupException($"The setting {property.Name} in {path} is no text, flag or list of texts.", "Write a string, true, false or an array of strings."),
    };
}
