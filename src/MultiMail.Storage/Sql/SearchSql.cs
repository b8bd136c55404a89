namespace MultiMail.Storage.Sql;

/// <summary>Keeping the full-text index up to date, across accounts.</summary>
internal static class SearchSql
{
    public const string Enqueue = "INSERT INTO fts_queue (message_id) VALUES (@id)";

    public const string LastOfBatch = "SELECT MAX(message_id) FROM (SELECT message_id FROM fts_queue ORDER BY message_id LIMIT @limit)";

    public const string Index = """
        INSERT INTO message_fts (rowid, subject, from_addr, from_name, body_text)
        SELECT m.id, m.subject, m.from_addr, m.from_name, m.body_text
        FROM fts_queue q JOIN message m ON m.id = q.message_id WHERE q.message_id <= @last ORDER BY q.message_id
        """;

    public const string Dequeue = "DELETE FROM fts_queue WHERE message_id <= @last";
}
