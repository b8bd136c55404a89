using System.Security.Cryptography;

namespace MultiMail.Core.Templates;

/// <summary>What a version of a template says. Placeholders are written <c>{{name}}</c>.</summary>
public sealed record TemplateContent(string Name, string Subject, string? Text, string? Html, string? Markdown, IReadOnlyList<string> Variables)
{
    /// <summary>SHA-256 of the content as RFC 8785 JSON.</summary>
    public byte[] Digest() => SHA256.HashData(new CanonicalJson().BeginObject()
        .Optional("html", Html).Optional("markdown", Markdown).Member("name", Name).Member("subject", Subject).Optional("text", Text)
        .Member("v", 1).Member("variables", Variables).EndObject().ToBytes());
}

/// <summary>A template with one of its versions. A version never changes.</summary>
public sealed record Template
{
    public required TemplateId Id { get; init; }

    public required AccountId Account { get; init; }

    public required int Version { get; init; }

    public required TemplateContent Content { get; init; }

    /// <summary>Of the content.</summary>
    public required byte[] Digest { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public required string SavedBy { get; init; }

    public required DateTimeOffset SavedAt { get; init; }
}

/// <summary>Which template a message was made from; stands in its manifest, and so under its digest.</summary>
/// <param name="Id">The public id.</param>
/// <param name="Digest"><c>sha256:</c> and the hex digest of the version's content.</param>
public sealed record TemplateUse(string Id, int Version, string Digest);
