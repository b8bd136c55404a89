namespace MultiMail.Storage.Sql;

internal static class MessageSql
{
    /// <summary>In the order in which a row is written and read; the tags come after them.</summary>
    private const string Stored = """
        id, account_id, mailbox_id, thread_id, direction, live, status, folder, revision, version, received_at, send_at,
        unread, held_before, size, attachments, digest, raw_sha256, dedupe_key, message_id_hdr, in_reply_to,
        submitted_by, lineage, category, risk, from_addr, from_name, to_addrs, cc_addrs, bcc_addrs, subject, snippet, body_text,
        tainted, basis
        """;

    public const string Columns = """
        m.id, m.account_id, m.mailbox_id, m.thread_id, m.direction, m.live, m.status, m.folder, m.revision, m.version, m.received_at, m.send_at,
        m.unread, m.held_before, m.size, m.attachments, m.digest, m.raw_sha256, m.dedupe_key, m.message_id_hdr, m.in_reply_to,
        m.submitted_by, m.lineage, m.category, m.risk, m.from_addr, m.from_name, m.to_addrs, m.cc_addrs, m.bcc_addrs, m.subject, m.snippet, m.body_text,
        m.tainted, m.basis,
        (SELECT json_group_object(t.tag, t.value) FROM message_tag t WHERE t.account_id = m.account_id AND t.message_id = m.id)
        """;

    public const string Get = $"SELECT {Columns} FROM message m WHERE m.account_id = @account AND m.id = @id";

    public const string Insert = $"""
        INSERT INTO message ({Stored})
        VALUES (@id, @account, @mailbox, @thread, @direction, @live, @status, @folder, @revision, @version, @received, @sendAt,
        @unread, @held, @size, @attachments, @digest, @raw, @dedupe, @field, @inReplyTo,
        @by, @lineage, @category, @risk, @from, @fromName, @to, @cc, @bcc, @subject, @snippet, @body, @tainted, @basis)
        """;

    public const string Move = """
        UPDATE message SET status = @to, version = version + 1, held_before = held_before | @held
        WHERE account_id = @account AND id = @id AND status = @from AND revision = @revision
        """;

    public const string Show = """
        UPDATE message SET received_at = @now, unread = 1, version = version + 1
        WHERE account_id = @account AND id = @id AND direction = 'inbound'
        """;

    public const string Place = "SELECT mailbox_id, thread_id, unread FROM message WHERE account_id = @account AND id = @id";

    public const string ByMessageIdField = $"""
        SELECT {Columns} FROM message m
        WHERE m.account_id = @account AND m.mailbox_id = @mailbox AND m.message_id_hdr = @field AND m.live = @live
        ORDER BY m.direction = 'outbound' DESC, m.received_at DESC, m.id DESC LIMIT 1
        """;

    public const string AwaitedThread = """
        SELECT a.thread_id FROM awaited_message a JOIN thread t ON t.account_id = a.account_id AND t.id = a.thread_id
        WHERE a.account_id = @account AND a.mailbox_id = @mailbox AND a.live = @live AND a.message_id_hdr = @field
        """;

    public const string Await = """
        INSERT INTO awaited_message (account_id, mailbox_id, live, message_id_hdr, thread_id) VALUES (@account, @mailbox, @live, @field, @thread)
        ON CONFLICT DO NOTHING
        """;

    public const string InsertRevision = """
        INSERT INTO revision (account_id, message_id, revision, digest, wire_sha256, author, created_at, manifest, authored)
        VALUES (@account, @id, @revision, @digest, @wire, @author, @created, @manifest, @authored)
        """;

    public const string Revisions = """
        SELECT message_id, revision, digest, manifest, wire_sha256, author, created_at
        FROM revision WHERE account_id = @account AND message_id = @id ORDER BY revision
        """;

    public const string InsertRecipient = """
        INSERT INTO recipient (account_id, message_id, address, position, kind, state, code, updated_at)
        VALUES (@account, @id, @address, @position, @kind, @state, @code, @updated)
        """;

    public const string Recipients = """
        SELECT message_id, kind, address, state, code, updated_at, detail, next_at, lost
        FROM recipient WHERE account_id = @account AND message_id = @id ORDER BY position
        """;

    public const string SetRecipient = """
        UPDATE recipient SET state = @state, code = @code, detail = @detail, next_at = @next, lost = @lost, updated_at = @now
        WHERE account_id = @account AND message_id = @id AND address = @address
        """;

    public const string InsertAttachment = """
        INSERT INTO attachment (id, account_id, message_id, part, filename, content_type, size, sha256)
        VALUES (@id, @account, @message, @part, @name, @type, @size, @sha256)
        """;

    public const string Attachments = """
        SELECT id, message_id, part, filename, content_type, size, sha256
        FROM attachment WHERE account_id = @account AND message_id = @id ORDER BY part, id
        """;

    public const string SetTag = """
        INSERT INTO message_tag (account_id, message_id, tag, value) VALUES (@account, @id, @tag, @value)
        ON CONFLICT (account_id, message_id, tag) DO UPDATE SET value = excluded.value
        """;

    public const string RemoveTag = "DELETE FROM message_tag WHERE account_id = @account AND message_id = @id AND tag = @tag";

    public const string InsertRaw = """
        INSERT INTO raw_blob (account_id, sha256, size, created_at, data) VALUES (@account, @sha256, @size, @now, @data)
        ON CONFLICT (account_id, sha256) DO NOTHING
        """;

    public const string Raw = "SELECT data FROM raw_blob WHERE account_id = @account AND sha256 = @sha256";

    public const string InsertThread = """
        INSERT INTO thread (id, account_id, mailbox_id, first_at, last_at, messages, unread, subject)
        VALUES (@id, @account, @mailbox, @at, @at, 1, @unread, @subject)
        """;

    public const string TouchThread = """
        UPDATE thread SET messages = messages + 1, unread = unread + @unread, last_at = MAX(last_at, @at)
        WHERE account_id = @account AND id = @id
        """;

    public const string ShowInThread = """
        UPDATE thread SET unread = unread + @unread, last_at = MAX(last_at, @at) WHERE account_id = @account AND id = @id
        """;

    public const string Thread = """
        SELECT id, account_id, mailbox_id, subject, first_at, last_at, messages, unread
        FROM thread WHERE account_id = @account AND id = @id
        """;
}
