using System.Globalization;
using System.Text.Json;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary>What a message shall say, in a form that composers in several languages share.</summary>
internal sealed record Specification(
    string Id,
    string Subject,
    IReadOnlyList<ParsedAddress> From,
    IReadOnlyList<ParsedAddress> To,
    IReadOnlyList<ParsedAddress> Cc,
    IReadOnlyList<ParsedAddress> ReplyTo,
    DateTime Date,
    string MessageId,
    IReadOnlyList<string> References,
    IReadOnlyList<string> InReplyTo,
    string? Text,
    string? Html,
    IReadOnlyList<SpecifiedFile> Attachments)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<Specification> List(byte[] json) => JsonSerializer.Deserialize<List<Specification>>(json, Json) ?? [];

    /// <summary>The bytes as they leave: the frozen form with the Date in front.</summary>
    public byte[] Compose() => FrozenForm.Prepend(
        MessageComposer.Compose(Message()).Wire,
        [("Date", Date.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture))]);

    private OutgoingMessage Message() => new()
    {
        From = Address(From[0]),
        To = [.. To.Select(Address)],
        Cc = [.. Cc.Select(Address)],
        ReplyTo = [.. ReplyTo.Select(Address)],
        Subject = Subject,
        Text = Text,
        Html = Html,
        Attachments = [.. Attachments.Select(item => new OutgoingAttachment(item.Filename, item.ContentType, item.Data))],
        MessageIdField = MessageId,
        InReplyTo = InReplyTo is [var parent, ..] ? parent : null,
        References = [.. References.Where(id => !InReplyTo.Contains(id))],
        MaxReferences = 100,
        BoundarySeed = Id,
    };

    private static MailboxAddress Address(ParsedAddress given)
    {
        var text = string.IsNullOrEmpty(given.Name) ? given.Address : $"\"{given.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{given.Address}>";
        return MailboxAddress.TryParse(text, out var address, out var fault) ? address : throw new InvalidDataException($"{text}: {fault}");
    }
}

internal sealed record SpecifiedFile(string Filename, string ContentType, byte[] Data);
