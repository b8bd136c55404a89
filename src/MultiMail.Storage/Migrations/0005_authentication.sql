-- How an inbound message came and what SPF, DKIM and DMARC said of it (JSON). A table of its own: in message it would stand
-- behind the body, and only the page of one message asks for it.
CREATE TABLE message_source (
  account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, origin TEXT NOT NULL, return_path TEXT, auth TEXT,
  PRIMARY KEY (account_id, message_id)
) STRICT, WITHOUT ROWID;
