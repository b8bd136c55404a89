-- What stands in front of a message's frozen bytes when it leaves, made once before the first attempt.
CREATE TABLE message_head (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, revision INTEGER NOT NULL, sent_sha256 BLOB NOT NULL,
  created_at INTEGER NOT NULL, head BLOB NOT NULL,
  UNIQUE (account_id, message_id, revision)
) STRICT;

-- Fair between mailboxes: the next job of each is found without a walk through the others'.
ALTER TABLE outbox ADD COLUMN mailbox_id INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET mailbox_id = COALESCE(
  (SELECT m.mailbox_id FROM message m WHERE m.account_id = outbox.account_id AND m.id = outbox.message_id), 0);
-- Attempts whose intent is in the log, and the time of the first one: the retries end some days after it.
ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN first_at INTEGER;
-- What the job waits for beside time: a relay or a domain that has enough connections already.
ALTER TABLE outbox ADD COLUMN lane TEXT;
CREATE INDEX outbox_fair ON outbox (mailbox_id, due_at, id) WHERE status = 'queued';

-- The relay's words, when the recipient is tried next, and how often the relay's answer was lost.
ALTER TABLE recipient ADD COLUMN detail TEXT;
ALTER TABLE recipient ADD COLUMN next_at INTEGER;
ALTER TABLE recipient ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;

-- Addresses that get nothing any more. The key is folded to lower case; an address may stand for several reasons.
CREATE TABLE suppression (
  account_id INTEGER NOT NULL, address_key TEXT NOT NULL, reason TEXT NOT NULL, address TEXT NOT NULL,
  message_id INTEGER, created_by TEXT NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, address_key, reason)
) STRICT, WITHOUT ROWID;
