using MultiMail.Core.Templates;

namespace MultiMail.Core.Storage;

/// <summary>Reads of templates.</summary>
public interface ITemplateReads
{
    /// <summary>The current version; null also when it was deleted.</summary>
    ValueTask<Template?> TemplateAsync(AccountId account, TemplateId id, CancellationToken cancellationToken);

    /// <summary>One version, of a deleted template too: mail may have been made from it.</summary>
    ValueTask<Template?> TemplateVersionAsync(AccountId account, TemplateId id, int version, CancellationToken cancellationToken);

    /// <summary>Current versions, newest template first. <paramref name="before"/> is exclusive.</summary>
    /// <param name="part">A part of the name; the case of ASCII letters does not matter.</param>
    ValueTask<IReadOnlyList<Template>> TemplatesAsync(AccountId account, string? part, TemplateId? before, int limit, CancellationToken cancellationToken);
}

/// <summary>Writes of templates.</summary>
public interface ITemplateWrites
{
    ValueTask<Template?> FindTemplateAsync(AccountId account, TemplateId id);

    /// <summary>The template and its first version.</summary>
    ValueTask InsertTemplateAsync(Template template);

    /// <summary>Makes this the current version; those before it stay as they are.</summary>
    ValueTask AddTemplateVersionAsync(Template template);

    /// <summary>Mail made from it keeps what it names: versions stay.</summary>
    /// <returns>False when there is none.</returns>
    ValueTask<bool> DeleteTemplateAsync(AccountId account, TemplateId id);
}
