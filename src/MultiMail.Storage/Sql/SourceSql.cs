namespace MultiMail.Storage.Sql;

internal static class SourceSql
{
    public const string Insert = """
        INSERT INTO message_source (account_id, message_id, origin, return_path, auth, identity)
        VALUES (@account, @id, @origin, @path, @auth, @identity)
        """;

    public const string Get = "SELECT origin, return_path, auth, identity FROM message_source WHERE account_id = @account AND message_id = @id";
}
