using System.Collections.Frozen;
using System.Globalization;

namespace MultiMail.Mail;

/// <summary>What a message must not be before it is written. Refuses, never repairs: a person approves what was asked for.</summary>
internal static class OutgoingRules
{
    private const int MaxWord = 900;
    private const int MaxFileName = 255;
    private const int MaxLanguage = 35;
    private const int MaxSubject = 998;
    private const int MaxMessageId = 250;

    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            "From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Date", "Subject", "Message-ID", "In-Reply-To", "References",
            "MIME-Version", "Return-Path", "Received", "DKIM-Signature", "Authentication-Results",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static List<MailFault> Faults(OutgoingMessage message)
    {
        var faults = new List<MailFault>();
        Header(faults, "subject", message.Subject);
        if (message.Language is { } language && (language.Length is 0 or > MaxLanguage || !language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            faults.Add(new MailFault("language", "language_malformed", "this is no language tag", "Write a tag such as en or de-AT."));
        }

        if (message.Subject.Length > MaxSubject)
        {
            faults.Add(new MailFault("subject", "subject_too_long", $"the subject is longer than {MaxSubject} characters", "Shorten it."));
        }
        else if (message.Subject.Split(' ').Any(word => word.Length > MaxWord))
        {
            faults.Add(new MailFault("subject", "subject_word", "the subject has a word that no line can hold", $"Give words of at most {MaxWord} characters."));
        }

        Names(faults, message);
        Bodies(faults, message);
        Ids(faults, message);
        for (var i = 0; i < message.Attachments.Count; i++)
        {
            Attachment(faults, Indexed("attachments", i), message.Attachments[i]);
        }

        for (var i = 0; i < message.ExtraHeaders.Count; i++)
        {
            Extra(faults, Indexed("extra_headers", i), message.ExtraHeaders[i]);
        }

        return faults;
    }

    private static void Names(List<MailFault> faults, OutgoingMessage message)
    {
        Name(faults, "from", message.From);
        foreach (var (field, list) in new[] { ("to", message.To), ("cc", message.Cc), ("reply_to", message.ReplyTo) })
        {
            for (var i = 0; i < list.Count; i++)
            {
                Name(faults, Indexed(field, i), list[i]);
            }
        }
    }

    private static void Name(List<MailFault> faults, string field, MailboxAddress address)
    {
        if (address.DisplayName is { } name)
        {
            Header(faults, field, name);
        }
    }

    private static void Bodies(List<MailFault> faults, OutgoingMessage message)
    {
        if (message is { Text: null, Html: null, Markdown: null })
        {
            faults.Add(new MailFault("text", "body_required", "the message has no body", "Give text, html or markdown."));
        }

        if (message is { Html: not null, Markdown: not null })
        {
            faults.Add(new MailFault("markdown", "body_conflict", "html and markdown are both given", "Give one of them; text may stand beside either."));
        }

        Body(faults, "text", message.Text);
        Body(faults, "html", message.Html);
        Body(faults, "markdown", message.Markdown);
    }

    private static void Body(List<MailFault> faults, string field, string? body)
    {
        if (body is null)
        {
            return;
        }

        if (body.Contains('\0', StringComparison.Ordinal) || !Surrogates.AreWhole(body))
        {
            faults.Add(new MailFault(field, "body_not_text", "the body holds NUL or half of a surrogate pair", "Send valid Unicode text."));
        }
    }

    private static void Ids(List<MailFault> faults, OutgoingMessage message)
    {
        Id(faults, "message_id_field", message.MessageIdField);
        if (message.InReplyTo is not null)
        {
            Id(faults, "in_reply_to", message.InReplyTo);
        }

        for (var i = 0; i < message.References.Count; i++)
        {
            Id(faults, Indexed("references", i), message.References[i]);
        }
    }

    // Ids of strangers are often no dot-atoms; what matters here is that one can stand between < and > on a line.
    private static void Id(List<MailFault> faults, string field, string id)
    {
        var whole = id.Length is > 2 and <= MaxMessageId && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && id.AsSpan().IndexOfAny('<', '>') < 0;
        if (!whole)
        {
            faults.Add(new MailFault(field, "message_id_malformed", "this is no Message-ID", "Give it without brackets: printable ASCII, no blanks, at most 250 characters."));
        }
    }

    private static void Attachment(List<MailFault> faults, string field, OutgoingAttachment attachment)
    {
        Header(faults, field + ".file_name", attachment.FileName);
        if (attachment.FileName.Length is 0 or > MaxFileName || attachment.FileName.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            faults.Add(new MailFault(field + ".file_name", "file_name_malformed", "the file name is empty, longer than 255 characters or a path", "Give the bare name of the file."));
        }

        if (!MediaType.TryParse(attachment.ContentType, out var type) || type.Name.StartsWith("multipart/", StringComparison.Ordinal))
        {
            faults.Add(new MailFault(field + ".content_type", "content_type_malformed", "this is no media type of a file", "Give type/subtype, such as application/pdf."));
        }
        else if (MediaType.IsMessage(type.Name) && FrozenForm.Faults(attachment.Content.Span).Count > 0)
        {
            faults.Add(new MailFault(field, "message_not_frozen", "an attached message must be 7-bit with CRLF line ends", "Attach it as application/octet-stream."));
        }
    }

    private static void Extra(List<MailFault> faults, string field, (string Name, string Value) header)
    {
        if (!Atoms.IsFieldName(header.Name))
        {
            faults.Add(new MailFault(field, "header_name", "the field name has a character that is not allowed", "Use letters, digits and hyphens."));
        }
        else if (Reserved.Contains(header.Name) || HasReservedPrefix(header.Name))
        {
            faults.Add(new MailFault(field, "header_reserved", $"the field {header.Name} is written by the composer or the delivery alone", "Leave it out."));
        }

        Header(faults, field, header.Value);
        if (header.Value.Trim(' ').Length == 0 || header.Value.Split(' ').Any(word => word.Length > MaxWord))
        {
            faults.Add(new MailFault(field, "header_value", "the value is empty or has a word that no line can hold", $"Give words of at most {MaxWord} characters."));
        }
    }

    private static bool HasReservedPrefix(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Resent-", StringComparison.OrdinalIgnoreCase);

    private static void Header(List<MailFault> faults, string field, string value)
    {
        if (HeaderText.Fault(value) is { } fault)
        {
            faults.Add(new MailFault(field, "control_character", fault, "Remove it; a header value is one line of text."));
        }
    }

    private static string Indexed(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
