using System.Globalization;
using System.Text.Json;
using MultiMail.Mail;

namespace MultiMail.Benchmarks.Mail;

/// <summary><c>compose SPECS.json OUTDIR</c>: each specification as OUTDIR/ID.eml, the Date in front as when a message leaves.</summary>
internal static class ComposeSpecs
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<bool> RunAsync(string[] args)
    {
        if (args is not [var file, var output])
        {
            return false;
        }

        Directory.CreateDirectory(output);
        var specifications = JsonSerializer.Deserialize<List<Specification>>(await File.ReadAllBytesAsync(file).ConfigureAwait(false), Json) ?? [];
        foreach (var given in specifications)
        {
            var wire = MessageComposer.Compose(given.Message()).Wire;
            var date = given.Date.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
            await File.WriteAllBytesAsync(Path.Combine(output, given.Id + ".eml"), FrozenForm.Prepend(wire, [("Date", date)])).ConfigureAwait(false);
        }

        await Output.LineAsync(string.Create(CultureInfo.InvariantCulture, $"{specifications.Count} messages")).ConfigureAwait(false);
        return true;
    }

    private sealed record Specification(
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
        public OutgoingMessage Message() => new()
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

    private sealed record SpecifiedFile(string Filename, string ContentType, byte[] Data);
}
