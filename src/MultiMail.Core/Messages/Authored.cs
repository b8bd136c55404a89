using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MultiMail.Core.Messages;

/// <summary>
/// What the author of a message wrote, before anything was added to it. An edit starts from here, so that footer and disclosure are
/// added once; a reviewer sees it beside what will leave.
/// </summary>
internal sealed record Authored
{
    public string? From { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string> Cc { get; init; } = [];

    public IReadOnlyList<string> Bcc { get; init; } = [];

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public string? Markdown { get; init; }

    public IReadOnlyList<AuthoredFile> Files { get; init; } = [];

    public string? Category { get; init; }

    public string? TransactionalBasis { get; init; }

    public string? Intent { get; init; }

    public string? SendAt { get; init; }

    /// <summary>The message that this one answers.</summary>
    public long? Parent { get; init; }

    public static Authored Of(Submission given, IReadOnlyList<Mail.OutgoingAttachment> attachments, Message? parent) => new()
    {
        From = given.From,
        To = given.To,
        Cc = given.Cc,
        Bcc = given.Bcc,
        Subject = given.Subject,
        Text = given.Text,
        Html = given.Html,
        Markdown = given.Markdown,
        Files = [.. attachments.Select(a => new AuthoredFile(a.FileName, a.ContentType, SHA256.HashData(a.Content.Span)))],
        Category = given.Category,
        TransactionalBasis = given.TransactionalBasis,
        Intent = given.Intent,
        SendAt = given.SendAt,
        Parent = parent?.Id.Value,
    };

    /// <param name="files">The bytes of <see cref="Files"/>, in that order.</param>
    public KeptAuthored Keep(IReadOnlyList<Mail.OutgoingAttachment> files) =>
        new(ToJson(), [.. Files.Select((file, i) => (file.Sha256, files[i].Content.ToArray()))]);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AuthoredJson.Default.Authored);

    public static Authored Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, AuthoredJson.Default.Authored) ?? throw new InvalidDataException("What an author wrote cannot be read.");
}

internal sealed record AuthoredFile(string FileName, string ContentType, byte[] Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Authored))]
internal sealed partial class AuthoredJson : JsonSerializerContext;
