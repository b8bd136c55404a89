-- What stands in front of a message's frozen bytes when it leaves, made once before the first attempt.
CREATE TABLE message_head (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, revision INTEGER NOT NULL, sent_sha256 BLOB NOT NULL,
  created_at INTEGER NOT NULL, head BLOB NOT NULL,
  UNIQUE (account_id, message_id, revision)
) STRICT;
