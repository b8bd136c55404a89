using MimeKit;

namespace MultiMail.Mail;

/// <summary>Finds the report in a message: its machine-readable leaf if there is one, else the free text of an old bounce.</summary>
internal sealed class ReportReader(ParsedMail mail, string? returnPath)
{
    /// <summary>Null for what is no report.</summary>
    public DeliveryReport? Read(string textBody)
    {
        foreach (var leaf in mail.Leaves)
        {
            if (Read(leaf) is { } report)
            {
                return report;
            }
        }

        return ReturnPath.IsNull(returnPath) ? Plain(textBody) : null;
    }

    private DeliveryReport? Read(MimeEntity leaf)
    {
        var type = leaf.ContentType;
        if (!type.MediaType.Equals("message", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return type.MediaSubtype.ToLowerInvariant() switch
        {
            // RFC 6533: the same for addresses outside ASCII.
            "delivery-status" or "global-delivery-status" => DeliveryStatus(Blocks(leaf)),
            "disposition-notification" or "global-disposition-notification" => Disposition(Blocks(leaf)),
            "feedback-report" => Complaint(Blocks(leaf)),
            _ => null,
        };
    }

    private DeliveryReport DeliveryStatus(IReadOnlyList<FieldBlock> blocks) => new()
    {
        Kind = ReportKind.DeliveryStatus,
        OriginalMessageId = Returned.MessageId(mail) ?? Returned.Id(Any(blocks, "X-Original-Message-ID")) ?? OwnReference(),
        OriginalEnvelopeId = Any(blocks, "Original-Envelope-Id") is { } id ? Xtext.Decode(id) : null,
        Recipients = [.. blocks.SelectMany(block => block.SplitAt("Final-Recipient")).Select(ReportRecipient.OfStatus).OfType<ReportedRecipient>().Take(ReportRecipient.Most)],
    };

    private DeliveryReport Disposition(IReadOnlyList<FieldBlock> blocks) => new()
    {
        Kind = ReportKind.Disposition,
        OriginalMessageId = Returned.Id(Any(blocks, "Original-Message-ID")) ?? Returned.MessageId(mail),
        OriginalEnvelopeId = Any(blocks, "Original-Envelope-Id") is { } id ? Xtext.Decode(id) : null,
        Recipients = [.. blocks.Select(ReportRecipient.OfDisposition).OfType<ReportedRecipient>().Take(ReportRecipient.Most)],
    };

    private DeliveryReport Complaint(IReadOnlyList<FieldBlock> blocks) => new()
    {
        Kind = ReportKind.Complaint,
        OriginalMessageId = Returned.MessageId(mail),
        OriginalEnvelopeId = Any(blocks, "Original-Envelope-Id") is { } id ? Xtext.Decode(id) : null,
        Recipients = [.. blocks.SelectMany(ReportRecipient.OfComplaint).Take(ReportRecipient.Most)],
    };

    private DeliveryReport? Plain(string textBody)
    {
        var recipients = PlainBounce.Recipients(textBody, mail.Message.Headers["X-Failed-Recipients"]);
        return recipients.Count == 0 ? null : new DeliveryReport
        {
            Kind = ReportKind.PlainBounce,
            OriginalMessageId = Returned.MessageId(mail) ?? Returned.InText(textBody) ?? OwnReference(),
            Recipients = recipients,
        };
    }

    // RFC 3464 knows no such thing, but what answers a message names it here.
    private string? OwnReference() => mail.Message.InReplyTo is { Length: > 0 } id ? BodyText.Clean(id) : null;

    private IReadOnlyList<FieldBlock> Blocks(MimeEntity leaf) => FieldBlocks.Parse(mail.Decode(leaf));

    private static string? Any(IReadOnlyList<FieldBlock> blocks, string name) => blocks.Select(block => block[name]).FirstOrDefault(value => value is not null);
}
