-- source is user, host, port and folder: a mailbox that is linked to another place begins anew.
CREATE TABLE imap_position (
  account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, source TEXT NOT NULL, uid_validity INTEGER NOT NULL,
  last_uid INTEGER NOT NULL, since INTEGER, relist_to INTEGER NOT NULL,
  PRIMARY KEY (account_id, mailbox_id, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE imap_quarantine (
  account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, source TEXT NOT NULL, uid_validity INTEGER NOT NULL,
  uid INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (account_id, mailbox_id, source, uid_validity, uid)
) STRICT, WITHOUT ROWID;
