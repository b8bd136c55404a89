-- Message-ID fields that messages of a mailbox name and that had not come when they did (the empty containers of RFC 5256), with the
-- conversation that waits for them: whoever has such an id, or names it as well, belongs there.
CREATE TABLE awaited_message (
  account_id INTEGER NOT NULL, mailbox_id INTEGER NOT NULL, live INTEGER NOT NULL, message_id_hdr TEXT NOT NULL, thread_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, mailbox_id, live, message_id_hdr)
) STRICT, WITHOUT ROWID;

-- What the identity header proved on arrival; NULL = it came before anybody looked.
ALTER TABLE message_source ADD COLUMN identity TEXT;
