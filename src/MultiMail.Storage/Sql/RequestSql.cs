namespace MultiMail.Storage.Sql;

internal static class RequestSql
{
    private const string Columns =
        "id, account_id, kind, mailbox_id, payload, digest, justification, requested_by, lineage, status, created_at, expires_at";

    private const string DecisionColumns = "id, account_id, request_id, decision, decided_by, owner, channel, reason, digest, decided_at";

    private const string Matches = """
        account_id = @account AND (@lineage IS NULL OR lineage = @lineage) AND (@status IS NULL OR status = @status)
        AND (@mailboxes IS NULL OR mailbox_id IN (SELECT value FROM json_each(@mailboxes)))
        """;

    public const string Insert = $"""
        INSERT INTO change_request ({Columns})
        VALUES (@id, @account, @kind, @mailbox, @payload, @digest, @justification, @by, @lineage, @status, @created, @expires)
        """;

    public const string Get = $"SELECT {Columns} FROM change_request WHERE account_id = @account AND id = @id";

    public const string FindOpen =
        $"SELECT {Columns} FROM change_request WHERE account_id = @account AND lineage = @lineage AND digest = @digest AND status = 'pending'";

    public const string CountOpen = "SELECT COUNT(*) FROM change_request WHERE account_id = @account AND lineage = @lineage AND status = 'pending'";

    public const string Settle = "UPDATE change_request SET status = @status WHERE account_id = @account AND id = @id AND status = 'pending'";

    public const string Page = $"SELECT {Columns} FROM change_request WHERE {Matches} AND id < @cursor ORDER BY id DESC LIMIT @limit";

    public const string Count = $"SELECT COUNT(*) FROM change_request WHERE {Matches}";

    /// <summary>The queue of those who decide, on every page of theirs: it looks at what waits only.</summary>
    public const string CountWaiting = """
        SELECT COUNT(*) FROM change_request WHERE account_id = @account AND status = 'pending' AND (@lineage IS NULL OR lineage = @lineage)
        AND (@mailboxes IS NULL OR mailbox_id IN (SELECT value FROM json_each(@mailboxes)))
        """;

    public const string Expired =
        $"SELECT {Columns} FROM change_request WHERE status = 'pending' AND expires_at <= @now ORDER BY expires_at, id LIMIT @limit";

    public const string Decide = $"""
        INSERT INTO request_decision ({DecisionColumns})
        VALUES (@id, @account, @request, @verb, @by, @owner, @channel, @reason, @digest, @at)
        """;

    public const string Decisions = $"SELECT {DecisionColumns} FROM request_decision WHERE account_id = @account AND request_id = @request ORDER BY id";
}
