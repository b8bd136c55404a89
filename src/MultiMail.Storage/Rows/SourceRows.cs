using System.Text.Json;
using System.Text.Json.Serialization;

namespace MultiMail.Storage.Rows;

internal static class SourceRows
{
    public static MessageSource Source(Statement s) =>
        new(EnumNames<MailOrigin>.Parse(s.Text()), s.TextOrNull(), s.TextOrNull() is { } json ? JsonSerializer.Deserialize(json, SourceJson.Default.SenderAuthentication) : null)
        {
            Identity = s.TextOrNull() ?? Verification.Undetermined,
        };

    /// <summary>Binds what follows account and id in <see cref="SourceSql.Insert"/>.</summary>
    public static Statement Bind(this Statement s, MessageSource source) => s
        .Bind(EnumNames<MailOrigin>.Of(source.Origin)).Bind(source.ReturnPath)
        .Bind(source.Authentication is { } found ? JsonSerializer.Serialize(found, SourceJson.Default.SenderAuthentication) : null)
        .Bind(source.Identity);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SenderAuthentication))]
internal sealed partial class SourceJson : JsonSerializerContext;
