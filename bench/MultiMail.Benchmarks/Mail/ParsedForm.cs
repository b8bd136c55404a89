using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary>A message in the form in which several parsers are compared; text attachments count in LF lines without those at their end.</summary>
internal sealed record ParsedForm
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Subject { get; init; }

    public required IReadOnlyList<ParsedAddress> From { get; init; }

    public required IReadOnlyList<ParsedAddress> To { get; init; }

    public required IReadOnlyList<ParsedAddress> Cc { get; init; }

    public required IReadOnlyList<ParsedAddress> ReplyTo { get; init; }

    public string? Date { get; init; }

    public string? MessageId { get; init; }

    public required IReadOnlyList<string> InReplyTo { get; init; }

    public required IReadOnlyList<string> References { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public required IReadOnlyList<ParsedAttachment> Attachments { get; init; }

    /// <summary>Ours alone: the others have no such thing.</summary>
    public DeliveryReport? Report { get; init; }

    public static ParsedForm Of(ReadMessage read) => new()
    {
        Subject = read.Subject,
        From = Addresses(read.Authors),
        To = Addresses(read.To),
        Cc = Addresses(read.Cc),
        ReplyTo = Addresses(read.ReplyTo),
        Date = read.Date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        MessageId = read.MessageIdField,
        InReplyTo = read.InReplyTo is null ? [] : [read.InReplyTo],
        References = read.References,
        Text = read.PlainText,
        Html = read.Html,
        Attachments = [.. read.Attachments.Select(ParsedAttachment.Of)],
        Report = read.Report,
    };

    public string Json() => JsonSerializer.Serialize(this, Options);

    private static IReadOnlyList<ParsedAddress> Addresses(IReadOnlyList<MailboxAddressText> addresses) =>
        [.. addresses.Select(address => new ParsedAddress(address.DisplayName, address.Address))];
}

internal sealed record ParsedAddress(string? Name, string Address);

internal sealed record ParsedAttachment(string? Filename, string ContentType, long? Size, string? Sha256)
{
    public static ParsedAttachment Of(ReadAttachment file)
    {
        if (file.ContentType.StartsWith("message/", StringComparison.Ordinal) || file.ContentType == "text/rfc822-headers")
        {
            return new ParsedAttachment(file.DeclaredName, file.ContentType, null, null);
        }

        var content = file.ContentType.StartsWith("text/", StringComparison.Ordinal) ? Lines(file.Decode().ToArray()) : file.Decode().ToArray();
        return new ParsedAttachment(file.DeclaredName, file.ContentType, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private static byte[] Lines(byte[] content)
    {
        var kept = 0;
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] != '\r' || i + 1 == content.Length || content[i + 1] != '\n')
            {
                content[kept++] = content[i];
            }
        }

        return content.AsSpan(0, kept).TrimEnd((byte)'\n').ToArray();
    }
}
