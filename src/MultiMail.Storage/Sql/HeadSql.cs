namespace MultiMail.Storage.Sql;

internal static class HeadSql
{
    public const string Insert = """
        INSERT INTO message_head (account_id, message_id, revision, sent_sha256, created_at, head)
        VALUES (@account, @message, @revision, @sha256, @created, @head)
        """;

    public const string Get = """
        SELECT message_id, revision, head, sent_sha256, created_at
        FROM message_head WHERE account_id = @account AND message_id = @message AND revision = @revision
        """;
}
