namespace MultiMail.Storage.Sql;

internal static class PauseSql
{
    private const string Columns = "account_id, mailbox_id, set_by, set_at, reason";

    public const string OfAccount = $"SELECT {Columns} FROM pause WHERE account_id = @account ORDER BY mailbox_id";

    public const string Set = $"""
        INSERT INTO pause ({Columns}) VALUES (@account, @mailbox, @by, @at, @reason)
        ON CONFLICT (account_id, mailbox_id) DO NOTHING
        """;

    public const string Lift = "DELETE FROM pause WHERE account_id = @account AND mailbox_id = @mailbox";
}
