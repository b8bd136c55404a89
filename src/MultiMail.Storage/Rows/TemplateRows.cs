using MultiMail.Core.Templates;

namespace MultiMail.Storage.Rows;

internal static class TemplateRows
{
    /// <summary>Reads the columns of <see cref="TemplateSql"/>, in that order.</summary>
    public static Template Template(Statement s) => new()
    {
        Id = new(s.Long()),
        Account = new(s.Long()),
        CreatedBy = s.Text(),
        CreatedAt = s.Time(),
        DeletedAt = s.TimeOrNull(),
        Version = s.Int(),
        Content = new(s.Text(), s.Text(), s.TextOrNull(), s.TextOrNull(), s.TextOrNull(), TextLists.Read(s.Text())),
        Digest = s.Blob(),
        SavedBy = s.Text(),
        SavedAt = s.Time(),
    };
}
