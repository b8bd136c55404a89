using System.Text.Json.Serialization;
using MultiMail.Core.Audit;
using MultiMail.Core.Evidence;
using MultiMail.Core.Contacts;
using MultiMail.Core.Identity;
using MultiMail.Core.Mailboxes;
using MultiMail.Core.Messages;
using MultiMail.Core.Oversight;
using MultiMail.Core.Policy;
using MultiMail.Core.Requests;
using MultiMail.Core.Pausing;
using MultiMail.Core.Templates;
using MultiMail.Core.Notices;
using MultiMail.Core.Profile;
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
[JsonSerializable(typeof(EditReceipt))]
[JsonSerializable(typeof(PreviewView))]
[JsonSerializable(typeof(MessageStatusView))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(MessageList))]
[JsonSerializable(typeof(MessageView))]
[JsonSerializable(typeof(ThreadBody))]
[JsonSerializable(typeof(TagResults))]
[JsonSerializable(typeof(MailboxView))]
[JsonSerializable(typeof(MailboxList))]
[JsonSerializable(typeof(LinkTest))]
[JsonSerializable(typeof(DomainView))]
[JsonSerializable(typeof(DomainList))]
[JsonSerializable(typeof(PendingList))]
[JsonSerializable(typeof(ReviewBody))]
[JsonSerializable(typeof(DecisionReceipt))]
[JsonSerializable(typeof(RequestReceipt))]
[JsonSerializable(typeof(RequestList))]
[JsonSerializable(typeof(RequestView))]
[JsonSerializable(typeof(RequestDecisionReceipt))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(NoticeStatus))]
[JsonSerializable(typeof(NoticeTest))]
[JsonSerializable(typeof(AuditList))]
[JsonSerializable(typeof(AccessRuleList))]
[JsonSerializable(typeof(AccessRuleView))]
[JsonSerializable(typeof(PolicyView))]
[JsonSerializable(typeof(SuppressionList))]
[JsonSerializable(typeof(SuppressionView))]
[JsonSerializable(typeof(PauseList))]
[JsonSerializable(typeof(EvidenceView))]
[JsonSerializable(typeof(ContactList))]
[JsonSerializable(typeof(ContactView))]
[JsonSerializable(typeof(TemplateList))]
[JsonSerializable(typeof(TemplateView))]
[JsonSerializable(typeof(SuppressionRemoval))]
[JsonSerializable(typeof(ReputationView))]
[JsonSerializable(typeof(VerificationView))]
[JsonSerializable(typeof(AgentStatus))]
internal sealed partial class ApiJson : JsonSerializerContext;
