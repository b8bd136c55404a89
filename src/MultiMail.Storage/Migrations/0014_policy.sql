-- Who may be written to, or may write. mailbox_id 0 = every mailbox of the account.
CREATE TABLE access_rule (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, direction TEXT NOT NULL, type TEXT NOT NULL,
  pattern TEXT NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL, note TEXT
) STRICT;
CREATE UNIQUE INDEX access_rule_pattern ON access_rule (account_id, direction, pattern, mailbox_id, type);
CREATE INDEX access_rule_type ON access_rule (account_id, direction, type, mailbox_id);
CREATE INDEX access_rule_list ON access_rule (account_id, id);

-- Addresses that mail was exchanged with, and '@domain' of each: whoever looks like one of them and is another is found by what
-- both look like. Mail that was exchanged before this table was there is not in it.
CREATE TABLE correspondent (
  account_id INTEGER NOT NULL, skeleton TEXT NOT NULL, address_key TEXT NOT NULL, wrote INTEGER NOT NULL, written INTEGER NOT NULL,
  PRIMARY KEY (account_id, skeleton, address_key)
) STRICT, WITHOUT ROWID;

-- Which mail of strangers was shown to whom: the newest few of each reader.
CREATE TABLE untrusted_read (
  account_id INTEGER NOT NULL, reader TEXT NOT NULL, message_id INTEGER NOT NULL, thread_id INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account_id, reader, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX untrusted_read_newest ON untrusted_read (account_id, reader, at);

CREATE TABLE taint_cause (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, cause_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, message_id)
) STRICT, WITHOUT ROWID;

-- What the caps count, in stretches of time.
CREATE TABLE tally (
  account_id INTEGER NOT NULL, what TEXT NOT NULL, slot INTEGER NOT NULL, n INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, what, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_expiry ON tally (expires_at);
