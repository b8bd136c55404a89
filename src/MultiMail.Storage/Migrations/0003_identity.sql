-- Keys that sign mail. domain is empty for an identity key; private bytes are sealed, and empty once a key is revoked.
CREATE TABLE signing_key (
  account_id INTEGER NOT NULL REFERENCES account (id), use TEXT NOT NULL, domain TEXT NOT NULL, name TEXT NOT NULL,
  algorithm TEXT NOT NULL, public_text TEXT NOT NULL, created_at INTEGER NOT NULL, not_before INTEGER NOT NULL,
  not_after INTEGER, revoked_at INTEGER, reason TEXT, sealed BLOB NOT NULL,
  PRIMARY KEY (account_id, use, domain, name)
) STRICT, WITHOUT ROWID;

-- Strangers ask for the state of an agent by its name.
CREATE INDEX mailbox_agent ON mailbox (account_id, agent, id) WHERE agent IS NOT NULL;
