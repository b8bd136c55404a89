-- Why sending rests, in the words of whoever stopped it; that it rests says paused_at of the account or mailbox. 0 = the whole account.
CREATE TABLE pause (
  account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, set_by TEXT NOT NULL, set_at INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (account_id, mailbox_id)
) STRICT, WITHOUT ROWID;

-- Since when a mailbox's evidence counts and its mode stands, and its last demotion. No row = since it was made.
CREATE TABLE mailbox_record (
  account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, since INTEGER NOT NULL, mode_since INTEGER NOT NULL,
  demoted_at INTEGER, demoted_for TEXT,
  PRIMARY KEY (account_id, mailbox_id)
) STRICT, WITHOUT ROWID;

-- What people said about live mail of agents, one row for each message: the worst word counts.
CREATE TABLE judgement (
  account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, message_id INTEGER NOT NULL, canary INTEGER NOT NULL,
  clean INTEGER NOT NULL, class TEXT, view_ms INTEGER NOT NULL, decided_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, mailbox_id, message_id)
) STRICT, WITHOUT ROWID;

-- When a person last opened what waits, until it is decided.
CREATE TABLE look (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, viewer TEXT NOT NULL, seen_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, message_id, viewer)
) STRICT, WITHOUT ROWID;

-- What stands already: modes by the log, decisions of people.
INSERT INTO mailbox_record (account_id, mailbox_id, since, mode_since)
SELECT m.account_id, m.id, m.created_at, MAX(e.at) FROM mailbox m
JOIN audit_event e ON e.account_id = m.account_id AND e.event = 'mailbox.mode_changed' AND e.mailbox_id = m.id GROUP BY m.account_id, m.id;

INSERT INTO judgement (account_id, mailbox_id, message_id, canary, clean, view_ms, decided_at)
SELECT d.account_id, a.mailbox_id, d.message_id, 0, MIN(d.decision = 'approve'), 0, MAX(d.decided_at)
FROM decision d JOIN approval a ON a.id = d.approval_id
WHERE a.kind = 'outbound' AND a.live = 1 AND d.decided_by GLOB 'opr_*' AND a.submitted_by GLOB 'key_*'
GROUP BY d.account_id, a.mailbox_id, d.message_id;
