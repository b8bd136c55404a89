using MultiMail.TransparencyLog;
using System.Globalization;
using System.Text.Json;

namespace MultiMail.Core.Audit;

/// <summary>Reads a stored leaf back for people and agents.</summary>
internal static class LeafReading
{
    public static AuditRow Parse(AuditEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Entry);
        var root = json.RootElement;
        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
        var actor = root.GetProperty("actor");
        return new AuditRow(
            entry.Index, DateTimeOffset.Parse(Text("at")!, CultureInfo.InvariantCulture), Text("event")!,
            actor.GetProperty("id").GetString()!, actor.GetProperty("kind").GetString()!, Text("mailbox"), Text("message"), Text("mode"),
            Text("policy"), Text("reason"), Text("result"), Text("digest"), new Hash32(entry.LeafHash).ToBase64());
    }
}
