-- Ids are 63-bit time-ordered numbers, times Unix milliseconds, truth values 0 and 1.
-- Wide columns stand last: a filter then never walks into overflow pages.

CREATE TABLE store_meta (key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
  name TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, fence INTEGER NOT NULL, lease_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, dual_control INTEGER NOT NULL, data_key BLOB NOT NULL,
  paused_at INTEGER, created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE domain (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE operator (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), email TEXT COLLATE NOCASE UNIQUE,
  password_hash TEXT, disabled_at INTEGER, created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  token_hash BLOB NOT NULL PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id),
  operator_id INTEGER NOT NULL REFERENCES operator (id), kind TEXT NOT NULL,
  expires_at INTEGER NOT NULL, used_at INTEGER, created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_key (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), name TEXT NOT NULL,
  prefix TEXT NOT NULL UNIQUE, secret_hash BLOB NOT NULL, scopes TEXT NOT NULL, mailbox_ids TEXT, live INTEGER NOT NULL,
  lineage INTEGER NOT NULL, owner_id INTEGER NOT NULL, created_at INTEGER NOT NULL,
  expires_at INTEGER, revoked_at INTEGER, last_used_at INTEGER
) STRICT;

CREATE TABLE mailbox (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), address TEXT NOT NULL COLLATE NOCASE UNIQUE,
  display_name TEXT, agent TEXT, mode TEXT NOT NULL, deactivated_at INTEGER, paused_at INTEGER,
  unread INTEGER NOT NULL, pending INTEGER NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mailbox_account ON mailbox (account_id, id);

CREATE TABLE thread (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, messages INTEGER NOT NULL, unread INTEGER NOT NULL, subject TEXT NOT NULL
) STRICT;

CREATE TABLE message (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, thread_id INTEGER NOT NULL,
  direction TEXT NOT NULL, live INTEGER NOT NULL, status TEXT NOT NULL, folder TEXT NOT NULL,
  revision INTEGER NOT NULL, version INTEGER NOT NULL, received_at INTEGER NOT NULL, send_at INTEGER,
  unread INTEGER NOT NULL, held_before INTEGER NOT NULL, size INTEGER NOT NULL, attachments INTEGER NOT NULL,
  digest BLOB NOT NULL, raw_sha256 BLOB NOT NULL, dedupe_key TEXT NOT NULL, message_id_hdr TEXT NOT NULL, in_reply_to TEXT,
  submitted_by TEXT, lineage TEXT, category TEXT, risk TEXT NOT NULL, from_addr TEXT NOT NULL, from_name TEXT,
  to_addrs TEXT NOT NULL, cc_addrs TEXT NOT NULL, bcc_addrs TEXT NOT NULL, subject TEXT NOT NULL, snippet TEXT NOT NULL,
  body_text TEXT NOT NULL
) STRICT;
-- The columns after the key let lists and counts filter without a look at the row.
CREATE INDEX message_mailbox ON message (mailbox_id, received_at, id, account_id, live, direction, status, folder, unread);
CREATE INDEX message_thread ON message (thread_id, received_at, id);
CREATE INDEX message_id_field ON message (mailbox_id, message_id_hdr);
-- An outbound message's key is its own id, which the primary key guards already.
CREATE UNIQUE INDEX message_dedupe ON message (account_id, mailbox_id, dedupe_key) WHERE direction = 'inbound';

CREATE TABLE revision (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, revision INTEGER NOT NULL, digest BLOB NOT NULL,
  wire_sha256 BLOB NOT NULL, author TEXT NOT NULL, created_at INTEGER NOT NULL, manifest BLOB NOT NULL,
  UNIQUE (account_id, message_id, revision)
) STRICT;

CREATE TABLE recipient (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, address TEXT NOT NULL, position INTEGER NOT NULL,
  kind TEXT NOT NULL, state TEXT NOT NULL, code TEXT, updated_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, message_id, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, part INTEGER NOT NULL,
  filename TEXT NOT NULL, content_type TEXT NOT NULL, size INTEGER NOT NULL, sha256 BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_message ON attachment (account_id, message_id, id);

CREATE TABLE message_tag (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, tag TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (account_id, message_id, tag)
) STRICT, WITHOUT ROWID;

-- data is NULL where the bytes lie in a file of the blob folder.
CREATE TABLE raw_blob (
  account_id INTEGER NOT NULL, sha256 BLOB NOT NULL, size INTEGER NOT NULL, created_at INTEGER NOT NULL, data BLOB,
  UNIQUE (account_id, sha256)
) STRICT;

CREATE TABLE approval (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL,
  kind TEXT NOT NULL, revision INTEGER NOT NULL, digest BLOB NOT NULL, live INTEGER NOT NULL, submitted_by TEXT NOT NULL,
  lineage TEXT NOT NULL, risk TEXT NOT NULL, intent TEXT, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  status TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX approval_open ON approval (account_id, message_id) WHERE status = 'pending';
CREATE INDEX approval_queue ON approval (account_id, id) WHERE status = 'pending';
CREATE INDEX approval_expiry ON approval (expires_at, id) WHERE status = 'pending';

CREATE TABLE decision (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, approval_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
  decision TEXT NOT NULL, decided_by TEXT NOT NULL, owner TEXT NOT NULL, channel TEXT NOT NULL, reason TEXT,
  digest BLOB NOT NULL, decided_at INTEGER NOT NULL, voided INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX decision_message ON decision (account_id, message_id, id);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, revision INTEGER NOT NULL,
  stage INTEGER NOT NULL, status TEXT NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
  lease_owner TEXT, lease_until INTEGER, fence INTEGER NOT NULL, last_error TEXT,
  UNIQUE (account_id, message_id, revision)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE status = 'queued';
CREATE INDEX outbox_leases ON outbox (lease_until, id) WHERE status = 'sending';

CREATE TABLE event (
  account_id INTEGER NOT NULL, id INTEGER NOT NULL, type TEXT NOT NULL, live INTEGER NOT NULL, mailbox_id INTEGER,
  message_id INTEGER, created_at INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_type ON event (account_id, type, id);

CREATE TABLE idempotency (
  account_id INTEGER NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, request_sha256 BLOB NOT NULL,
  expires_at INTEGER NOT NULL, response TEXT NOT NULL,
  PRIMARY KEY (account_id, scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_expiry ON idempotency (expires_at);

CREATE TABLE audit_log (
  account_id INTEGER PRIMARY KEY, log_id TEXT NOT NULL, origin TEXT NOT NULL, tree_size INTEGER NOT NULL,
  edge BLOB NOT NULL, last_at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_event (
  account_id INTEGER NOT NULL, leaf_index INTEGER NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, actor TEXT NOT NULL,
  mailbox_id INTEGER, message_id INTEGER, leaf_hash BLOB NOT NULL, entry BLOB NOT NULL,
  UNIQUE (account_id, leaf_index)
) STRICT;
CREATE INDEX audit_event_message ON audit_event (account_id, message_id, leaf_index);
CREATE INDEX audit_event_name ON audit_event (account_id, event, leaf_index);

-- Against accidents, not against owners of the file: those the tree shows.
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'a leaf of the audit log is never deleted'); END;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'a leaf of the audit log is never changed'); END;

CREATE TABLE audit_checkpoint (
  account_id INTEGER NOT NULL, tree_size INTEGER NOT NULL, root BLOB NOT NULL, at INTEGER NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (account_id, tree_size)
) STRICT, WITHOUT ROWID;

CREATE TABLE commitment (
  subject_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, wrapped_key BLOB NOT NULL, sealed BLOB NOT NULL
) STRICT;

-- The index lags behind: a message waits in fts_queue until a batch takes it, so that no send pays for it.
CREATE TABLE fts_queue (message_id INTEGER PRIMARY KEY) STRICT;
CREATE VIRTUAL TABLE message_fts USING fts5 (
  subject, from_addr, from_name, body_text, content = 'message', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', 1);

-- Only what was indexed may be taken out of the index again. One trigger each: SQLite promises no order between two.
CREATE TRIGGER message_fts_delete AFTER DELETE ON message
BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, from_addr, from_name, body_text)
  SELECT 'delete', old.id, old.subject, old.from_addr, old.from_name, old.body_text
  WHERE NOT EXISTS (SELECT 1 FROM fts_queue WHERE message_id = old.id);
  DELETE FROM fts_queue WHERE message_id = old.id;
END;
CREATE TRIGGER message_fts_update AFTER UPDATE OF subject, from_addr, from_name, body_text ON message
BEGIN
  INSERT INTO message_fts (message_fts, rowid, subject, from_addr, from_name, body_text)
  SELECT 'delete', old.id, old.subject, old.from_addr, old.from_name, old.body_text
  WHERE NOT EXISTS (SELECT 1 FROM fts_queue WHERE message_id = old.id);
  INSERT OR IGNORE INTO fts_queue (message_id) VALUES (old.id);
END;
