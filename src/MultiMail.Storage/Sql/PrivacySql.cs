namespace MultiMail.Storage.Sql;

internal static class PrivacySql
{
    private const string NotErased = "NOT EXISTS (SELECT 1 FROM erased_message e WHERE e.account_id = m.account_id AND e.message_id = m.id)";

    public const string Kept = $"""
        SELECT {MessageSql.Columns} FROM message m WHERE m.account_id = @account AND m.id > @after AND {NotErased} ORDER BY m.id LIMIT @limit
        """;

    public const string Recipients = "SELECT address, detail FROM recipient WHERE account_id = @account AND message_id = @id";

    public const string Revisions = "SELECT wire_sha256, manifest, authored FROM revision WHERE account_id = @account AND message_id = @id";

    public const string Draft = "SELECT authored FROM draft WHERE account_id = @account AND message_id = @id";

    public const string Attachments = "SELECT sha256, filename FROM attachment WHERE account_id = @account AND message_id = @id";

    public const string Source = "SELECT return_path, auth, identity FROM message_source WHERE account_id = @account AND message_id = @id";

    public const string Heads = "SELECT head FROM message_head WHERE account_id = @account AND message_id = @id";

    public const string Intents = "SELECT intent FROM approval WHERE account_id = @account AND message_id = @id";

    public const string Reasons = "SELECT reason FROM decision WHERE account_id = @account AND message_id = @id";

    public const string Errors = "SELECT last_error FROM outbox WHERE account_id = @account AND message_id = @id";

    /// <summary>Hashes of the files that an author attached, as its JSON has them: base64.</summary>
    public const string RevisionFiles = """
        SELECT json_extract(f.value, '$.sha256') FROM revision r, json_each(CAST(r.authored AS TEXT), '$.files') f
        WHERE r.account_id = @account AND r.message_id = @id AND r.authored IS NOT NULL
        """;

    public const string DraftFiles = """
        SELECT json_extract(f.value, '$.sha256') FROM draft d, json_each(CAST(d.authored AS TEXT), '$.files') f
        WHERE d.account_id = @account AND d.message_id = @id
        """;

    public const string Older = $"""
        SELECT m.id FROM message m
        WHERE m.mailbox_id = @mailbox AND m.account_id = @account AND m.received_at < @before
          AND m.status NOT IN ('draft', 'pending', 'scheduled', 'queued', 'sending', 'held') AND {NotErased}
        ORDER BY m.received_at, m.id LIMIT @limit
        """;

    public const string ErasedFor = "SELECT reason FROM erased_message WHERE account_id = @account AND message_id = @id";

    public const string NoteErased = """
        INSERT INTO erased_message (account_id, message_id, reason, erased_at) VALUES (@account, @id, @reason, @now) ON CONFLICT DO NOTHING
        """;

    public const string Place = "SELECT mailbox_id, thread_id, unread, raw_sha256 FROM message WHERE account_id = @account AND id = @id";

    /// <summary>The key of the delivery stays, so that the same mail is not fetched once more; it is a hash or a number.</summary>
    public const string Blank = """
        UPDATE message SET from_addr = @word, from_name = NULL, to_addrs = '[]', cc_addrs = '[]', bcc_addrs = '[]', subject = @word, snippet = '', body_text = '',
        message_id_hdr = @word, in_reply_to = NULL, raw_sha256 = x'', attachments = 0, unread = 0, risk = '', basis = NULL, version = version + 1
        WHERE account_id = @account AND id = @id
        """;

    public const string CountRead = "UPDATE thread SET unread = unread - 1 WHERE account_id = @account AND id = @id";

    /// <summary>A conversation is called what its oldest message with content is called.</summary>
    public const string RenameThread = $"""
        UPDATE thread SET subject = COALESCE(
          (SELECT m.subject FROM message m WHERE m.thread_id = @id AND m.account_id = @account AND {NotErased} ORDER BY m.received_at, m.id LIMIT 1), @word)
        WHERE account_id = @account AND id = @id
        """;

    public const string BlankRecipients = """
        UPDATE recipient SET address = @word || '-' || position, detail = NULL WHERE account_id = @account AND message_id = @id
        """;

    public const string RemoveRevisions = "DELETE FROM revision WHERE account_id = @account AND message_id = @id";

    public const string RemoveTags = "DELETE FROM message_tag WHERE account_id = @account AND message_id = @id";

    public const string RemoveSource = "DELETE FROM message_source WHERE account_id = @account AND message_id = @id";

    public const string RemoveHeads = "DELETE FROM message_head WHERE account_id = @account AND message_id = @id";

    public const string RemoveOpening = "DELETE FROM commitment WHERE account_id = @account AND subject_id = @id";

    public const string RemoveJobs = "DELETE FROM outbox WHERE account_id = @account AND message_id = @id";

    public const string BlankIntents = "UPDATE approval SET intent = NULL, risk = '' WHERE account_id = @account AND message_id = @id";

    public const string BlankReasons = "UPDATE decision SET reason = NULL WHERE account_id = @account AND message_id = @id";

    private const string Unnamed = """
        NOT EXISTS (SELECT 1 FROM message m WHERE m.account_id = b.account_id AND m.raw_sha256 = b.sha256)
          AND NOT EXISTS (SELECT 1 FROM revision r WHERE r.account_id = b.account_id AND r.wire_sha256 = b.sha256)
          AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.account_id = b.account_id AND a.sha256 = b.sha256)
        """;

    public const string Loose = $"""
        SELECT b.sha256 FROM raw_blob b WHERE b.account_id = @account AND b.sha256 > @after AND {Unnamed} ORDER BY b.sha256 LIMIT @limit
        """;

    public const string RemoveRaw = $"DELETE FROM raw_blob AS b WHERE b.account_id = @account AND b.sha256 = @sha256 AND {Unnamed}";

    public const string NoteGone = "INSERT INTO raw_gone (account_id, sha256) VALUES (@account, @sha256) ON CONFLICT DO NOTHING";

    public const string Gone = "SELECT sha256 FROM raw_gone WHERE account_id = @account ORDER BY sha256 LIMIT @limit";

    public const string IsKept = "SELECT 1 FROM raw_blob WHERE account_id = @account AND sha256 = @sha256";

    public const string ForgetGone = "DELETE FROM raw_gone WHERE account_id = @account AND sha256 = @sha256";

    public const string Leaves = "SELECT leaf_index FROM audit_event WHERE account_id = @account AND message_id = @id ORDER BY leaf_index";

    public const string Hasten = "UPDATE outbox SET due_at = @now, lane = NULL WHERE account_id = @account AND message_id = @id AND status = 'queued' AND due_at > @now";

    public const string HastenRecipients = "UPDATE recipient SET next_at = @now WHERE account_id = @account AND message_id = @id AND next_at > @now";

    public const string RemoveRequest = "DELETE FROM change_request WHERE account_id = @account AND id = @id";

    public const string RemoveRequestDecisions = "DELETE FROM request_decision WHERE account_id = @account AND request_id = @id";
}
