namespace MultiMail.Storage.Sql;

internal static class ReputationSql
{
    private const string Insert = "INSERT INTO sent_outcome (account_id, mailbox_id, message_id, hard_bounce, complaint) VALUES (@account, @mailbox, @message,";

    public const string Sent = $"{Insert} 0, 0) ON CONFLICT DO NOTHING";

    public const string HardBounce = $"{Insert} 1, 0) ON CONFLICT DO UPDATE SET hard_bounce = 1";

    public const string Complaint = $"{Insert} 0, 1) ON CONFLICT DO UPDATE SET complaint = 1";

    public const string Counts = """
        SELECT COUNT(*), COALESCE(SUM(hard_bounce), 0), COALESCE(SUM(complaint), 0)
        FROM (SELECT hard_bounce, complaint FROM sent_outcome WHERE account_id = @account AND mailbox_id = @mailbox ORDER BY message_id DESC LIMIT @last)
        """;
}
