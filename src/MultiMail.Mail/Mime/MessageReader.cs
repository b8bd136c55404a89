using System.Security.Cryptography;
using MimeKit;

namespace MultiMail.Mail;

/// <summary>
/// Reads what strangers send: never throws, linear in the size of the message. Limits are those of the guard; what lies beyond
/// one is left out and named as a defect, and the raw bytes stay the truth.
/// </summary>
public static class MessageReader
{
    /// <summary>Parts beyond this are still listed; more is the defect <c>many_parts</c>.</summary>
    private const int ManyParts = 200;

    /// <param name="raw">The message as received.</param>
    /// <param name="returnPath">
    /// Reverse path of the envelope, empty or <c>&lt;&gt;</c> for the null path of reports; null when it is not known, then the field
    /// Return-Path counts.
    /// </param>
    /// <param name="markdown">Fill <see cref="ReadMessage.Marked"/> as well.</param>
    public static ReadMessage Read(ReadOnlyMemory<byte> raw, string? returnPath = null, bool markdown = false)
    {
        if (ParsedMail.TryParse(raw) is not { } mail)
        {
            return Unparsable(raw);
        }

        try
        {
            var read = Read(mail, returnPath, markdown);
            return read with { Shape = MessageShape.Of(raw.Span, mail, read.Attachments) };
        }
        catch (Exception exception) when (ParserFaults.IsExpected(exception))
        {
            return Unparsable(raw);
        }
    }

    /// <summary>Decoded content of the leaf with that index (<see cref="ReadAttachment.PartIndex"/>); empty when there is none.</summary>
    public static ReadOnlyMemory<byte> Attachment(ReadOnlyMemory<byte> raw, int partIndex)
    {
        var mail = ParsedMail.TryParse(raw);
        return mail is not null && partIndex >= 0 && partIndex < mail.Leaves.Count ? mail.Decode(mail.Leaves[partIndex]) : ReadOnlyMemory<byte>.Empty;
    }

    private static ReadMessage Read(ParsedMail mail, string? returnPath, bool markdown)
    {
        var draft = new ReadMessageDraft();
        draft.Defects.AddRange(mail.Copy.Defects);
        new BodyReader(mail, markdown).Fill(draft);
        if (mail.Leaves.Count > ManyParts)
        {
            draft.Defects.Add("many_parts");
        }

        var header = new HeaderReader(mail, returnPath);
        header.Judge(draft.Defects);
        var report = new ReportReader(mail, header.ReturnPath).Read(draft.TextBody);
        return new ReadMessage
        {
            Authors = header.Authors,
            To = header.To,
            Cc = header.Cc,
            ReplyTo = header.ReplyTo,
            Subject = header.Subject,
            Date = header.Date,
            MessageIdField = header.MessageIdField,
            InReplyTo = header.InReplyTo,
            References = header.References,
            IsAutomatic = report is not null || header.IsAutomatic,
            Report = report,
            Headers = header.Fields,
            TextBody = draft.TextBody,
            Trimmed = draft.Trimmed,
            Marked = draft.Marked,
            PlainText = draft.PlainText,
            Html = draft.Html,
            TextDiffersFromHtml = draft.TextDiffers,
            HiddenText = draft.HiddenText,
            Links = draft.Links,
            Events = Events(mail),
            Attachments = [.. mail.Leaves.Index().Where(leaf => BodyReader.IsAttachment(leaf.Item)).Select(leaf => Attachment(mail, leaf.Index, leaf.Item))],
            Defects = [.. draft.Defects.Distinct(StringComparer.Ordinal)],
        };
    }

    private static IReadOnlyList<CalendarEvent> Events(ParsedMail mail) =>
        [.. mail.Leaves
            .Where(leaf => leaf.ContentType.IsMimeType("text", "calendar"))
            .Take(CalendarReader.MaxEvents)
            .SelectMany(leaf => CalendarReader.Read(mail.Decode(leaf), leaf.ContentType.Charset, leaf.ContentType.Parameters["method"]))
            .DistinctBy(item => (item.Uid, item.Start))
            .Take(CalendarReader.MaxEvents)];

    private static ReadAttachment Attachment(ParsedMail mail, int index, MimeEntity entity)
    {
        var content = mail.Decode(entity);
        var name = (entity as MimePart)?.FileName ?? entity.ContentDisposition?.FileName ?? entity.ContentType.Name;
        return new ReadAttachment(() => mail.Decode(entity))
        {
            PartIndex = index,
            FileName = FileNames.Sanitise(name),
            DeclaredName = name is null ? null : BodyText.Clean(name),
            ContentType = entity.ContentType.MimeType.ToLowerInvariant(),
            ContentId = entity.ContentId,
            IsInline = entity.ContentDisposition is { IsAttachment: false },
            Size = content.Length,
            Message = entity is MessagePart { Message: { } inner } and not TextRfc822Headers ? HeaderReader.Nested(inner) : null,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
    }

    private static ReadMessage Unparsable(ReadOnlyMemory<byte> raw)
    {
        var text = BodyText.Decode(raw.Span[..Math.Min(raw.Length, 100_000)], null, html: false);
        var shown = LineEnds.ToLf(text);
        return new ReadMessage { TextBody = shown, Trimmed = shown, Marked = new MarkedText(shown, shown), PlainText = text, Defects = ["unparsable"], Shape = MessageShape.Of(raw.Span) };
    }
}
