using MultiMail.Core.Templates;

namespace MultiMail.Storage;

internal sealed partial class SqliteUnit
{
    public ValueTask<Template?> FindTemplateAsync(AccountId account, TemplateId id) =>
        ValueTask.FromResult(Use(TemplateSql.Get).Bind(account.Value).Bind(id.Value).First(TemplateRows.Template));

    public ValueTask InsertTemplateAsync(Template template)
    {
        Use(TemplateSql.Insert).Bind(template.Id.Value).Bind(template.Account.Value).Bind(template.Content.Name).Bind(template.Version)
            .Bind(template.CreatedBy).Bind(template.CreatedAt).Run();
        return AddVersion(template);
    }

    public ValueTask AddTemplateVersionAsync(Template template)
    {
        RequireOne(Use(TemplateSql.SetVersion).Bind(template.Content.Name).Bind(template.Version).Bind(template.Account.Value).Bind(template.Id.Value).Run(), "template");
        return AddVersion(template);
    }

    public ValueTask<bool> DeleteTemplateAsync(AccountId account, TemplateId id) =>
        IfOne(Use(TemplateSql.Delete).Bind(Now).Bind(account.Value).Bind(id.Value).Run());

    private ValueTask AddVersion(Template t) => Done(Use(TemplateSql.InsertVersion)
        .Bind(t.Account.Value).Bind(t.Id.Value).Bind(t.Version).Bind(t.Content.Name).Bind(t.Content.Subject).Bind(t.Content.Text).Bind(t.Content.Html)
        .Bind(t.Content.Markdown).Bind(TextLists.Write(t.Content.Variables)).Bind(t.Digest).Bind(t.SavedBy).Bind(t.SavedAt).Run());
}
