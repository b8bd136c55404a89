-- Changes that loosen something and wait for a person. A request never changes; only its status does, once.
CREATE TABLE change_request (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, kind TEXT NOT NULL, mailbox_id INTEGER, payload BLOB NOT NULL, digest BLOB NOT NULL,
  justification TEXT, requested_by TEXT NOT NULL, lineage TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX change_request_open ON change_request (account_id, lineage, digest) WHERE status = 'pending';
CREATE INDEX change_request_list ON change_request (account_id, id);
CREATE INDEX change_request_queue ON change_request (account_id, id) WHERE status = 'pending';
CREATE INDEX change_request_expiry ON change_request (expires_at, id) WHERE status = 'pending';

CREATE TABLE request_decision (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, request_id INTEGER NOT NULL, decision TEXT NOT NULL, decided_by TEXT NOT NULL,
  owner TEXT NOT NULL, channel TEXT NOT NULL, reason TEXT, digest BLOB NOT NULL, decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX request_decision_of ON request_decision (account_id, request_id, id);
