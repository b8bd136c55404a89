-- Messages whose content is gone. The row stays, without a word of it: what the log says of the message still has its place.
CREATE TABLE erased_message (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, reason TEXT NOT NULL, erased_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, message_id)
) STRICT, WITHOUT ROWID;

-- Bytes whose row is gone and whose file is not yet: a process that died between the two leaves them to the next one.
CREATE TABLE raw_gone (account_id INTEGER NOT NULL, sha256 BLOB NOT NULL, PRIMARY KEY (account_id, sha256)) STRICT, WITHOUT ROWID;

-- Bytes are kept once for all that name them: who does must be told without a walk through the mail.
CREATE INDEX message_raw ON message (account_id, raw_sha256);
CREATE INDEX revision_raw ON revision (account_id, wire_sha256);
CREATE INDEX attachment_raw ON attachment (account_id, sha256);
CREATE INDEX approval_message ON approval (account_id, message_id);

-- After how many days a mailbox's mail is erased; NULL = never.
ALTER TABLE mailbox ADD COLUMN retention_days INTEGER;
