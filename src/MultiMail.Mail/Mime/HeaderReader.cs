using MimeKit;

namespace MultiMail.Mail;

/// <summary>The fields of the top header as our records.</summary>
internal sealed class HeaderReader(ParsedMail mail, string? returnPath)
{
    private const int MaxFields = 500;
    private const int MaxValue = 2_000;
    private readonly MimeMessage message = mail.Message;

    public IReadOnlyList<MailboxAddressText> Authors { get; } = Addresses(mail.Message.From);

    public IReadOnlyList<MailboxAddressText> To { get; } = Addresses(mail.Message.To);

    public IReadOnlyList<MailboxAddressText> Cc { get; } = Addresses(mail.Message.Cc);

    public IReadOnlyList<MailboxAddressText> ReplyTo { get; } = Addresses(mail.Message.ReplyTo);

    public string Subject => BodyText.Clean(message.Subject ?? string.Empty);

    public DateTimeOffset? Date => DateField.Parse(message.Headers[HeaderId.Date]) ?? (message.Date == DateTimeOffset.MinValue ? null : message.Date);

    public string? MessageIdField => Id(message.MessageId);

    public string? InReplyTo => Id(message.InReplyTo);

    public IReadOnlyList<string> References => [.. message.References.Select(Id).OfType<string>()];

    public IReadOnlyList<(string Name, string Value)> Fields =>
        [.. message.Headers.Skip(mail.Copy.HasNoHeader ? 1 : 0).Concat(Body()).Take(MaxFields).Select(header => (header.Field, Cut(header.Value)))];

    /// <summary>As the caller knows it from the envelope, else as whoever delivered the message noted it; null when unknown.</summary>
    public string? ReturnPath => returnPath ?? Value("Return-Path");

    /// <summary>RFC 3834 §2, list mail, Exchange's own mark, and the null reverse path.</summary>
    public bool IsAutomatic =>
        Word("Auto-Submitted") is not (null or "no")
        || Value("List-Id") is not null
        || Word("Precedence") is "bulk" or "junk" or "list"
        || Word("X-Auto-Response-Suppress") is not (null or "none")
        || MultiMail.Mail.ReturnPath.IsNull(ReturnPath);

    public void Judge(List<string> defects)
    {
        if (Authors.Count != 1)
        {
            defects.Add(Authors.Count == 0 ? "no_from" : "several_from");
        }

        if (Authors.Any(author => NamesAnotherAddress(author)))
        {
            defects.Add("address_in_display_name");
        }

        var own = Authors.Count > 0 ? Authors[0].Mailbox?.Domain : null;
        if (own is not null && ReplyTo.Any(reply => reply.Mailbox is { } mailbox && mailbox.Domain != own))
        {
            defects.Add("reply_to_other_domain");
        }
    }

    private static bool NamesAnotherAddress(MailboxAddressText author) => author.DisplayName is { } name
        && name.Contains('@', StringComparison.Ordinal)
        && !string.Equals(name.Trim(' ', '"', '\'', '<', '>'), author.Address, StringComparison.OrdinalIgnoreCase);

    /// <summary>Subject and first author of a message inside the message.</summary>
    public static NestedMessage Nested(MimeMessage inner) =>
        new(BodyText.Clean(inner.Subject ?? string.Empty), inner.From.Mailboxes.Select(Address).FirstOrDefault());

    private static IReadOnlyList<MailboxAddressText> Addresses(InternetAddressList list) => [.. list.Mailboxes.Select(Address)];

    private static MailboxAddressText Address(MimeKit.MailboxAddress mailbox)
    {
        var address = BodyText.Clean(mailbox.Address ?? string.Empty);
        _ = MailboxAddress.TryParse(address, out var valid, out _);
        var name = mailbox.Name is { Length: > 0 } given ? Blanks.Collapse(BodyText.Clean(given)) : null;
        return new MailboxAddressText(name, address, valid);
    }

    private static string? Id(string? id) => string.IsNullOrEmpty(id) ? null : BodyText.Clean(id);

    private static string Cut(string? value)
    {
        var text = value ?? string.Empty;
        return BodyText.Clean(text.Length > MaxValue ? text[..MaxValue] : text);
    }

    // The parser keeps the Content- fields with the body.
    private IEnumerable<Header> Body() => message.Body?.Headers ?? Enumerable.Empty<Header>();

    private string? Value(string name) => message.Headers[name];

    /// <summary>The first word in lower case, without parameters and comments; null when there is none.</summary>
    private string? Word(string name) =>
        Value(name)?.Trim().Split([' ', '\t', ';', '(', ','], 2)[0].ToLowerInvariant() is { Length: > 0 } word ? word : null;
}
