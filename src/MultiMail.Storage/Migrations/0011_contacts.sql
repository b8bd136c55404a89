CREATE TABLE contact (
  account_id INTEGER NOT NULL, id INTEGER NOT NULL, address_key TEXT NOT NULL, email TEXT NOT NULL, name TEXT, tags TEXT NOT NULL, notes TEXT,
  source TEXT NOT NULL, language TEXT, machine_evidence TEXT, machine_by TEXT, machine_at INTEGER,
  consent_source TEXT, consent_at INTEGER, consent_wording TEXT, consent_by TEXT,
  relation_basis TEXT, relation_note TEXT, relation_by TEXT, relation_at INTEGER,
  created_by TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX contact_address ON contact (account_id, address_key);

-- The words under which a contact is found, by their beginning.
CREATE TABLE contact_word (
  account_id INTEGER NOT NULL, contact_id INTEGER NOT NULL, word TEXT NOT NULL,
  PRIMARY KEY (account_id, contact_id, word)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_word_found ON contact_word (account_id, word, contact_id);

CREATE TABLE template (
  account_id INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
  created_by TEXT NOT NULL, created_at INTEGER NOT NULL, deleted_at INTEGER,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;

-- Never changed: mail names the version and digest that it was made from.
CREATE TABLE template_version (
  account_id INTEGER NOT NULL, template_id INTEGER NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL,
  text TEXT, html TEXT, markdown TEXT, variables TEXT NOT NULL, digest BLOB NOT NULL, saved_by TEXT NOT NULL, saved_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, template_id, version)
) STRICT, WITHOUT ROWID;
