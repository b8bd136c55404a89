-- Who sends, and where people are notified. A new notify address waits beside the old one before it takes its place.
CREATE TABLE sender_profile (
  account_id INTEGER PRIMARY KEY REFERENCES account (id), updated_at INTEGER NOT NULL, address_lines TEXT NOT NULL,
  name TEXT, country TEXT, language TEXT, notify TEXT, notify_pending TEXT, notify_pending_at INTEGER
) STRICT;
