-- Why an address is suppressed, in the words of whoever put it there. An erased address stands as the name of its keyed hash.
ALTER TABLE suppression ADD COLUMN note TEXT;

-- What was lifted, by whom, and the evidence of the recipient's later consent.
CREATE TABLE suppression_lifted (
  account_id INTEGER NOT NULL, address_key TEXT NOT NULL, reason TEXT NOT NULL, lifted_at INTEGER NOT NULL, lifted_by TEXT NOT NULL,
  address TEXT NOT NULL, evidence TEXT,
  PRIMARY KEY (account_id, address_key, reason, lifted_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX suppression_lifted_at ON suppression_lifted (account_id, lifted_at, address_key, reason);

-- What became of messages that went to other servers. Ids are ordered by time, so the newest are the highest.
CREATE TABLE sent_outcome (
  account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
  hard_bounce INTEGER NOT NULL DEFAULT 0, complaint INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, mailbox_id, message_id)
) STRICT, WITHOUT ROWID;
