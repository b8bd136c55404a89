using System.Text.Json.Serialization;

namespace MultiMail.Core.Messages;

/// <summary>How a receipt is kept for a repeated request.</summary>
[JsonSerializable(typeof(SubmissionReceipt))]
[JsonSerializable(typeof(EditReceipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
