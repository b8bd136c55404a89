namespace MultiMail.Storage.Sql;

internal static class TemplateSql
{
    private const string Head = "t.id, t.account_id, t.created_by, t.created_at, t.deleted_at";

    private const string Version = "v.version, v.name, v.subject, v.text, v.html, v.markdown, v.variables, v.digest, v.saved_by, v.saved_at";

    public const string Insert = """
        INSERT INTO template (id, account_id, name, version, created_by, created_at, deleted_at)
        VALUES (@id, @account, @name, @version, @by, @created, NULL)
        """;

    public const string InsertVersion = """
        INSERT INTO template_version (account_id, template_id, version, name, subject, text, html, markdown, variables, digest, saved_by, saved_at)
        VALUES (@account, @id, @version, @name, @subject, @text, @html, @markdown, @variables, @digest, @by, @saved)
        """;

    public const string SetVersion = """
        UPDATE template SET name = @name, version = @version WHERE account_id = @account AND id = @id AND version = @version - 1 AND deleted_at IS NULL
        """;

    public const string Delete = "UPDATE template SET deleted_at = @now WHERE account_id = @account AND id = @id AND deleted_at IS NULL";

    public const string Get = $"""
        SELECT {Head}, {Version} FROM template t
        JOIN template_version v ON v.account_id = @account AND v.template_id = t.id AND v.version = t.version
        WHERE t.account_id = @account AND t.id = @id AND t.deleted_at IS NULL
        """;

    /// <summary>One version; of deleted templates too, because mail may have been made from it.</summary>
    public const string GetVersion = $"""
        SELECT {Head}, {Version} FROM template t
        JOIN template_version v ON v.account_id = @account AND v.template_id = t.id AND v.version = @version
        WHERE t.account_id = @account AND t.id = @id
        """;

    public const string Page = $"""
        SELECT {Head}, {Version} FROM template t
        JOIN template_version v ON v.account_id = @account AND v.template_id = t.id AND v.version = t.version
        WHERE t.account_id = @account AND t.id < @before AND t.deleted_at IS NULL AND (@part IS NULL OR instr(lower(t.name), @part) > 0)
        ORDER BY t.id DESC LIMIT @limit
        """;
}
