using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MultiMail.Core.Evidence;
using MultiMail.Core.Identity;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Pausing;
using MultiMail.Core.Policy;
using MultiMail.Core.Privacy;
using MultiMail.Core.Suppression;

namespace MultiMail.Mcp.Commands;

/// <summary>The answer of <c>init --json</c>.</summary>
/// <param name="Operator">E-mail address, or the id while there is none.</param>
internal sealed record InitResult(string Data, string Operator, string Mailbox, string Listen);

/// <summary>The answer of <c>key create --json</c>, the only time that the secret is shown.</summary>
internal sealed record KeyResult(string Id, string Name, string Key, IReadOnlyList<string> Scopes, string Env);

[JsonSerializable(typeof(InitResult))]
[JsonSerializable(typeof(KeyResult))]
[JsonSerializable(typeof(ClientConfiguration))]
[JsonSerializable(typeof(DomainView))]
[JsonSerializable(typeof(DomainList))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(SuppressionList))]
[JsonSerializable(typeof(AccessRuleList))]
[JsonSerializable(typeof(PauseList))]
[JsonSerializable(typeof(EvidenceView))]
[JsonSerializable(typeof(AddressExport))]
[JsonSerializable(typeof(ErasureReport))]
[JsonSerializable(typeof(VerificationView))]
internal sealed partial class CommandJson : JsonSerializerContext
{
    private static readonly CommandJson Plain = new(Format(indented: false));

    private static readonly CommandJson Indented = new(Format(indented: true));

    public static string Write(InitResult result) => JsonSerializer.Serialize(result, Plain.InitResult);

    public static string Write(KeyResult result) => JsonSerializer.Serialize(result, Plain.KeyResult);

    public static string Write(DomainView domain) => JsonSerializer.Serialize(domain, Plain.DomainView);

    public static string Write(DomainList domains) => JsonSerializer.Serialize(domains, Plain.DomainList);

    public static string Write(DoctorReport report) => JsonSerializer.Serialize(report, Plain.DoctorReport);

    public static string Write(SuppressionList list) => JsonSerializer.Serialize(list, Plain.SuppressionList);

    public static string Write(AccessRuleList list) => JsonSerializer.Serialize(list, Plain.AccessRuleList);

    public static string Write(PauseList list) => JsonSerializer.Serialize(list, Plain.PauseList);

    public static string Write(EvidenceView evidence) => JsonSerializer.Serialize(evidence, Plain.EvidenceView);

    public static string Write(AddressExport export) => JsonSerializer.Serialize(export, Indented.AddressExport);

    public static string Write(ErasureReport report) => JsonSerializer.Serialize(report, Plain.ErasureReport);

    public static string Write(VerificationView found) => JsonSerializer.Serialize(found, Plain.VerificationView);

    public static string Write(ClientConfiguration configuration) => JsonSerializer.Serialize(configuration, Indented.ClientConfiguration);

    // For people to paste and programs to read: no browser interprets it, so nothing but JSON's own escapes is needed.
    private static JsonSerializerOptions Format(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
    };
}
