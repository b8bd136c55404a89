using MultiMail.Core.Templates;
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
    /// <summary>As it was written; the attachments are in <see cref="Files"/>.</summary>
    public Submission Written { get; init; } = new();

    /// <summary>The template that subject and bodies were made from.</summary>
    public TemplateUse? Template { get; init; }

    public IReadOnlyList<AuthoredFile> Files { get; init; } = [];

    /// <summary>The message that this one answers.</summary>
    public long? Parent { get; init; }

    public static Authored Of(Submission given, IReadOnlyList<Mail.OutgoingAttachment> attachments, Message? parent) => new()
    {
        Written = given with { Attachments = [], AgentId = null, TemplateId = null, Variables = null, IdempotencyKey = null },
        Template = given.Template,
        Files = [.. attachments.Select(a => new AuthoredFile(a.FileName, a.ContentType, SHA256.HashData(a.Content.Span)))],
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
