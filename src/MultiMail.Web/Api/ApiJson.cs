using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MultiMail.Core.Audit;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;
using MultiMail.Web.Hosting;
using MultiMail.Web.Problems;

namespace MultiMail.Web.Api;

/// <summary>Everything that REST answers with: snake_case, times in UTC with milliseconds, absent values left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(SubmissionReceipt))]
[JsonSerializable(typeof(MessageStatusView))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(MessageList))]
[JsonSerializable(typeof(MessageView))]
[JsonSerializable(typeof(ThreadBody))]
[JsonSerializable(typeof(TagResults))]
[JsonSerializable(typeof(MailboxView))]
[JsonSerializable(typeof(MailboxList))]
[JsonSerializable(typeof(PendingList))]
[JsonSerializable(typeof(ReviewBody))]
[JsonSerializable(typeof(DecisionReceipt))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(AuditList))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Members that a caller finds in every answer, null or not.</summary>
    private static readonly HashSet<string> AlwaysThere = new(StringComparer.Ordinal) { "next_cursor", "approval_url", "from_name", "display_name", "agent_id", "expires_at" };

    /// <summary>Non-ASCII mail stays readable; the type is application/json with nosniff, never HTML.</summary>
    public static JsonSerializerOptions Wire { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = Default.WithAddedModifier(KeepNulls),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void KeepNulls(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(p => AlwaysThere.Contains(p.Name)))
        {
            member.ShouldSerialize = static (_, _) => true;
        }
    }
}
