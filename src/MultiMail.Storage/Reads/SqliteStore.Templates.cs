using MultiMail.Core.Templates;

namespace MultiMail.Storage;

public sealed partial class SqliteStore
{
    public ValueTask<Template?> TemplateAsync(AccountId account, TemplateId id, CancellationToken cancellationToken) =>
        OneAsync(TemplateSql.Get, account, id.Value, TemplateRows.Template, cancellationToken);

    public ValueTask<Template?> TemplateVersionAsync(AccountId account, TemplateId id, int version, CancellationToken cancellationToken) =>
        _readers.ReadAsync(
            (account, id, version),
            static (db, a) => db.Prepare(TemplateSql.GetVersion).Bind(a.account.Value).Bind(a.version).Bind(a.id.Value).First(TemplateRows.Template),
            cancellationToken);

    public ValueTask<IReadOnlyList<Template>> TemplatesAsync(AccountId account, string? part, TemplateId? before, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync<(AccountId Account, string? Part, long Before, int Limit), IReadOnlyList<Template>>(
            (account, part?.ToLowerInvariant(), before?.Value ?? long.MaxValue, limit),
            static (db, a) => db.Prepare(TemplateSql.Page).Bind(a.Account.Value).Bind(a.Before).Bind(a.Part).Bind(a.Limit).All(TemplateRows.Template),
            cancellationToken);
}
