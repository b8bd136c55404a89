namespace MultiMail.Storage.Sql;

internal static class EvidenceSql
{
    public const string Record =
        "SELECT since, mode_since, demoted_at, demoted_for FROM mailbox_record WHERE account_id = @account AND mailbox_id = @mailbox";

    public const string Counts = """
        SELECT COUNT(*) FILTER (WHERE canary = 0),
        COUNT(*) FILTER (WHERE canary = 0 AND clean = 0),
        MIN(decided_at) FILTER (WHERE canary = 0), MAX(decided_at) FILTER (WHERE canary = 0),
        COUNT(*) FILTER (WHERE canary = 0 AND class = 'wrong_recipient'),
        COUNT(*) FILTER (WHERE canary = 0 AND class = 'false_content'),
        COUNT(*) FILTER (WHERE canary = 0 AND class = 'leak'),
        COUNT(*) FILTER (WHERE canary = 0 AND class = 'other'),
        COUNT(*) FILTER (WHERE canary = 0 AND class IN ('wrong_recipient', 'false_content', 'leak') AND decided_at >= @modeSince),
        COUNT(*) FILTER (WHERE canary = 1), COUNT(*) FILTER (WHERE canary = 1 AND clean = 1)
        FROM judgement WHERE account_id = @account AND mailbox_id = @mailbox AND decided_at >= @since
        """;

    public const string MedianView = """
        SELECT view_ms FROM judgement WHERE account_id = @account AND mailbox_id = @mailbox AND decided_at >= @since
        ORDER BY view_ms LIMIT 1 OFFSET @half
        """;

    public const string Judge = """
        INSERT INTO judgement (account_id, mailbox_id, message_id, canary, clean, class, view_ms, decided_at)
        VALUES (@account, @mailbox, @message, @canary, @clean, @class, @view, @at)
        ON CONFLICT (account_id, mailbox_id, message_id) DO UPDATE SET clean = MIN(clean, excluded.clean),
        class = COALESCE(excluded.class, class), decided_at = excluded.decided_at
        """;

    public const string Look = """
        INSERT INTO look (account_id, message_id, viewer, seen_at) VALUES (@account, @message, @viewer, @now)
        ON CONFLICT (account_id, message_id, viewer) DO UPDATE SET seen_at = excluded.seen_at
        """;

    public const string SeenAt = "SELECT seen_at FROM look WHERE account_id = @account AND message_id = @message AND viewer = @viewer";

    public const string Forget = "DELETE FROM look WHERE account_id = @account AND message_id = @message";

    /// <summary>Whose work a message is: the first revision's author, and whether a person wrote a later one.</summary>
    public const string Authors =
        "SELECT revision = 1, author GLOB 'opr_*' FROM revision WHERE account_id = @account AND message_id = @message ORDER BY revision";

    public const string Reset = """
        INSERT INTO mailbox_record (account_id, mailbox_id, since, mode_since)
        SELECT account_id, id, @now, created_at FROM mailbox WHERE account_id = @account AND (@mailbox IS NULL OR id = @mailbox)
        AND (@domain IS NULL OR lower(substr(address, instr(address, '@') + 1)) = lower(@domain))
        ON CONFLICT (account_id, mailbox_id) DO UPDATE SET since = excluded.since
        """;

    public const string ModeSet = """
        INSERT INTO mailbox_record (account_id, mailbox_id, since, mode_since, demoted_at, demoted_for)
        SELECT account_id, id, created_at, @now, @demotedAt, @for FROM mailbox WHERE account_id = @account AND id = @mailbox
        ON CONFLICT (account_id, mailbox_id) DO UPDATE SET mode_since = excluded.mode_since,
        demoted_at = COALESCE(excluded.demoted_at, demoted_at), demoted_for = COALESCE(excluded.demoted_for, demoted_for)
        """;

    public const string Loose =
        "SELECT id FROM mailbox WHERE account_id = @account AND mode IN ('monitored', 'autonomous') AND deactivated_at IS NULL ORDER BY id";
}
