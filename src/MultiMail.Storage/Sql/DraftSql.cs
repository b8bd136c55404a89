namespace MultiMail.Storage.Sql;

internal static class DraftSql
{
    public const string Revise = """
        UPDATE message SET status = @to, version = version + 1, held_before = held_before | @held, revision = @revision, received_at = @received,
        send_at = @sendAt, size = @size, attachments = @attachments, digest = @digest, raw_sha256 = @raw, in_reply_to = @inReplyTo,
        submitted_by = @by, category = @category, risk = @risk, from_name = @fromName, to_addrs = @to_addrs, cc_addrs = @cc, bcc_addrs = @bcc,
        subject = @subject, snippet = @snippet, body_text = @body, tainted = @tainted, basis = @basis
        WHERE account_id = @account AND id = @id AND version = @version AND direction = 'outbound'
        """;

    public const string RemoveRecipients = "DELETE FROM recipient WHERE account_id = @account AND message_id = @id";

    public const string RemoveAttachments = "DELETE FROM attachment WHERE account_id = @account AND message_id = @id";

    /// <summary>A conversation that this message alone makes has its subject.</summary>
    public const string RenameThread = "UPDATE thread SET subject = @subject WHERE account_id = @account AND id = @id AND messages = 1";

    public const string Keep = """
        INSERT INTO draft (message_id, account_id, authored) VALUES (@id, @account, @authored)
        ON CONFLICT (message_id) DO UPDATE SET authored = excluded.authored WHERE draft.account_id = excluded.account_id
        """;

    public const string Remove = "DELETE FROM draft WHERE account_id = @account AND message_id = @id";

    public const string Draft = "SELECT authored FROM draft WHERE account_id = @account AND message_id = @id";

    public const string Authored = "SELECT authored FROM revision WHERE account_id = @account AND message_id = @id AND revision = @revision";

    public const string Author = "SELECT author FROM revision WHERE account_id = @account AND message_id = @id AND revision = @revision";

    public const string Attachment = """
        SELECT id, message_id, part, filename, content_type, size, sha256 FROM attachment WHERE account_id = @account AND id = @id
        """;
}
