namespace MultiMail.Core.Templates;

/// <param name="Digest"><c>sha256:</c> and the hex digest of this version's content.</param>
public sealed record TemplateView(
    string Id,
    string Name,
    int Version,
    string Digest,
    IReadOnlyList<string> Variables,
    string Subject,
    string? Text,
    string? Html,
    string? Markdown,
    string SavedBy,
    DateTimeOffset SavedAt,
    DateTimeOffset CreatedAt);

/// <summary>A row of the list: without the bodies.</summary>
public sealed record TemplateSummary(string Id, string Name, int Version, string Digest, IReadOnlyList<string> Variables, string Subject, DateTimeOffset SavedAt);

public sealed record TemplateList(IReadOnlyList<TemplateSummary> Templates, string? NextCursor);

public sealed record TemplateRequest
{
    /// <summary>A part of the name.</summary>
    public string? Query { get; init; }

    /// <summary>1 to 100; 25 unless asked.</summary>
    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

/// <summary>A template as the caller wrote it.</summary>
public sealed record TemplateFields
{
    /// <summary>Absent = a new template.</summary>
    public string? TemplateId { get; init; }

    public string? Name { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public string? Markdown { get; init; }

    /// <summary>Names of all variables that the texts use, at most 50.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>The version that was read; needed to change a template.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>For a new template: 1 to 128 characters, kept for 24 hours.</summary>
    public string? IdempotencyKey { get; init; }
}
