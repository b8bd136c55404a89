-- relay and source are URLs with their passwords, sealed with the master key and bound to the mailbox.
CREATE TABLE mailbox_link (
  mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id), account_id INTEGER NOT NULL, from_environment INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, relay BLOB, source BLOB
) STRICT;
CREATE INDEX mailbox_link_account ON mailbox_link (account_id, mailbox_id);

ALTER TABLE domain ADD COLUMN verified_at INTEGER;
ALTER TABLE domain ADD COLUMN checked_at INTEGER;
ALTER TABLE domain ADD COLUMN seen TEXT NOT NULL DEFAULT '';
