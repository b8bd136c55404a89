-- What people are told by mail. A notice holds no text: it is written when it leaves, from what then still waits. At most one of
-- a kind waits; what comes meanwhile is added to it (the leaves of the audit log after from_leaf up to to_leaf).
CREATE TABLE notice (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, kind TEXT NOT NULL, address TEXT, from_leaf INTEGER NOT NULL, to_leaf INTEGER NOT NULL,
  created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL, lost INTEGER NOT NULL, fence INTEGER NOT NULL,
  lease_owner TEXT, lease_until INTEGER, UNIQUE (account_id, kind)
) STRICT;

CREATE TABLE notice_state (
  account_id INTEGER PRIMARY KEY, read_leaf INTEGER NOT NULL, summary_at INTEGER, escalation_at INTEGER, sent_at INTEGER, failed_at INTEGER, failure TEXT
) STRICT;

-- Half of the time is over and nobody decided: told once.
ALTER TABLE approval ADD COLUMN escalated_at INTEGER;
CREATE INDEX approval_halfway ON approval (account_id, ((created_at + expires_at) / 2))
  WHERE status = 'pending' AND kind = 'outbound' AND live = 1 AND escalated_at IS NULL;
